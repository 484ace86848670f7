using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Sparse;
using Tiny.Training.Pruning;

namespace Tiny.Training.Export.CSharp;

/// <summary>A float32 layer as source sees it: rows of a bias and of the weights that are not 0, dense or sparse.</summary>
internal sealed class DenseRows
{
    private readonly float[][] weights; // (rows)(inputs)
    private readonly int[][] there;     // (rows) the inputs of the weights that stand in the source, ascending
    private readonly float[] biases;

    internal DenseRows(Layer layer)
    {
        Inputs = layer.Inputs;
        Outputs = layer.Outputs;
        Rows = layer.Rows();
        Activation = layer.Activation();
        ActivationParameter = layer.ActivationParameter();
        IsSparse = layer is SparseLayer;
        IsRaw = layer is SparseLayer { Index.Raw: not 0 };
        float[] parameters = layer.Parameters();
        weights = IsSparse ? SparseWeights.Of(layer) : [.. parameters.Chunk(1 + Inputs).Select(row => row[1..])];
        biases = IsSparse ? parameters[..Rows] : [.. parameters.Where((_, i) => i % (1 + Inputs) == 0)];
        there = [.. weights.Select((row, i) => Enumerable.Range(0, Inputs).Where(input => row[input] != 0f || Counts(i)).ToArray())];
        Read = [.. there.SelectMany(row => row).Distinct().Order()];
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    internal int Rows { get; }

    internal Activation Activation { get; }

    internal float ActivationParameter { get; }

    /// <summary>Whether the layer looks at no input but those that a weight reads.</summary>
    internal bool IsSparse { get; }

    /// <summary>Whether the weights are for the sample as it is, with the normalization in them.</summary>
    internal bool IsRaw { get; }

    /// <summary>The inputs that a weight reads, ascending.</summary>
    internal IReadOnlyList<int> Read { get; }

    /// <summary>Weights that stand in the source.</summary>
    internal int Count => there.Sum(row => row.Length);

    /// <summary>Weights of a row whose inputs are from one on to before another.</summary>
    internal int CountOf(int row, int from, int to) => there[row].Count(input => input >= from && input < to);

    /// <summary>The bias of a row.</summary>
    internal string Bias(int row) => CSharpText.Float(biases[row]);

    /// <summary>What a row's sum is, from some inputs on to before another, where those are locals.</summary>
    internal string Sum(int row, int from, int to, string x, string start) =>
        start + string.Concat(there[row].Where(input => input >= from && input < to)
        .Select(input => $" + {CSharpText.Float(weights[row][input])} * {x}{input}"));

    /// <summary>Adding a product of 0 changes no sum, unless the sum is -0: it is only where a bias is.</summary>
    private bool Counts(int row) => !IsSparse && biases[row] == 0f && float.IsNegative(biases[row]);
}
