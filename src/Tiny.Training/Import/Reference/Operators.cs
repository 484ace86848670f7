using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>
/// ONNX's operators as its specification defines them, in double and in plain loops: what an import is compared
/// with, and what folds constants. It shares no arithmetic with the layers that nodes become.
/// </summary>
internal static class Operators
{
    // What a node makes of constants may be this large though they are small: shapes, tables, filled tensors.
    private const int MostFilled = 1 << 20;

    private static readonly Dictionary<string, Func<OnnxNode, Tensor?[], Tensor>> Known = new()
    {
        ["Constant"] = (node, _) => Shapes.Constant(node),
        ["Shape"] = (node, x) => Shapes.ShapeOf(node, At(node, x, 0).Shape),
        ["Size"] = (node, x) => new Tensor([], new long[] { At(node, x, 0).Count }),
        ["ConstantOfShape"] = (node, x) => Shapes.Filled(node, At(node, x, 0)),
        ["Expand"] = (node, x) => Shapes.Expand(node, At(node, x, 0), At(node, x, 1)),
        ["Gather"] = (node, x) => Shapes.Gather(node, At(node, x, 0), At(node, x, 1)),
        ["Concat"] = Shapes.Concat,
        ["Slice"] = Shapes.Slice,
        ["Pad"] = Shapes.Pad,
        ["Gemm"] = Products.Gemm,
        ["MatMul"] = (node, x) => Products.MatMul(node, At(node, x, 0), At(node, x, 1)),
        ["Conv"] = Windows.Conv,
        ["MaxPool"] = (node, x) => Windows.Pool(node, At(node, x, 0), isMax: true),
        ["AveragePool"] = (node, x) => Windows.Pool(node, At(node, x, 0), isMax: false),
        ["GlobalAveragePool"] = (node, x) => Reductions.OverPlaces(node, At(node, x, 0), isMax: false),
        ["GlobalMaxPool"] = (node, x) => Reductions.OverPlaces(node, At(node, x, 0), isMax: true),
        ["BatchNormalization"] = BatchStatistics.Batch,
        ["ReduceMean"] = Reductions.Reduce,
        ["ReduceSum"] = Reductions.Reduce,
        ["ReduceMax"] = Reductions.Reduce,
        ["ReduceMin"] = Reductions.Reduce,
        ["ReduceProd"] = Reductions.Reduce,
        ["Softmax"] = (node, x) => Reductions.Softmax(node, At(node, x, 0)),
        ["Clip"] = Elementwise.Clip,
        ["PRelu"] = (node, x) => Elementwise.PRelu(node, At(node, x, 0), At(node, x, 1)),
    };

    /// <summary>Whether an operator is known here.</summary>
    internal static bool Has(string name) => Known.ContainsKey(name) || Elementwise.Has(name)
        || name is "Identity" or "Cast" or "CastLike" or "Dropout" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Transpose";

    /// <summary>What a node gives first.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">What it reads; null for an input that is left out.</param>
    /// <param name="batch">The batch that the model was saved with.</param>
    /// <exception cref="ImportException">The operator is not known, or what it reads does not fit it.</exception>
    internal static Tensor Run(OnnxNode node, Tensor?[] inputs, int batch = 1)
    {
        if (Known.TryGetValue(node.Operator, out Func<OnnxNode, Tensor?[], Tensor>? run))
        {
            return run(node, inputs);
        }

        if (Elementwise.Has(node.Operator))
        {
            return Elementwise.Run(node, inputs);
        }

        Tensor first = At(node, inputs, 0);
        (int[] shape, int[]? from) = Movement.Of(node, first.Shape, i => i < inputs.Length ? inputs[i] : null, batch)
            ?? throw node.Fault("this operator is not known here.");
        Tensor moved = first.Pick(shape, from);
        return node.Operator == "Cast" ? Elementwise.Cast(node, moved) : moved;
    }

    /// <summary>An input that must be there.</summary>
    internal static Tensor At(OnnxNode node, Tensor?[] inputs, int index) => index < inputs.Length && inputs[index] is Tensor tensor
        ? tensor : throw node.Fault($"input {index} is missing.");

    /// <summary>Refuses what would be much larger than what it is made of.</summary>
    internal static int[] Sized(OnnxNode node, int[] shape, int of) => Dims.Count(shape) <= Math.Max(MostFilled, of)
        ? shape
        : throw node.Fault($"would give {Dims.Words(shape)}, which no microcontroller holds.");
}
