namespace Tiny.Training.Import.Onnx;

/// <summary>An attribute of a node, as far as small models have them.</summary>
internal sealed class OnnxAttribute
{
    /// <summary>Its name.</summary>
    internal string Name { get; set; } = "";

    /// <summary>A number.</summary>
    internal float? Float { get; set; }

    /// <summary>A whole number.</summary>
    internal long? Integer { get; set; }

    /// <summary>A text.</summary>
    internal string? Text { get; set; }

    /// <summary>A tensor.</summary>
    internal Tensor? Tensor { get; set; }

    /// <summary>Numbers.</summary>
    internal List<float> Floats { get; } = [];

    /// <summary>Whole numbers.</summary>
    internal List<long> Integers { get; } = [];

    /// <summary>Texts.</summary>
    internal List<string> Texts { get; } = [];

    /// <summary>Whether it is a graph, as loops and conditions have them, or of a function's parameters.</summary>
    internal bool IsGraph { get; set; }
}
