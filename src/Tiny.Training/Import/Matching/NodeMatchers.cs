using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Matching;

/// <summary>Which operators become layers, and how: a line for each.</summary>
internal static class NodeMatchers
{
    private static readonly Dictionary<string, Func<Matcher, OnnxNode, Flow>> Known = new()
    {
        ["Gemm"] = DenseNodes.Gemm,
        ["MatMul"] = DenseNodes.MatMul,
        ["Conv"] = WindowNodes.Conv,
        ["MaxPool"] = WindowNodes.MaxPool,
        ["AveragePool"] = WindowNodes.AveragePool,
        ["GlobalAveragePool"] = PlaceNodes.GlobalAverage,
        ["GlobalMaxPool"] = PlaceNodes.GlobalMax,
        ["ReduceMean"] = PlaceNodes.Mean,
        ["ReduceMax"] = PlaceNodes.Max,
        ["ReduceSum"] = PlaceNodes.Sum,
        ["BatchNormalization"] = ElementNodes.BatchNormalization,
        ["Add"] = ElementNodes.Add,
        ["Sum"] = ElementNodes.Add,
        ["Sub"] = ElementNodes.Subtract,
        ["Mul"] = ElementNodes.Multiply,
        ["Div"] = ElementNodes.Divide,
        ["Neg"] = (matcher, node) => ElementNodes.Scaled(matcher, node, matcher.Read(node, 0), -1, 0),
        ["Min"] = ClipNodes.Min,
        ["Max"] = ClipNodes.Max,
        ["Clip"] = ClipNodes.Clip,
        ["HardSigmoid"] = ClipNodes.HardSigmoid,
        ["Relu"] = ActivationNodes.Plain,
        ["Sigmoid"] = ActivationNodes.Plain,
        ["Tanh"] = ActivationNodes.Plain,
        ["Swish"] = ActivationNodes.Plain,
        ["LeakyRelu"] = ActivationNodes.LeakyRelu,
        ["PRelu"] = ActivationNodes.PRelu,
        ["Elu"] = ActivationNodes.Elu,
        ["Softmax"] = ActivationNodes.Softmax,
        ["Concat"] = JoinNodes.Concat,
        ["Pad"] = WindowNodes.Pad,
        ["Gather"] = PickNodes.Pick,
        ["Slice"] = PickNodes.Pick,
    };

    /// <summary>How a node becomes a layer, or a part of one.</summary>
    /// <exception cref="ImportException">It has no equal here.</exception>
    internal static Func<Matcher, OnnxNode, Flow> Of(OnnxNode node) =>
        node.Domain.Length == 0 && Known.TryGetValue(node.Operator, out Func<Matcher, OnnxNode, Flow>? match)
        ? match : throw Refusals.Of(node);
}
