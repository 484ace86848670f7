using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;

namespace Tiny.Training.Import.Matching;

/// <summary>Nodes that pick values out of what layers give: all of them in another order, or the last state of a recurrent layer.</summary>
internal static class PickNodes
{
    internal static Flow Pick(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        Tensor?[] inputs = [new Tensor(x.Shape, Enumerable.Range(0, x.Count).Select(i => (long)i).ToArray()),
            .. node.Inputs.Skip(1).Select((name, i) =>
            name.Length == 0 ? null : matcher.Constant(node, i + 1) ?? throw node.Fault($"its input {i + 1} is computed from the data."))];
        Tensor picked = Operators.Run(node, inputs);
        int[] from = [.. picked.ToLongs().Select(element => (int)element)];
        if (from.Length == x.Count && from.Distinct().Count() == from.Length)
        {
            matcher.Notes.Step($"{node.Label}: an index, no layer");
            return x.Moved(picked.Shape, from);
        }

        Flow last = RecurrentNodes.Last(x, picked.Shape, from) ?? throw Refusals.Of(node);
        matcher.Notes.Step($"{node.Label}: the last state");
        return last;
    }
}
