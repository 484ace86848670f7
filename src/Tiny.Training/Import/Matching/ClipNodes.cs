using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;

namespace Tiny.Training.Import.Matching;

/// <summary>What holds values within limits: ReLU, or two of them against each other.</summary>
internal static class ClipNodes
{
    internal static Flow Clip(Matcher matcher, OnnxNode node)
    {
        (double least, double greatest) = Elementwise.ClipLimits(node, i => matcher.Constant(node, i));
        return Within(matcher, node, matcher.Read(node, 0), least, greatest);
    }

    internal static Flow Min(Matcher matcher, OnnxNode node) =>
        Within(matcher, node, Other(matcher, node, out double limit), double.NegativeInfinity, limit);

    internal static Flow Max(Matcher matcher, OnnxNode node) =>
        Within(matcher, node, Other(matcher, node, out double limit), limit, double.PositiveInfinity);

    internal static Flow HardSigmoid(Matcher matcher, OnnxNode node) =>
        Within(matcher, node, ElementNodes.Scaled(
        matcher, node, matcher.Read(node, 0), node.Float("alpha", 0.2f), node.Float("beta", 0.5f)), 0, 1);

    private static Flow Within(Matcher matcher, OnnxNode node, Flow x, double least, double greatest)
    {
        bool hasLeast = least > -float.MaxValue;
        bool hasGreatest = greatest < float.MaxValue;
        if (double.IsNaN(least) || double.IsNaN(greatest) || least > greatest)
        {
            throw node.Fault(FormattableString.Invariant($"its limits are {least} and {greatest}, expected the first below the second."));
        }

        if (!hasGreatest)
        {
            return !hasLeast ? x : Scaled(matcher, node, Above(matcher, node, x, 1, -least), 1, least);
        }

        matcher.Notes.Remark(FormattableString.Invariant($"{node.Label}: holding values below {greatest} ")
            + "takes layers of one tap besides, as max(0, b - max(0, x)). Train with ReLU to spare them.");
        return hasLeast
            ? Scaled(matcher, node, Above(matcher, node, Above(matcher, node, x, 1, -least), -1, greatest - least), -1, greatest)
            : Scaled(matcher, node, Above(matcher, node, x, -1, greatest), -1, greatest);
    }

    /// <summary>max(0, x * factor + summand).</summary>
    private static Flow Above(Matcher matcher, OnnxNode node, Flow x, double factor, double summand) =>
        ActivationNodes.Activate(matcher, node, Scaled(matcher, node, x, factor, summand), Activation.Relu, null);

    private static Flow Scaled(Matcher matcher, OnnxNode node, Flow x, double factor, double summand) => factor == 1 && summand == 0
        ? x : ElementNodes.Scaled(matcher, node, x, factor, summand);

    private static Flow Other(Matcher matcher, OnnxNode node, out double limit)
    {
        int constant = matcher.Constant(node, 0) is not null ? 0 : 1;
        limit = node.Inputs.Count == 2 && matcher.Constant(node, constant) is Tensor { Count: 1 } one
            ? one[0]
            : throw node.Fault("takes the larger or smaller of things that change, or of several numbers; expected one constant number.");
        return matcher.Read(node, 1 - constant);
    }
}
