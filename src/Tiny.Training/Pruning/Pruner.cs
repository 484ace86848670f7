using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Pruning;

/// <summary>
/// Gradual magnitude pruning: as training goes on, the weights of least magnitude go, first many at a time, then fewer, and what has gone stays exactly 0 whatever the
/// optimizer remembers of it. By blocks, the Euclidean norm of a block stands for the magnitude.
/// </summary>
internal sealed class Pruner
{
    // So many times weights go on the way: more often changes nothing, and each time costs a pass over all of them.
    private const int Steps = 60;

    private readonly PruningOptions options;
    private readonly float[] parameters;
    private readonly List<(float Share, int[][] Blocks)> layers = [];

    internal Pruner(TrainingNetwork network, PruningOptions options)
    {
        this.options = options;
        parameters = network.Parameters;
        float[] shares = PruningPlan.SharesOf(network.Layers, options);
        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i] > 0)
            {
                layers.Add((shares[i], BlocksOf(network.Layers[i], options.Block, network.Nodes[i].Inputs[0] < 0)));
            }
        }

        Kept = new int[parameters.Length];
        Array.Fill(Kept, -1);
    }

    /// <summary>(parameters) all bits where a parameter is there, 0 where it has gone.</summary>
    internal int[] Kept { get; }

    /// <summary>How often weights have gone, up to <see cref="Steps"/>.</summary>
    internal int Done { get; set; }

    /// <summary>Whether all have gone that are to go: only then are two states of the network alike enough to compare.</summary>
    internal bool IsDone => Done == Steps;

    /// <summary>The share of what goes in the end that has gone by a point q of the way, 0 to 1: 1 - (1 - q)^3.</summary>
    internal static double Progress(double q) => 1 - Math.Pow(1 - Math.Clamp(q, 0, 1), 3);

    /// <summary>Lets go what is to be gone by now.</summary>
    /// <param name="progress">How much of the run is done, 0 to 1.</param>
    internal void Advance(double progress)
    {
        int due = (int)Math.Floor(Math.Clamp((progress - options.Begin) / (options.End - options.Begin), 0, 1) * Steps);
        if (due <= Done)
        {
            return;
        }

        Done = due;
        foreach ((float share, int[][] blocks) in layers)
        {
            Prune(blocks, (int)Math.Round(blocks.Length * share * Progress((double)Done / Steps)));
        }
    }

    /// <summary>Sets to 0 whatever has gone: of parameters that were read from elsewhere.</summary>
    internal void Apply()
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Kept[i] == 0 ? 0f : parameters[i];
        }
    }

    /// <summary>The least so many blocks go; of equal ones those that stand first.</summary>
    private void Prune(int[][] blocks, int count)
    {
        if (count == 0)
        {
            return;
        }

        float[] norms = new float[blocks.Length];
        for (int i = 0; i < norms.Length; i++)
        {
            norms[i] = NormOf(blocks[i]);
        }

        float limit = Selection.Smallest([.. norms], count - 1);
        int equal = count - norms.Count(norm => norm < limit);
        for (int i = 0; i < norms.Length; i++)
        {
            if (norms[i] < limit || (norms[i] == limit && equal-- > 0))
            {
                foreach (int at in blocks[i])
                {
                    Kept[at] = 0;
                    parameters[at] = 0f;
                }
            }
        }
    }

    /// <summary>The square of the block's norm; -1 where it has gone, so that it goes again before any other.</summary>
    private float NormOf(int[] block)
    {
        if (Kept[block[0]] == 0)
        {
            return -1f;
        }

        float sum = 0f;
        foreach (int at in block)
        {
            sum += parameters[at] * parameters[at];
        }

        return float.IsNaN(sum) ? float.PositiveInfinity : sum;
    }

    /// <summary>
    /// The blocks of a layer, by rows for a first layer or a convolution, whose int8 kernels multiply three rows at once, and by inputs for dense layers behind others, whose
    /// kernels multiply three inputs.
    /// </summary>
    private static int[][] BlocksOf(TrainingLayer layer, int size, bool isFirst)
    {
        WeightGrid grid = layer.Grid!;
        bool byInputs = layer is Dense && !isFirst;
        int rows = byInputs ? 1 : size;
        int inputs = byInputs ? size : 1;
        List<int[]> blocks = [];
        for (int row = 0; row < grid.Rows; row += rows)
        {
            for (int input = 0; input < grid.Inputs; input += inputs)
            {
                blocks.Add([.. Range(row, rows, grid.Rows).SelectMany(r => Range(input, inputs, grid.Inputs).Select(i => grid.IndexOf(r, i)))]);
            }
        }

        return [.. blocks];

        static IEnumerable<int> Range(int first, int count, int end) => Enumerable.Range(first, Math.Min(count, end - first));
    }
}
