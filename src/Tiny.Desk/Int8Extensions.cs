using Tiny.Core;
using Tiny.Int8;
using Tiny.Int8.Saving;

namespace Tiny.Desk;

/// <summary>Biases, weights and scaling of int8 layers one by one, in whole numbers.</summary>
/// <example>
/// <code>
/// Int8Layer layer = (Int8Layer)network.GetLayer(0);
/// int weight = layer.WholeWeight(0, 2);                      // from -127 to 127
/// </code>
/// </example>
public static class Int8Extensions
{
    /// <summary>The bias of a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    public static int WholeBias(this Int8Layer layer, int row) => PackedWeights.BiasOf(layer, row);

    /// <summary>The weight from an input to a row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    /// <returns>From -127 to 127.</returns>
    public static int WholeWeight(this Int8Layer layer, int row, int input) => PackedWeights.WeightOf(layer, row, input);

    /// <summary>Groups of three rows.</summary>
    public static int Groups(this LevelDenseLayer layer) => (layer.Rows + 2) / 3;

    /// <summary>How inputs become levels: with one scale and offset for all, or for each.</summary>
    public static InputForm InputForm(this LevelDenseLayer layer) => layer.Scaling.Length == 2
        ? Core.InputForm.Levels : Core.InputForm.LevelsEach;

    /// <summary>The factor of an input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    public static float GetInputScale(this LevelDenseLayer layer, int input) => layer.Scaling[layer.Scaling.Length == 2 ? 0 : 2 * input];

    /// <summary>What is added to an input that was multiplied by its factor.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    public static float GetInputOffset(this LevelDenseLayer layer, int input) =>
        layer.Scaling[layer.Scaling.Length == 2 ? 1 : 2 * input + 1];
}
