namespace Tiny.Training.Import.Onnx;

/// <summary>
/// Where a graph ends as far as a model here is concerned: what only turns outputs into
/// labels, maps and texts is left off, and what it says of classes is kept.
/// </summary>
internal sealed class GraphEnd
{
    private const int Float = 1;
    private const int Float16 = 10;
    private const int Double = 11;

    private readonly OnnxModel model;
    private readonly Dictionary<string, OnnxNode> givers = [];

    private GraphEnd(OnnxModel model)
    {
        this.model = model;
        foreach (OnnxNode node in model.Nodes)
        {
            node.Outputs.ForEach(name => givers.TryAdd(name, node));
        }
    }

    /// <summary>The name of what the model is to give.</summary>
    internal string Name { get; private set; } = "";

    /// <summary>Names of the classes; none where the graph says none.</summary>
    internal IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Whether one output is the probability of the second of two classes.</summary>
    internal bool IsOfTwo { get; private set; }

    /// <summary>
    /// Factor and summand behind the last layer, where the graph multiplies and adds there; with the name of what it does that to.
    /// </summary>
    internal (string Name, Tensor Factor, Tensor? Summand)? Scaling { get; private set; }

    /// <summary>Finds the end of a graph.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="output">The output that is asked for; null for the only one.</param>
    /// <param name="notes">Where what is left off is noted.</param>
    /// <exception cref="ImportException">There are several, or none.</exception>
    internal static GraphEnd Of(OnnxModel model, string? output, ImportNotes notes)
    {
        GraphEnd end = new(model);
        end.Choose(output);
        end.SplitTwo();
        if (end.givers.GetValueOrDefault(end.Name) is OnnxNode { Operator: "LogSoftmax" } last)
        {
            last.Operator = "Softmax";
            notes.Remark($"{last.Label}: was LogSoftmax; the model gives probabilities instead of their logarithms.");
        }

        end.FindScaling();
        return end;
    }

    private void Choose(string? output)
    {
        if (output is not null && !givers.ContainsKey(output))
        {
            throw new ImportException(
                $"no node gives \"{output}\". The graph's "
                    + $"outputs: {string.Join(", ", model.Outputs.Select(value => $"\"{value.Name}\""))}.");
        }

        List<string> ends = [];
        foreach (OnnxValue value in output is null ? model.Outputs : [new OnnxValue(output, Float, null, [])])
        {
            string end = Strip(value.Name, value.ElementType is not (Float or Float16 or Double));
            if (givers.ContainsKey(end) && !ends.Contains(end))
            {
                ends.Add(end);
            }
        }

        Name = ends.Count == 1
            ? ends[0]
            : throw new ImportException(ends.Count == 0
                ? "the graph has no output that a node gives."
                : $"the graph has {ends.Count} outputs: {string.Join(", ", ends.Select(name => $"\"{name}\""))}. Name the one that the "
                + "model is to give with --output.");
    }

    /// <summary>Goes back from an output over what makes labels of numbers.</summary>
    private string Strip(string name, bool isLabel)
    {
        for (int steps = 0; steps < model.Nodes.Count && givers.TryGetValue(name, out OnnxNode? node); steps++)
        {
            switch (node.Operator)
            {
                case "ZipMap" or "LabelEncoder":
                    Labels = ScikitLearn.NamesOf(node) is { Count: > 0 } names ? names : Labels;
                    name = node.Input(0);
                    break;
                case "ArrayFeatureExtractor" when ConstantOf(node.Input(0)) is Tensor labels:
                    Labels = labels.ToTexts();
                    name = node.Input(1);
                    break;
                case "Identity" or "ArgMax":
                    name = node.Input(0);
                    break;
                case "Cast" or "Reshape" or "Squeeze" or "Flatten" when isLabel && ConstantOf(node.Input(0)) is null:
                    name = node.Input(0);
                    break;
                default:
                    return name;
            }
        }

        return name;
    }

    /// <summary>Two probabilities of which the first is 1 less the second: the second says all.</summary>
    private void SplitTwo()
    {
        if (givers.GetValueOrDefault(Name) is OnnxNode { Operator: "Concat", Inputs.Count: 2 } both
            && givers.GetValueOrDefault(both.Inputs[0]) is OnnxNode { Operator: "Sub", Inputs.Count: 2 } rest
            && rest.Inputs[1] == both.Inputs[1] && ConstantOf(rest.Inputs[0]) is Tensor { Count: 1, IsText: false } one && one[0] == 1)
        {
            (Name, IsOfTwo) = (both.Inputs[1], true);
        }
    }

    private void FindScaling()
    {
        OnnxNode? last = givers.GetValueOrDefault(Name);
        (Tensor Constant, string Other)? summand = last?.Operator == "Add" ? WithConstant(last) : null;
        OnnxNode? product = summand is null ? last : givers.GetValueOrDefault(summand.Value.Other);
        if (product?.Operator == "Mul" && WithConstant(product) is (Tensor factor, string of) && givers.ContainsKey(of))
        {
            Scaling = (of, factor, summand?.Constant);
        }
    }

    private (Tensor Constant, string Other)? WithConstant(OnnxNode node)
    {
        int constant = node.Inputs.Count == 2 && ConstantOf(node.Inputs[0]) is not null ? 0 : 1;
        return node.Inputs.Count == 2 && ConstantOf(node.Inputs[constant]) is Tensor { IsText: false } tensor
            && ConstantOf(node.Inputs[1 - constant]) is null ? (tensor, node.Inputs[1 - constant]) : null;
    }

    private Tensor? ConstantOf(string name) => model.Constants.GetValueOrDefault(name)
        ?? (givers.GetValueOrDefault(name) is OnnxNode { Operator: "Constant" } node ? Reference.Shapes.Constant(node) : null);
}
