using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;

namespace Tiny.Training.Import.Matching;

/// <summary>Activations: taken up by the layer before where it can have one, else a layer of one tap of weight 1.</summary>
internal static class ActivationNodes
{
    internal static Flow Plain(Matcher matcher, OnnxNode node) =>
        Activate(matcher, node, matcher.Read(node, 0), Enum.Parse<Activation>(node.Operator), null);

    internal static Flow LeakyRelu(Matcher matcher, OnnxNode node) =>
        WithParameter(matcher, node, Activation.LeakyRelu, node.Float("alpha", 0.01f), "a slope from 0 to 1");

    internal static Flow Elu(Matcher matcher, OnnxNode node) =>
        WithParameter(matcher, node, Activation.Elu, node.Float("alpha", 1f), "an alpha above 0 and at most 1000");

    internal static Flow PRelu(Matcher matcher, OnnxNode node)
    {
        float[] slopes = (matcher.Constant(node, 1) ?? throw node.Fault("its slope is computed from the data, expected a constant."))
            .ToFloats();
        return slopes.Length > 0 && slopes.All(slope => slope == slopes[0])
            ? WithParameter(matcher, node, Activation.LeakyRelu, slopes[0], "a slope from 0 to 1")
            : throw node.Fault($"it has {slopes.Length} slopes that differ; leaky ReLU has one for a whole layer. Train with LeakyRelu.");
    }

    internal static Flow Softmax(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        int over = Reductions.SoftmaxAxes(node, x.Shape.Length).Aggregate(1, (count, axis) => count * x.Shape[axis]);
        return over == x.Count && over > 1
            ? x with { IsSoftmax = true }
            : throw node.Fault($"sums over {over} of the {x.Count} values of {Dims.Words(x.Shape)}; a model ends in one softmax over all "
            + "of its outputs, two at least.");
    }

    /// <summary>The activation of what flows.</summary>
    internal static Flow Activate(Matcher matcher, OnnxNode node, Flow x, Activation function, float? parameter)
    {
        Draft draft = x.Source is PlainDraft
        {
            IsMax: true, IsFrozen: false, Inputs: [Draft
            {
                IsShared: false, Readers: 1,
                TakesActivation: true
            } before]
        } && function != Activation.Swish
            ? before // the largest of what does not fall is that of the largest: the layer before the pool takes it
            : x.Source is Draft { IsFrozen: false, TakesActivation: true } source ? source
            : (x = ElementNodes.Identity(matcher, node, x)).Source!;
        (draft.Function, draft.Parameter) = (function, parameter);
        matcher.Notes.Step($"{node.Label}: the activation of {draft.Node.Label}");
        return x;
    }

    private static Flow WithParameter(Matcher matcher, OnnxNode node, Activation function, float parameter, string expected)
    {
        if (!ActivationTraits.ParameterFits(function, parameter))
        {
            throw node.Fault(FormattableString.Invariant($"its parameter is {parameter}, expected {expected}."));
        }

        return Activate(matcher, node, matcher.Read(node, 0), function, parameter);
    }
}
