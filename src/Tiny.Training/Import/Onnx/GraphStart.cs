using Tiny.Core.Blobs;

namespace Tiny.Training.Import.Onnx;

/// <summary>What a graph takes.</summary>
/// <param name="Input">Its one input.</param>
/// <param name="Shape">Its shape, the batch as 1.</param>
/// <param name="Batch">The batch that the model was saved with.</param>
internal sealed record GraphStart(OnnxValue Input, int[] Shape, int Batch)
{
    private const int Text = 8;

    /// <summary>Whether its values are whole numbers.</summary>
    internal bool IsWhole => Input.ElementType is not (0 or 1 or 10 or 11 or 16);

    /// <summary>The input of a graph that its nodes read.</summary>
    /// <exception cref="ImportException">It has several, or one whose size is open.</exception>
    internal static GraphStart Of(OnnxModel model, ImportNotes notes)
    {
        HashSet<string> read = [.. model.Nodes.SelectMany(node => node.Inputs)];
        OnnxValue[] inputs = [.. model.Inputs.Where(input => read.Contains(input.Name))];
        if (inputs.Length != 1)
        {
            throw new ImportException(inputs.Length == 0
                ? "no node reads an input of the graph: it computes nothing from data."
                : $"the graph has {inputs.Length} inputs: {string.Join(", ", inputs.Select(value => $"\"{value.Name}\""))}. A model here "
                + "takes one row of numbers: join them in one input.");
        }

        OnnxValue input = inputs[0];
        if (input.Shape is not { Length: > 0 } said || input.ElementType == Text)
        {
            throw new ImportException(
                $"the graph's input \"{input.Name}\" has no shape, or "
                    + $"holds {TensorReader.NameOf(input.ElementType)}. Save the model with a sample of fixed size.");
        }

        // A recurrent node that reads the sample as it is has samples first and the batch behind them.
        int batchAt = said.Length == 3
            && model.Nodes.Exists(node => node.Operator == "GRU" && node.Input(0) == input.Name && node.Int("layout", 0) == 0) ? 1 : 0;
        long[] shape = said.Length == 1 ? said : [.. said.Select((size, axis) => axis == batchAt ? 1 : size)];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            throw new ImportException(
                $"dimension {open} of the graph's input "
                    + $"\"{input.Name}\" is open{(input.Open[open].Length > 0 ? $" (\"{input.Open[open]}\")" : "")}; "
                + $"only the batch, {(batchAt == 0 ? "the first" : "the second")}, may be. Save the model with a sample of fixed size.");
        }

        if (shape.Any(size => size > BlobFormat.MostValues) || Dims.Count(shape.Select(size => (int)size)) > BlobFormat.MostValues)
        {
            throw new ImportException(
                $"the graph's input \"{input.Name}\" has the shape "
                    + $"[{string.Join(", ", shape)}]; a model takes at most {BlobFormat.MostValues:#,0} inputs.");
        }

        int batch = said.Length > 1 && said[batchAt] > 1 ? (int)Math.Min(said[batchAt], int.MaxValue) : 1;
        if (batch > 1)
        {
            notes.Remark($"The graph was saved for batches of {batch:#,0}; the model takes one sample at a time.");
        }

        return new GraphStart(input, [.. shape.Select(size => (int)size)], batch);
    }
}
