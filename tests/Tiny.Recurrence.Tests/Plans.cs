using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Planning;

namespace Tiny.Recurrence.Tests;

/// <summary>Small networks around a recurrent layer.</summary>
internal static class Plans
{
    internal static byte[] Attributes(int units, int flags = 0) => [(byte)units, (byte)(units >> 8), (byte)flags];

    /// <summary>A plan over so many samples of so many channels.</summary>
    internal static PlanBuilder Over(int steps, int channels, NetworkTask task = NetworkTask.Classification) =>
        new(steps * channels, task, task == NetworkTask.Classification ? Loss.SoftmaxCrossEntropy : Loss.HalfSquaredError)
        {
            Height = steps,
            Width = 1
        };

    /// <summary>The plan with units behind.</summary>
    internal static PlanBuilder AddGru(this PlanBuilder plan, int units, int steps, int flags = 0) =>
        plan.AddRecurrent(Gru.GruCode, units, steps, flags);

    internal static PlanBuilder AddFastGrnn(this PlanBuilder plan, int units, int steps, int flags = 0) =>
        plan.AddRecurrent(FastGrnn.FastGrnnCode, units, steps, flags);

    internal static PlanBuilder AddRecurrent(this PlanBuilder plan, int kind, int units, int steps, int flags)
    {
        int outputs = (flags & RecurrentKind.GivesEvery) != 0 ? steps * units : units;
        return plan.AddBehind(kind, outputs, outputs, Attributes(units, flags));
    }

    internal static float[] Draw(Random random, int count, float within = 1f) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1) * within)];

    /// <summary>Draws all parameters.</summary>
    internal static Network Drawn(this Network network, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            float[] parameters = Draw(random, layer.ParameterCount, 0.6f);
            if (layer is FastGrnnLayer)
            {
                (parameters[^2], parameters[^1]) = (Math.Abs(parameters[^2]), Math.Abs(parameters[^1]));
            }

            layer.SetParameters(parameters, 0, parameters.Length);
        }

        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.InputScales[i] = 1f;
        }

        return network;
    }
}
