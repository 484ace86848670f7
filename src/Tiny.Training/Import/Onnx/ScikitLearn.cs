namespace Tiny.Training.Import.Onnx;

/// <summary>The operators that scikit-learn's converters write for plain arithmetic, as the ONNX operators that they stand for.</summary>
internal static class ScikitLearn
{
    private const string Domain = "ai.onnx.ml";
    private const int Opset = 13;

    /// <summary>Replaces them throughout a graph.</summary>
    internal static void Rewrite(OnnxModel model)
    {
        if (model.Nodes.Exists(node => node.Domain == Domain))
        {
            model.Nodes = [.. model.Nodes.SelectMany(node => node.Domain != Domain ? [node] : Replace(model, node))];
        }
    }

    private static IEnumerable<OnnxNode> Replace(OnnxModel model, OnnxNode node) => node.Operator switch
    {
        "Scaler" => Scaler(model, node),
        "LinearRegressor" when node.Text("post_transform", "NONE") == "NONE" =>
            Linear(model, node, Math.Max(node.SmallInt("targets", 1), 1), node.Outputs[0]),
        "LinearClassifier" => Classifier(model, node),
        "Normalizer" when node.Text("norm", "MAX") == "L1"
            && model.Nodes.Exists(giver => giver.Outputs.Contains(node.Input(0)) && AddsUpToOne(giver)) =>
            [OnnxNode.Of(node.Name, "Identity", Opset, node.Inputs, node.Outputs[0])],
        _ => [node],
    };

    /// <summary>Probabilities of two or more classes, which a division by their sum does not change.</summary>
    private static bool AddsUpToOne(OnnxNode node) => node.Operator == "Softmax"
        || (node.Operator == "LinearClassifier" && (node.Text("post_transform", "NONE") == "SOFTMAX"
        || (node.Text("post_transform", "NONE") == "LOGISTIC" && NamesOf(node).Count == 2)));

    private static OnnxNode[] Scaler(OnnxModel model, OnnxNode node)
    {
        string offset = Constant(model, node, "offset", [.. Floats(node, "offset")]);
        string scale = Constant(model, node, "scale", [.. Floats(node, "scale")]);
        string middle = $"{node.Outputs[0]}/centered";
        return [OnnxNode.Of(node.Name, "Sub", Opset, [node.Input(0), offset], middle),
            OnnxNode.Of(node.Name, "Mul", Opset, [middle, scale], node.Outputs[0])];
    }

    private static OnnxNode[] Linear(OnnxModel model, OnnxNode node, int rows, string output)
    {
        List<float> weights = Floats(node, "coefficients");
        List<float> biases = node.Attributes.GetValueOrDefault("intercepts")?.Floats ?? [];
        if (weights.Count % rows != 0 || (biases.Count != 0 && biases.Count != rows))
        {
            throw node.Fault($"{weights.Count} coefficients and {biases.Count} intercepts for {rows} outputs.");
        }

        OnnxNode gemm = OnnxNode.Of(node.Name, "Gemm", Opset,
            [node.Input(0), Constant(model, node, "coefficients", [.. weights], [rows, weights.Count / rows])], output).With("transB", 1);
        if (biases.Count > 0)
        {
            gemm.Inputs.Add(Constant(model, node, "intercepts", [.. biases]));
        }

        return [gemm];
    }

    private static List<OnnxNode> Classifier(OnnxModel model, OnnxNode node)
    {
        if (node.Outputs.Count != 2)
        {
            throw node.Fault($"gives {node.Outputs.Count} outputs, expected a label and scores.");
        }

        IReadOnlyList<string> names = NamesOf(node);
        string sums = $"{node.Outputs[1]}/sums";
        string transform = node.Text("post_transform", "NONE");
        List<OnnxNode> nodes = [];
        if (transform == "LOGISTIC" && names.Count == 2)
        {
            // The second class's row says all: the first's is its negative.
            List<float> weights = Floats(node, "coefficients");
            List<float> biases = node.Attributes.GetValueOrDefault("intercepts")?.Floats ?? [];
            int inputs = weights.Count / 2;
            string p = $"{node.Outputs[1]}/second";
            string other = $"{node.Outputs[1]}/first";
            string row = Constant(model, node, "coefficients", [.. weights[inputs..]], [1, weights.Count - inputs]);
            string bias = Constant(model, node, "intercepts", biases.Count == 2 ? [biases[1]] : [0f]);
            OnnxNode gemm = OnnxNode.Of(node.Name, "Gemm", Opset, [node.Input(0), row, bias], sums).With("transB", 1);
            nodes.AddRange([gemm, OnnxNode.Of(node.Name, "Sigmoid", Opset, [sums], p),
                OnnxNode.Of(node.Name, "Sub", Opset, [Constant(model, node, "one", [1f]), p], other)]);
            nodes.Add(OnnxNode.Of(node.Name, "Concat", Opset, [other, p], node.Outputs[1]).With("axis", 1));
        }
        else
        {
            nodes.AddRange(Linear(model, node, names.Count, sums));
            nodes.Add(transform switch
            {
                "SOFTMAX" => OnnxNode.Of(node.Name, "Softmax", Opset, [sums], node.Outputs[1]),
                "NONE" => OnnxNode.Of(node.Name, "Identity", Opset, [sums], node.Outputs[1]),
                _ => throw node.Fault("attribute post_transform "
                    + $"is {transform} of {names.Count} classes, expected SOFTMAX. Train with multi_class=\"multinomial\"."),
            });
        }

        string index = $"{node.Outputs[0]}/index";
        string labels = $"{node.Outputs[0]}/labels";
        model.Constants[labels] = new Tensor([names.Count], names.ToArray());
        nodes.Add(OnnxNode.Of(node.Name, "ArgMax", Opset, [node.Outputs[1]], index).With("axis", 1));
        OnnxNode label = OnnxNode.Of(node.Name, "ArrayFeatureExtractor", 1, [labels, index], node.Outputs[0]);
        label.Domain = Domain;
        nodes.Add(label);
        return nodes;
    }

    /// <summary>Names of classes among a node's attributes.</summary>
    internal static IReadOnlyList<string> NamesOf(OnnxNode node)
    {
        foreach (string name in new[] { "classlabels_strings", "classlabels_int64s", "classlabels_ints", "values_strings",
            "values_int64s" })
        {
            if (node.Attributes.GetValueOrDefault(name) is OnnxAttribute attribute && attribute.Texts.Count + attribute.Integers.Count > 0)
            {
                return attribute.Texts.Count > 0 ? attribute.Texts : [.. attribute.Integers.Select(
                    number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
            }
        }

        return [];
    }

    private static List<float> Floats(OnnxNode node, string name) =>
        node.Attributes.GetValueOrDefault(name)?.Floats is { Count: > 0 } floats
        ? floats : throw node.Fault($"attribute {name} is missing.");

    private static string Constant(OnnxModel model, OnnxNode node, string name, float[] values, int[]? shape = null)
    {
        string full = $"{node.Outputs[0]}/{name}";
        model.Constants[full] = new Tensor(shape ?? [values.Length], values);
        return full;
    }
}
