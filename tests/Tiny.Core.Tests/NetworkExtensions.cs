using Tiny.Core.Kernels;
using Tiny.Core.Layers;
namespace Tiny.Core.Tests;

internal static class NetworkExtensions
{
    /// <summary>The gradient back through the activation.</summary>
    internal static void ActivateBackward(this Layer layer, float[] dz, float[] a, float[] da) =>
        ((DenseLayer)layer).ActivateBackward(dz, a, da);

    /// <summary>Every bias and weight of a layer, row by row.</summary>
    internal static float[] Parameters(this Layer layer) =>
        [.. Enumerable.Range(0, layer.Rows).SelectMany(row =>
            Enumerable.Range(0, layer.Inputs).Select(input => layer.GetWeight(row, input)).Prepend(layer.GetBias(row)))];

    /// <summary>The layer's sums into an array of any length; the kernels want it even.</summary>
    internal static void Sums(this Layer layer, float[] z, float[] x)
    {
        float[] even = new float[layer.Rows + 1];
        ((DenseLayer)layer).Sums(even, x, new float[DenseForward.Widest], false);
        Array.Copy(even, z, layer.Rows);
    }

    /// <summary>The gradient on the layer's inputs, from a gradient of any length.</summary>
    internal static void InputGradient(this Layer layer, float[] dx, float[] dz)
    {
        float[] even = new float[layer.Rows + 1];
        Array.Copy(dz, even, layer.Rows);
        ((DenseLayer)layer).InputGradient(dx, even, new float[layer.Inputs], new float[DenseForward.Widest]);
    }
}
