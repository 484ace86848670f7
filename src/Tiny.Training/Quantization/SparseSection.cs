using Tiny.Core.Activations;
using Tiny.Int8;
using Tiny.Training.Pruning;

namespace Tiny.Training.Quantization;

/// <summary>
/// The section of a first int8 layer of which only some weights are there: indices of each
/// group of three rows, then three weights for each.
/// </summary>
/// <param name="activation">The layer's activation.</param>
/// <param name="calibration">What it takes and gives.</param>
/// <param name="weights">(rows)(inputs), for whole-number inputs.</param>
/// <param name="biases">(rows).</param>
internal sealed class SparseSection(Activation activation, LayerCalibration calibration, double[][] weights, double[] biases)
    : DenseSection(activation, calibration, weights, biases)
{
    private const int Rows = 3; // of a group

    /// <summary>Lanes are emptied once, behind all inputs.</summary>
    protected override bool Fits(int row, double scale)
    {
        long bound = Math.Abs(Bias(row, scale)) + (1L << Int8Layer.LargestReluShift);
        return bound + WeightsOf(row).Sum(weight => LevelDenseLayer.MiddleLevel * (long)Math.Abs(RowQuantizer.Rounded(weight, scale)))
            < Int8Layer.LaneLimit;
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte> Weights(double[] scales)
    {
        int[][] rounded = [.. scales.Select(
            (scale, row) => WeightsOf(row).Select(weight => RowQuantizer.Rounded(weight, scale)).ToArray())];
        int[][][] groups = [.. rounded.Chunk(Rows)];
        int[][] inputs = [.. groups.Select(
            group => Enumerable.Range(0, group[0].Length).Where(input => group.Any(row => row[input] != 0)).ToArray())];
        return
        [
            .. SparseIndex.Of(inputs),
            .. groups.Zip(inputs, (group, there) => there.SelectMany(input => Enumerable.Range(0, Rows)
                .Select(row => (byte)(row < group.Length ? group[row][input] : 0)))).SelectMany(three => three),
        ];
    }
}
