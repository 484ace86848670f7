using Tiny.Core.Layers;
using Tiny.Int8.Saving;
using Tiny.Sparse;
using Tiny.Sparse.Int8;

namespace Tiny.Training.Pruning;

/// <summary>The weights of sparse layers in their places.</summary>
/// <seealso cref="SparseBlob"/>
public static class SparseWeights
{
    /// <summary>(rows)(inputs) the weights, 0 where there is none; of int8 layers in whole numbers.</summary>
    /// <exception cref="ArgumentException">The layer is not sparse.</exception>
    public static float[][] Of(Layer layer) => layer switch
    {
        SparseLayer sparse => Of(sparse),
        SparseLevelLayer levels => Of(levels),
        _ => throw new ArgumentException($"A layer of kind {layer.Kind} is not sparse.", nameof(layer)),
    };

    private static float[][] Of(SparseLayer layer)
    {
        float[][] rows = NewRows(layer.Rows, layer.Inputs);
        Walk(layer.Index, (row, run, place, input) => rows[row][input] = layer.Weights[run][place]);
        return rows;
    }

    private static float[][] Of(SparseLevelLayer layer)
    {
        float[][] rows = NewRows(layer.Starts.Length * 3, layer.Inputs);
        Walk(layer.Index, (group, run, place, input) =>
        {
            for (int lane = 0; lane < 3; lane++)
            {
                rows[3 * group + lane][input] = PackedWeights.Unpack(layer.Weights[run][place], lane);
            }
        });
        return rows[..layer.Rows];
    }

    private static float[][] NewRows(int rows, int inputs) => [.. Enumerable.Range(0, rows).Select(_ => new float[inputs])];

    private static void Walk(SparseRows index, Action<int, int, int, int> visit)
    {
        int row = 0;
        for (int run = 0; run < index.Inputs.Length; run++)
        {
            for (int place = 0; place < SparseRows.CountOf(index.Inputs[run].Length); place++)
            {
                visit(row, run, place, index.Inputs[run][place]);
            }

            row += index.Inputs[run].Length == SparseRows.Width ? 0 : 1;
        }
    }
}
