namespace Tiny.Training.Data;

/// <summary>Which columns of a CSV file are inputs, and which is the label.</summary>
/// <param name="Inputs">Indices of the input columns, in the network's order.</param>
/// <param name="Label">Index of the label column, or -1 for none.</param>
public sealed record ColumnSelection(IReadOnlyList<int> Inputs, int Label)
{
    /// <summary>The columns to train on: the label named or the last, the inputs named or all others.</summary>
    /// <exception cref="DataException">A column does not exist, or nothing is left to learn from.</exception>
    public static ColumnSelection ForTraining(CsvHeader header, CsvOptions options)
    {
        int label = options.Label is null ? header.Count - 1 : header.Find(options.Label, "--label");
        int[] inputs = options.Inputs is null
            ? [.. Enumerable.Range(0, header.Count).Where(column => column != label)]
            : [.. options.Inputs.Select(name => header.Find(name, "--inputs"))];
        if (inputs.Length == 0)
        {
            throw new DataException(
                $"{header.Path}: only one column was found, \"{header.Names[0]}\": nothing is left as input. Columns are separated by commas.");
        }

        int twice = Array.FindIndex(inputs, column => column == label);
        return twice < 0
            ? new ColumnSelection(inputs, label)
            : throw new DataException($"{header.Path}: column \"{header.Names[label]}\" is the label and cannot be an input too; take it off --inputs.");
    }

    /// <summary>
    /// The columns for a model that takes this many inputs: those named; else the model's own, known by the checksum of their names;
    /// else, in a file without names, all of them or all but the label.
    /// </summary>
    /// <param name="header">The file's columns.</param>
    /// <param name="options">What the user named.</param>
    /// <param name="inputCount">Inputs of the model.</param>
    /// <param name="checksum">Checksum of the names of the columns it was trained on, 0 for none.</param>
    /// <param name="needsLabel">Whether a label is wanted.</param>
    /// <exception cref="DataException">The columns do not match the model.</exception>
    public static ColumnSelection ForModel(CsvHeader header, CsvOptions options, int inputCount, int checksum, bool needsLabel)
    {
        ColumnSelection selection = options.Label is null && options.Inputs is null
            ? Guess(header, inputCount, checksum, needsLabel)
            : Named(header, options, inputCount, needsLabel);
        if (selection.Inputs.Count != inputCount)
        {
            throw new DataException(
                $"{header.Path}: has {header.Count} columns, {selection.Inputs.Count} of them inputs, but the model takes {inputCount} inputs"
                + $"{(needsLabel ? " and a label" : "")}. Pass the file the model was made for, or name the columns with --inputs and --label.");
        }

        if (checksum != 0 && header.IsNamed && options.Inputs is null && selection.ToColumns(header).Checksum != checksum)
        {
            throw new DataException(
                $"{header.Path}: the columns are not those the model was trained on, or stand in another order "
                + $"(found {string.Join(", ", selection.Inputs.Select(i => header.Names[i]).Take(8))}{(inputCount > 8 ? ", ..." : "")}). "
                + "Name the inputs in the model's order with --inputs, and the label with --label.");
        }

        return selection;
    }

    /// <summary>The inputs' names and kind.</summary>
    public DataColumns ToColumns(CsvHeader header) =>
        new([.. Inputs.Select(column => header.Names[column])], header.IsNamed, ShareUnit: false);

    private static ColumnSelection Named(CsvHeader header, CsvOptions options, int inputCount, bool needsLabel)
    {
        bool labelled = needsLabel || options.Label is not null || (options.Inputs is null && header.Count == inputCount + 1);
        if (labelled)
        {
            return ForTraining(header, options);
        }

        return new ColumnSelection([.. options.Inputs!.Select(name => header.Find(name, "--inputs"))], -1);
    }

    private static ColumnSelection Guess(CsvHeader header, int inputCount, int checksum, bool needsLabel)
    {
        int[] all = [.. Enumerable.Range(0, header.Count)];
        ColumnSelection whole = new(all, -1);
        if (!needsLabel && header.Count == inputCount)
        {
            return whole;
        }

        if (checksum != 0 && header.IsNamed && header.Count == inputCount + 1)
        {
            for (int label = 0; label < header.Count; label++)
            {
                ColumnSelection candidate = new([.. all.Where(column => column != label)], label);
                if (candidate.ToColumns(header).Checksum == checksum)
                {
                    return candidate;
                }
            }
        }

        return header.Count < 2 ? whole : new ColumnSelection(all[..^1], header.Count - 1);
    }
}
