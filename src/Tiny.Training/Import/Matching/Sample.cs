using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>What the graph takes, and what the model takes in its place: channels last, normalized.</summary>
/// <param name="shape">The shape in the graph, the batch as 1.</param>
internal sealed class Sample(int[] shape)
{
    private int[]? places; // (values) where each of the graph's values stands in a row of the model; null: in their order

    /// <summary>The shape in the graph, the batch as 1.</summary>
    internal int[] OnnxShape { get; } = shape;

    /// <summary>Values.</summary>
    internal int Count { get; } = (int)Onnx.Dims.Count(shape);

    /// <summary>Height, width and channels; null as long as nothing depends on them.</summary>
    internal Shape? Bound { get; private set; }

    /// <summary>Whether something other than what is normalized reads it: then it is the model's sample as it is.</summary>
    internal bool IsFrozen { get; set; }

    /// <summary>(values of the graph) what normalization takes off.</summary>
    internal double[] Means { get; } = new double[(int)Onnx.Dims.Count(shape)];

    /// <summary>(values of the graph) what it multiplies with.</summary>
    internal double[] Scales { get; } = [.. Enumerable.Repeat(1.0, (int)Onnx.Dims.Count(shape))];

    /// <summary>Whether rows of the model have another order than the graph's.</summary>
    internal bool IsReordered => places is not null && places.Where((place, i) => place != i).Any();

    /// <summary>Where a value of the graph stands in a row of the model.</summary>
    internal int Place(int value) => places is null ? value : places[value];

    /// <summary>Decides how rows lie.</summary>
    /// <param name="bound">Height, width and channels.</param>
    /// <param name="order">(values of the graph) where each stands; null: in their order.</param>
    internal void Bind(Shape bound, int[]? order)
    {
        Bound = bound;
        places = order;
    }
}
