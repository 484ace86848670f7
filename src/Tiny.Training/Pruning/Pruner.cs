using System.Runtime.CompilerServices;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Pruning;

/// <summary>
/// Gradual magnitude pruning: as training goes on, the weights of least magnitude go, first many at a time, then fewer, and what has gone
/// stays exactly 0 whatever the optimizer remembers of it. By blocks, the Euclidean norm of a block stands for the magnitude.
/// </summary>
internal sealed class Pruner
{
    // So many times weights go on the way: more often changes nothing, and each time costs a pass over all of them.
    private const int Steps = 60;

    private readonly PruningOptions options;
    private readonly float[] parameters;
    private readonly List<(float Share, int[] Places,
        int Size)> layers = []; // places of the blocks in the parameters, -1 where one is not full

    internal Pruner(TrainingNetwork network, PruningOptions options)
    {
        this.options = options;
        parameters = network.Parameters;
        float[] shares = PruningPlan.SharesOf(network.Layers, options);
        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i] > 0)
            {
                layers.Add((shares[i], PlacesOf(network.Layers[i], options.Block, network.Nodes[i].Inputs[0] < 0), options.Block));
            }
        }

        Kept = CacheLines.Allocate<int>(parameters.Length);
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
        foreach ((float share, int[] places, int size) in layers)
        {
            Prune(places, size, (int)Math.Round(places.Length / size * share * Progress((double)Done / Steps)));
        }
    }

    /// <summary>The least so many blocks go; of equal ones those that stand first.</summary>
    private void Prune(int[] places, int size, int count)
    {
        if (count == 0)
        {
            return;
        }

        float[] norms = new float[places.Length / size];
        Measure(places, size, norms);
        float limit = Selection.Smallest([.. norms], count - 1);
        int equal = count;
        foreach (float norm in norms)
        {
            equal -= norm < limit ? 1 : 0;
        }

        for (int i = 0; i < norms.Length; i++)
        {
            if (norms[i] < limit || (norms[i] == limit && equal-- > 0))
            {
                Drop(places.AsSpan(i * size, size));
            }
        }
    }

    private void Drop(ReadOnlySpan<int> block)
    {
        foreach (int at in block)
        {
            if (at >= 0)
            {
                Kept[at] = 0;
                parameters[at] = 0f;
            }
        }
    }

    /// <summary>The squares of the blocks' norms; -1 where one has gone, so that it goes again before any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int[] places, int size, float[] norms)
    {
        for (int i = 0; i < norms.Length; i++)
        {
            float sum = 0f;
            for (int k = i * size; k < (i + 1) * size; k++)
            {
                float value = places[k] < 0 ? 0f : parameters[places[k]];
                sum += value * value;
            }

            norms[i] = Kept[places[i * size]] == 0 ? -1f : float.IsNaN(sum) ? float.PositiveInfinity : sum;
        }
    }

    /// <summary>
    /// The blocks of a layer, by rows for a first layer or a convolution, whose int8 kernels multiply three rows at
    /// once, and by inputs for dense layers behind others, whose kernels multiply three inputs.
    /// </summary>
    private static int[] PlacesOf(TrainingLayer layer, int size, bool isFirst)
    {
        WeightGrid grid = layer.Grid!;
        bool byInputs = layer is Dense && !isFirst;
        int rows = byInputs ? 1 : size;
        int inputs = byInputs ? size : 1;
        List<int> places = new((int)grid.Count);
        for (int row = 0; row < grid.Rows; row += rows)
        {
            for (int input = 0; input < grid.Inputs; input += inputs)
            {
                for (int k = 0; k < size; k++)
                {
                    int r = row + (byInputs ? 0 : k);
                    int i = input + (byInputs ? k : 0);
                    places.Add(r < grid.Rows && i < grid.Inputs ? grid.IndexOf(r, i) : -1);
                }
            }
        }

        return [.. places];
    }
}
