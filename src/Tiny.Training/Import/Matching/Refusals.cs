using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Matching;

/// <summary>What to do about operators that have no equal here.</summary>
internal static class Refusals
{
    private const string Recurrence =
        "of recurrent layers GRU imports, in the form that PyTorch has. Train a GRU there, or here: tiny train --features raw --layers "
        + "gru:16. Or train convolutions over the window, which import.";
    private const string Quantized =
        "this is a quantized graph (QDQ or QOperator). Import the float32 model it was made of, and make it int8 here: --weights int8 "
        + "--calibrate DATA.";
    private const string Control = "loops and conditions do not import. Save the model with them unrolled, for one sample of fixed size.";
    private const string Trees =
        "trees and other models that are no neural networks do not import. Train a network on the same rows: tiny train.";

    private static readonly Dictionary<string, string> Advice = new()
    {
        ["LSTM"] = Recurrence,
        ["RNN"] = Recurrence,
        ["If"] = Control,
        ["Loop"] = Control,
        ["Scan"] = Control,
        ["TreeEnsemble"] = Trees,
        ["TreeEnsembleClassifier"] = Trees,
        ["TreeEnsembleRegressor"] = Trees,
        ["SVMClassifier"] = Trees,
        ["SVMRegressor"] = Trees,
        ["ConvTranspose"] = "transposed convolutions have no equal here.",
        ["Resize"] = "layers here do not enlarge what they read.",
        ["Upsample"] = "layers here do not enlarge what they read.",
        ["Gelu"] = "train with ReLU, leaky ReLU, ELU or swish instead.",
        ["Erf"] = "this is a part of GELU. Train with ReLU, leaky ReLU, ELU or swish instead.",
        ["Softplus"] = "train with ReLU, leaky ReLU, ELU or swish instead.",
        ["Selu"] = "train with ELU instead.",
        ["HardSwish"] = "train with ReLU or swish instead.",
        ["LayerNormalization"] = "train with batch normalization instead, which is folded into weights.",
        ["InstanceNormalization"] = "train with batch normalization instead, which is folded into weights.",
        ["GroupNormalization"] = "train with batch normalization instead, which is folded into weights.",
        ["Slice"] = "layers here read all of what one before gives. Cut the sample before it is given to the model.",
        ["Split"] = "layers here read all of what one before gives. Give the model one part, or let each branch read all.",
        ["Gather"] = "layers here read all of what one before gives. Choose the inputs before they are given to the model.",
        ["ArgMax"] = "the model gives the class with its outputs anyway. Name the output before it with --output.",
        ["Normalizer"] = "probabilities that are normalized by their sum have no equal here. Train with softmax: "
            + "multi_class=\"multinomial\" in scikit-learn.",
    };

    /// <summary>
    /// Whether a node is of a kind of model that does not import at all: recurrent, quantized, of trees, or with control flow.
    /// </summary>
    internal static bool IsHopeless(OnnxNode node) => Advice.GetValueOrDefault(node.Operator) is Recurrence or Control or Trees
        || IsQuantized(node);

    /// <summary>Why a node cannot be imported, and what would do.</summary>
    internal static ImportException Of(OnnxNode node)
    {
        string advice = Advice.GetValueOrDefault(node.Operator)
            ?? (IsQuantized(node)
                ? Quantized
                : node.Domain.Length > 0
                    ? "this is no operator of ONNX's own. Save the model with standard operators."
                    : "src/IMPORT.md lists the operators that import. Train the model with layers of those.");
        return node.Fault($"the operator {node.Operator} has no equal here: {advice}");
    }

    private static bool IsQuantized(OnnxNode node) => node.Operator.Contains("Quantize", StringComparison.OrdinalIgnoreCase)
        || node.Operator.StartsWith("QLinear", StringComparison.Ordinal)
        || node.Operator.EndsWith("Integer", StringComparison.Ordinal) || (node.Domain == "com.microsoft" && node.Operator.StartsWith('Q'));
}
