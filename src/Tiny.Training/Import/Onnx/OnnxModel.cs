namespace Tiny.Training.Import.Onnx;

/// <summary>An ONNX file, as far as it is of interest here.</summary>
internal sealed class OnnxModel
{
    /// <summary>The program that wrote it.</summary>
    internal string Producer { get; set; } = "";

    /// <summary>The version of each operator domain.</summary>
    internal Dictionary<string, int> Opsets { get; } = [];

    /// <summary>What its writer noted.</summary>
    internal Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Names of functions that it defines.</summary>
    internal List<string> Functions { get; } = [];

    /// <summary>The nodes.</summary>
    internal List<OnnxNode> Nodes { get; set; } = [];

    /// <summary>Constants by name.</summary>
    internal Dictionary<string, Tensor> Constants { get; } = [];

    /// <summary>What the graph takes: those that no constant has the name of.</summary>
    internal List<OnnxValue> Inputs { get; } = [];

    /// <summary>What the graph gives.</summary>
    internal List<OnnxValue> Outputs { get; } = [];

    /// <summary>Whether weights are of another type than float32 and were converted: that type.</summary>
    internal string? ConvertedFrom { get; set; }

    /// <summary>Bytes of the file.</summary>
    internal long FileBytes { get; init; }

    /// <summary>Who reads what: for each name, how many inputs of nodes it is.</summary>
    internal Dictionary<string, int> CountReaders()
    {
        Dictionary<string, int> readers = [];
        foreach (string name in Nodes.SelectMany(node => node.Inputs).Where(name => name.Length > 0))
        {
            readers[name] = readers.GetValueOrDefault(name) + 1;
        }

        return readers;
    }
}
