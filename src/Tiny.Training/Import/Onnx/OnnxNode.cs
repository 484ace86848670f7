namespace Tiny.Training.Import.Onnx;

/// <summary>A node of a graph.</summary>
internal sealed class OnnxNode
{
    /// <summary>Its name; often none.</summary>
    internal string Name { get; set; } = "";

    /// <summary>Its operator.</summary>
    internal string Operator { get; set; } = "";

    /// <summary>The domain of its operator; empty for ONNX's own.</summary>
    internal string Domain { get; set; } = "";

    /// <summary>The version of that domain.</summary>
    internal int Opset { get; set; }

    /// <summary>What it reads; empty for an input that is left out.</summary>
    internal List<string> Inputs { get; } = [];

    /// <summary>What it gives; empty for an output that is left out.</summary>
    internal List<string> Outputs { get; } = [];

    /// <summary>Its attributes by name.</summary>
    internal Dictionary<string, OnnxAttribute> Attributes { get; } = [];

    /// <summary>What messages call it.</summary>
    internal string Label =>
        $"node {(Name.Length > 0 ? $"\"{Name}\"" : Outputs.Count > 0 ? $"of output \"{Outputs[0]}\"" : "without a name")} "
        + $"({(Domain.Length > 0 ? $"{Domain}." : "")}{Operator})";

    /// <summary>An input's name; empty where there is none.</summary>
    internal string Input(int index) => index < Inputs.Count ? Inputs[index] : "";

    /// <summary>Why this node cannot be imported.</summary>
    internal ImportException Fault(string found) => new($"{Label}: {found}");

    /// <summary>A whole number among the attributes.</summary>
    internal long Int(string name, long otherwise) => Attributes.GetValueOrDefault(name)?.Integer ?? otherwise;

    /// <summary>A whole number among the attributes that is not a large one.</summary>
    /// <exception cref="ImportException">It is.</exception>
    internal int SmallInt(string name, int otherwise) => Int(name, otherwise) is >= -65_536 and <= 65_536 and long value
        ? (int)value : throw Fault($"attribute {name} is {Int(name, otherwise)}, which is out of range.");

    /// <summary>A number among the attributes.</summary>
    internal float Float(string name, float otherwise) => Attributes.GetValueOrDefault(name)?.Float ?? otherwise;

    /// <summary>A text among the attributes.</summary>
    internal string Text(string name, string otherwise) => Attributes.GetValueOrDefault(name)?.Text ?? otherwise;

    /// <summary>Whole numbers among the attributes; null where there are none.</summary>
    internal int[]? Ints(string name) => Attributes.GetValueOrDefault(name) is OnnxAttribute { Integers: { Count: > 0 } numbers }
        ? [.. numbers.Select(number => number is >= -131_070 and <= 131_070
        ? (int)number : throw Fault($"attribute {name} holds {number}, which is out of range."))]
        : null;

    /// <summary>A node of another operator in its place.</summary>
    internal static OnnxNode Of(string name, string @operator, int opset, IEnumerable<string> inputs, string output)
    {
        OnnxNode node = new() { Name = name, Operator = @operator, Opset = opset };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        return node;
    }

    /// <summary>The same node with a whole number among its attributes.</summary>
    internal OnnxNode With(string name, long number)
    {
        Attributes[name] = new OnnxAttribute { Name = name, Integer = number };
        return this;
    }
}
