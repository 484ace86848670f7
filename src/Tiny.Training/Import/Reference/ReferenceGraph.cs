using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>A graph that answers node by node, in double: what the imported model is compared with.</summary>
/// <param name="nodes">The nodes, in order.</param>
/// <param name="constants">Constants by name, those that were folded included.</param>
/// <param name="start">What it takes.</param>
/// <param name="output">What it gives.</param>
/// <param name="added">What was added behind it.</param>
internal sealed class ReferenceGraph(
    List<OnnxNode> nodes, IReadOnlyDictionary<string, Tensor> constants, GraphStart start, string output, Activation added)
{
    private readonly OnnxNode[] live = [.. nodes.Where(node => node.Outputs.Count > 0 && !node.Outputs.Exists(constants.ContainsKey))];

    // For each value, the last node that reads it: behind that it is forgotten.
    private readonly Dictionary<string, int> lastReads = LastReads(nodes);

    /// <summary>What the graph takes.</summary>
    internal GraphStart Start => start;

    /// <summary>Answers a sample.</summary>
    /// <param name="input">The sample, in the graph's order.</param>
    internal double[] Answer(double[] input)
    {
        Dictionary<string, Tensor> values = new() { [start.Input.Name] = Tensor.Of(start.Shape, input) };
        foreach (OnnxNode node in live)
        {
            Tensor?[] read = [.. node.Inputs.Select(
                name => name.Length == 0 ? null : values.GetValueOrDefault(name) ?? constants.GetValueOrDefault(name))];
            if (node is { Operator: "GRU", Domain: "" })
            {
                (Tensor every, Tensor last) = Recurrences.Gru(node, read);
                Keep(node, 0, every);
                Keep(node, 1, last);
            }
            else
            {
                values[node.Outputs[0]] = Operators.Run(node, read, start.Batch);
            }

            foreach (string name in node.Inputs.Where(name => name != output && ReferenceEquals(nodes[lastReads[name]], node)))
            {
                values.Remove(name);
            }
        }

        double[] answer = values[output].ToDoubles();
        void Keep(OnnxNode node, int index, Tensor tensor)
        {
            if (index < node.Outputs.Count && node.Outputs[index].Length > 0)
            {
                values[node.Outputs[index]] = tensor;
            }
        }

        return added switch
        {
            Activation.Sigmoid => [.. answer.Select(x => 1 / (1 + Math.Exp(-x)))],
            Activation.Softmax => Operators.Run(OnnxNode.Of("", "Softmax", 13, [], ""), [Tensor.Of([answer.Length], answer)]).ToDoubles(),
            _ => answer,
        };
    }

    private static Dictionary<string, int> LastReads(List<OnnxNode> nodes)
    {
        Dictionary<string, int> last = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            nodes[i].Inputs.ForEach(name => last[name] = i);
        }

        return last;
    }
}
