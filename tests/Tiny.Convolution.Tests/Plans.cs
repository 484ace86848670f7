using System.Runtime.CompilerServices;
using Tiny.Convolution.Learning;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Convolution.Tests;

/// <summary>Small networks around a layer.</summary>
internal static class Plans
{
    [ModuleInitializer]
    internal static void Register()
    {
        Kinds.RegisterAll();
        LearningKinds.Register();
        Add.Register();
        Concat.Register();
    }

    /// <summary>A network whose one layer is of this kind: a regression of all that it gives.</summary>
    internal static Network Alone(Sizes sizes, int kind, int outputs, byte[] attributes) =>
        new PlanBuilder(sizes.Values, NetworkTask.Regression, Loss.HalfSquaredError) { Height = sizes.Height, Width = sizes.Width }
            .AddBehind(kind, outputs, outputs, attributes).ToNetwork();

    internal static byte[] OfConv2D(Sizes sizes, int filters, Activation activation) =>
        [(byte)filters, 0, .. sizes.Attributes, (byte)activation, .. activation == Activation.Elu ? BitConverter.GetBytes(1f) : []];

    internal static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];

    internal static void SetAll(Core.Layers.Layer layer, Random random) =>
        layer.SetParameters(Draw(random, layer.ParameterCount), 0, layer.ParameterCount);
}
