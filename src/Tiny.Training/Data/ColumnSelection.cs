using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Which columns of a CSV file are inputs, and which is the label.</summary>
/// <param name="Inputs">Indices of the input columns, in the network's order.</param>
/// <param name="Label">Index of the label column, or -1 for none.</param>
/// <seealso cref="CsvSource"/>
public sealed record ColumnSelection(IReadOnlyList<int> Inputs, int Label)
{
    /// <summary>
    /// The columns to train on: the label named or the last; the inputs named, or all others but
    /// those that are no measurement, such as a clock.
    /// </summary>
    /// <param name="columns">The columns of the file.</param>
    /// <param name="options">How it is to be read.</param>
    /// <exception cref="DataException">The label cannot be one, or nothing is left to learn from.</exception>
    /// <exception cref="SelectionException">A column that an option names does not exist.</exception>
    public static ColumnSelection ForTraining(TableColumns columns, CsvOptions options)
    {
        CsvHeader header = columns.Header;
        int[] dropped = header.FindAll(options.Drop, "--drop");
        int label = options.Unlabeled ? -1 : options.Label is null ? LastLabel(columns, dropped) : header.Find(options.Label, "--label");
        if (dropped.Contains(label))
        {
            throw new SelectionException($"{header.Path}: column {Name(header, label)} is the label; take it off --drop.");
        }

        if (label >= 0)
        {
            CheckLabel(columns, label);
        }

        int[] inputs = options.Inputs is null
            ? Usual(columns, [.. dropped, label])
            : header.FindAll(options.Inputs, "--inputs");
        if (inputs.Length == 0 && label < 0)
        {
            throw new DataException($"{header.Path}: nothing is left as input. Name the inputs with --inputs.");
        }

        if (inputs.Length == 0)
        {
            throw new DataException(header.Count == 1
                ? $"{header.Path}: only one column was "
                + $"found, {Name(header, 0)}: nothing is left as input. Say what separates the columns with --separator."
                : $"{header.Path}: nothing is left as input beside the label {Name(header, label)}. Name the inputs with --inputs.");
        }

        int both = Array.FindIndex(inputs, column => column == label || dropped.Contains(column));
        return both < 0 ? new ColumnSelection(inputs, label)
            : inputs[both] == label ? throw new SelectionException(
            $"{header.Path}: column {Name(header, label)} is the label and cannot be an input too; take it off --inputs.")
            : throw new SelectionException(
            $"{header.Path}: column {Name(header, inputs[both])} is in both --inputs and --drop; take it off one of them.");
    }

    /// <summary>The columns for a model: those that it was trained on, however they are found again.</summary>
    /// <exception cref="DataException">The columns do not match the model, or could be meant in two ways.</exception>
    public static ColumnSelection ForModel(TableColumns columns, CsvOptions options, ModelNeeds model) =>
        new ModelColumnFinder(columns, options, model).Find();

    /// <summary>The inputs' names and kind.</summary>
    public DataColumns ToColumns(CsvHeader header) =>
        new([.. Inputs.Select(column => header.Names[column])], header.IsNamed, ShareUnit: false);

    /// <summary>All columns but these and those that are no input unless named; if that leaves none, all but these.</summary>
    internal static int[] Usual(TableColumns columns, IReadOnlyCollection<int> without)
    {
        int[] others = [.. Enumerable.Range(0, columns.Count).Except(without)];
        int[] inputs = [.. others.Where(column => columns.WhyNoInput(column) is null)];
        return inputs.Length > 0 ? inputs : [.. others.Where(column => columns.Kinds[column] is ColumnKind.Clock or ColumnKind.RowNumber)];
    }

    /// <summary>The last column, but for those without name and value: a separator at the end of each line makes one.</summary>
    private static int LastLabel(TableColumns columns, int[] dropped)
    {
        int label = columns.Count - 1;
        while (label > 0 && (dropped.Contains(label) || (columns.Kinds[label] == ColumnKind.Empty && columns.Header.IsUnnamed(label))))
        {
            label--;
        }

        return columns.Kinds[label] is ColumnKind.Clock or ColumnKind.Date or ColumnKind.RowNumber or ColumnKind.RowName
            ? throw new SelectionException(
            $"{columns.Header.Path}: the last "
                + $"column, {Name(columns.Header, label)}, {columns.WhyNoInput(label)}. Name the label with --label.")
            : label;
    }

    private static void CheckLabel(TableColumns columns, int label)
    {
        if (columns.Kinds[label] == ColumnKind.Empty)
        {
            throw new DataException(
                $"{columns.Header.Path}: the label "
                    + $"column {Name(columns.Header, label)} has no value in any of the first {columns.Rows.Count} rows. "
                + $"Name another with --label. The columns are {columns.Header.List(Enumerable.Range(0, columns.Count))}.");
        }
    }

    private static string Name(CsvHeader header, int column) => SafeText.Quote(header.Names[column]);
}
