namespace Tiny.Training.Import.Onnx;

/// <summary>What is looked at before a graph is matched: versions and functions; and patterns of nodes that are one thing here.</summary>
internal static class GraphChecks
{
    private const int Oldest = 6;
    private const int Newest = 23;

    /// <summary>Refuses what no part of the import could do anything with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="whole">Whether all of its nodes are wanted, and not only those that lead to an output that was named.</param>
    /// <exception cref="ImportException">It is of a version or kind that does not import.</exception>
    internal static void Check(OnnxModel model, bool whole)
    {
        if (model.Nodes.Count == 0)
        {
            throw new ImportException("the graph has no nodes.");
        }

        if (model.Functions.Count > 0)
        {
            throw new ImportException(
                $"the model defines functions of its own ({string.Join(", ", model.Functions.Take(5).Select(name => $"\"{name}\""))}). "
                + "Save it with standard operators: in PyTorch export_modules_as_functions=False, or inline them with onnx.inliner.");
        }

        if (model.Nodes.Find(node => node.Attributes.Values.Any(attribute => attribute.IsGraph)) is OnnxNode control)
        {
            throw Matching.Refusals.Of(control);
        }

        if (whole && model.Nodes.Find(Matching.Refusals.IsHopeless) is OnnxNode hopeless)
        {
            throw Matching.Refusals.Of(hopeless);
        }

        int opset = model.Opsets.GetValueOrDefault("", 1);
        if (opset is < Oldest or > Newest)
        {
            throw new ImportException(
                $"the model is of opset {opset}, expected {Oldest} to {Newest}. Save it with opset 17, or convert it: "
                    + "onnx.version_converter.convert_version(model, 17).");
        }
    }

    /// <summary>
    /// A last state that is picked out of those of several recurrent layers, set one above
    /// another as PyTorch does, is read from its own layer.
    /// </summary>
    internal static void PickLastStates(OnnxModel model)
    {
        Dictionary<string, OnnxNode> states = [];
        Dictionary<string, OnnxNode> joined = [];
        Dictionary<string, OnnxNode> constants = [];
        foreach (OnnxNode node in model.Nodes.Where(node => node.Domain.Length == 0))
        {
            switch (node.Operator)
            {
                case "GRU" when node.Outputs.Count > 1:
                    states.TryAdd(node.Outputs[1], node);
                    break;
                case "Concat" when node.Int("axis", 1) == 0 && node.Outputs.Count == 1 && node.Inputs.TrueForAll(states.ContainsKey):
                    joined.TryAdd(node.Outputs[0], node);
                    break;
                case "Constant" when node.Outputs.Count == 1:
                    constants.TryAdd(node.Outputs[0], node);
                    break;
                case "Gather" when node.Int("axis", 0) == 0 && node.Inputs.Count == 2
                    && joined.TryGetValue(node.Inputs[0], out OnnxNode? all):
                    Tensor? index = model.Constants.GetValueOrDefault(node.Inputs[1])
                        ?? (constants.TryGetValue(node.Inputs[1], out OnnxNode? constant) ? Reference.Shapes.Constant(constant) : null);
                    if (index is { Count: 1, IsWhole: true } && Dims.Axis(index.ToLongs()[0], all.Inputs.Count) is >= 0 and int picked)
                    {
                        string first = $"{node.Outputs[0]} first";
                        model.Constants.TryAdd(first, new Tensor(index.Shape, new long[1]));
                        (node.Inputs[0], node.Inputs[1]) = (all.Inputs[picked], first);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>x times Sigmoid(x) becomes Swish.</summary>
    internal static void JoinSwish(OnnxModel model)
    {
        Dictionary<string, int> readers = model.CountReaders();
        Dictionary<string, OnnxNode> sigmoids = [];
        foreach (OnnxNode node in model.Nodes.Where(node => node.Operator == "Sigmoid" && node.Domain.Length == 0
            && node.Outputs.Count == 1 && readers.GetValueOrDefault(node.Outputs[0]) == 1))
        {
            sigmoids.TryAdd(node.Outputs[0], node);
        }

        HashSet<OnnxNode> gone = [];
        foreach (OnnxNode product in model.Nodes.Where(node => node.Operator == "Mul" && node.Domain.Length == 0 && node.Inputs.Count == 2))
        {
            int gate = sigmoids.ContainsKey(product.Inputs[0]) ? 0 : 1;
            if (sigmoids.TryGetValue(product.Inputs[gate], out OnnxNode? sigmoid) && sigmoid.Input(0) == product.Inputs[1 - gate]
                && model.Outputs.TrueForAll(output => output.Name != sigmoid.Outputs[0]))
            {
                product.Operator = "Swish";
                product.Inputs.RemoveAt(gate);
                gone.Add(sigmoid);
            }
        }

        model.Nodes = [.. model.Nodes.Where(node => !gone.Contains(node))];
    }
}
