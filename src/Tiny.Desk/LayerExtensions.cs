using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Desk;

/// <summary>Biases and weights of dense layers one by one.</summary>
/// <example>
/// <code>
/// Layer layer = network.GetLayer(0);
/// float weight = layer.GetWeight(0, 2);                      // from the third input to the first row
/// layer.SetWeight(0, 2, weight / 2);
/// </code>
/// </example>
public static class LayerExtensions
{
    /// <summary>The bias of a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    /// <exception cref="InvalidOperationException">The layer is packed, and its unpacker is not registered.</exception>
    public static float GetBias(this Layer layer, int row) => Get(layer, BiasAt(layer, row));

    /// <summary>The weight from an input to a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or input.</exception>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    /// <exception cref="InvalidOperationException">The layer is packed, and its unpacker is not registered.</exception>
    public static float GetWeight(this Layer layer, int row, int input) => Get(layer, WeightAt(layer, row, input));

    /// <summary>Sets the bias of a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">There is no such row, or the value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The layer's parameters are fixed.</exception>
    public static void SetBias(this Layer layer, int row, float value) => layer.SetParameters([value], BiasAt(layer, row), 1);

    /// <summary>Sets the weight from an input to a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">There is no such row or input, or the value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The layer's parameters are fixed.</exception>
    public static void SetWeight(this Layer layer, int row, int input, float value) =>
        layer.SetParameters([value], WeightAt(layer, row, input), 1);

    private static float Get(Layer layer, int index)
    {
        float[] value = new float[1];
        LayerUnpackers.CopyParameters(layer, value, index, 1);
        return value[0];
    }

    private static int BiasAt(Layer layer, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, layer.Rows());
        return row * (1 + layer.Inputs);
    }

    private static int WeightAt(Layer layer, int row, int input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, layer.Inputs);
        return BiasAt(layer, row) + 1 + input;
    }
}
