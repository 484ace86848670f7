namespace Tiny.Training.Import.Matching;

/// <summary>A tensor on its way through the graph: whose values it holds, and where each stands there.</summary>
/// <param name="Shape">Its shape in the graph, the batch as 1.</param>
/// <param name="Source">The layer that gives its values; null for the sample.</param>
/// <param name="Map">(elements) the value of the source that each element is; null where all are in their order.</param>
internal sealed record Flow(int[] Shape, Draft? Source, int[]? Map)
{
    /// <summary>Elements.</summary>
    internal int Count { get; } = (int)Onnx.Dims.Count(Shape);

    /// <summary>Whether it has gone through softmax, behind which nothing can come.</summary>
    internal bool IsSoftmax { get; init; }

    /// <summary>Zeros to be thought around it, before and behind, along each axis: a convolution takes them for its own.</summary>
    internal (int[] Before, int[] After)? Pads { get; init; }

    /// <summary>The value of the source that an element is.</summary>
    internal int Origin(int element) => Map is null ? element : Map[element];

    /// <summary>The same values in another shape and order.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="from">(elements) the element each comes from; null: all in their order.</param>
    internal Flow Moved(int[] shape, int[]? from) =>
        this with { Shape = shape, Map = from is null ? Map : Map is null ? from : Array.ConvertAll(from, i => Map[i]) };
}
