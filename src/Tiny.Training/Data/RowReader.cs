using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Makes values of a record: the inputs wanted, and whether the row is whole, misses a value or cannot be read.</summary>
/// <param name="columns">The file's columns.</param>
/// <param name="fields">What reads a field.</param>
/// <param name="options">What may be left out.</param>
internal sealed class RowReader(TableColumns columns, FieldReader fields, CsvOptions options)
{
    private readonly CsvHeader header = columns.Header;
    private readonly bool namesMissing = options.Missing.Count > 0;
    private int missing;    // the first column of the row with a missing value; -1 for none
    private bool mayMiss;   // whether such rows are left out
    private int bad;        // the first column that cannot be read; -1 for none
    private bool hasWords;

    /// <summary>What was wrong with the rows.</summary>
    internal RowFaults Faults { get; } = new();

    /// <summary>What the labels must be; null where any will do.</summary>
    internal LabelRules? Labels { get; set; }

    /// <summary>Whether no option leaves out a row such as the one just read, which is not whole.</summary>
    internal bool Refuses { get; private set; }

    /// <summary>Reads a record's values.</summary>
    /// <param name="record">The record.</param>
    /// <param name="row">The row's number, from 0.</param>
    /// <param name="selection">The columns wanted.</param>
    /// <param name="inputs">Receives the inputs of a whole row, (selection.Inputs.Count).</param>
    internal RowOutcome Read(RecordReader record, long row, ColumnSelection selection, Span<float> inputs)
    {
        if (!IsWell(record, row))
        {
            return RowOutcome.Bad;
        }

        missing = bad = -1;
        mayMiss = true;
        hasWords = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            int column = selection.Inputs[i];
            ReadOnlySpan<char> field = record[column];
            if (!fields.TryRead(field, columns.Kinds[column], out inputs[i]) || (namesMissing && fields.IsNamedMissing(field)))
            {
                Take(column, field, record, row);
            }
        }

        return selection.Label < 0 ? Judge(record, row, -1, null)
            : Labels?.IsLeftOut(record[selection.Label]) == true ? RowOutcome.LeftOut
            : Judge(record, row, selection.Label, ReadLabel(selection.Label, record[selection.Label]));
    }

    /// <summary>Whether a record's text is well and it has the fields it should.</summary>
    internal bool IsWell(RecordReader record, long row)
    {
        Refuses = false;
        if (record.Fault == RecordFault.None && record.Count == header.Count)
        {
            return true;
        }

        Refuses = !options.SkipBadRows;
        AddIllFormed(record, row);
        return false;
    }

    private void AddIllFormed(RecordReader record, long row) => Faults.AddBad(record.Line, () =>
        $"{Where(record, row)}: {(record.Fault != RecordFault.None ? record.Fault.Describe() : Unlike(record.Count))}");

    private string Unlike(int count) =>
        $"has {count} field{(count == 1 ? "" : "s")}, expected {header.Count} as in {(header.IsNamed ? "the header" : "most lines")}.";

    /// <summary>Takes note of a field that is no number, or stands for missing.</summary>
    private void Take(int column, ReadOnlySpan<char> field, RecordReader record, long row)
    {
        bool named = fields.IsNamedMissing(field);
        if (named || MissingMarks.Contains(field))
        {
            Miss(column, field, named);
        }
        else if (columns.Kinds[column] is ColumnKind.Words or ColumnKind.Date)
        {
            hasWords = true;
            Faults.AddWord(column, header.Names[column], field,
                () => FaultAt(record, row, column, FieldFault.Describe(record[column], fields.Numbers)));
        }
        else
        {
            bad = bad < 0 ? column : bad;
        }
    }

    private void Miss(int column, ReadOnlySpan<char> field, bool named)
    {
        bool may = named || options.DropMissing;
        missing = missing < 0 || (mayMiss && !may) ? column : missing; // rather what the row is refused for
        mayMiss &= may;
        if (!may)
        {
            Faults.AddSpelling(field);
        }
    }

    /// <summary>Looks at a label; gives what is wrong with it.</summary>
    private string? ReadLabel(int column, ReadOnlySpan<char> label)
    {
        if (Labels is null ? label.Length > 0 : !Labels.IsMissing(label))
        {
            return Labels?.FaultOf(label);
        }

        Miss(column, label, fields.IsNamedMissing(label));
        return null;
    }

    private RowOutcome Judge(RecordReader record, long row, int label, string? labelFault)
    {
        if (hasWords)
        {
            Refuses = true; // an input of words is no fault of the row
            return RowOutcome.Bad;
        }

        if (bad >= 0 || labelFault is not null)
        {
            Refuses = !options.SkipBadRows;
            AddBad(record, row, label, labelFault);
            return RowOutcome.Bad;
        }

        if (missing >= 0)
        {
            Refuses = !mayMiss;
            if (Refuses)
            {
                AddMissing(record, row);
            }
            else
            {
                Faults.AddMissing();
            }

            return RowOutcome.Missing;
        }

        return RowOutcome.Whole;
    }

    private void AddBad(RecordReader record, long row, int label, string? labelFault) => Faults.AddBad(record.Line, () => bad >= 0
        ? FaultAt(record, row, bad, FieldFault.Describe(record[bad], fields.Numbers))
        : FaultAt(record, row, label, labelFault!));

    private void AddMissing(RecordReader record, long row) =>
        Faults.AddMissing(() => FaultAt(record, row, missing, $"the value is missing (found {SafeText.Quote(record[missing])})."));

    private string FaultAt(RecordReader record, long row, int column, string fault) =>
        $"{Where(record, row)}, column {SafeText.Quote(header.Names[column])}: {fault}";

    private string Where(RecordReader record, long row) => $"{header.Path}, line {record.Line} (row {row})";
}
