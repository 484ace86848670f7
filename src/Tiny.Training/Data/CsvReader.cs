using System.Globalization;
using Tiny.Core;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Rows;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Reads the rows of an open CSV file into a table.</summary>
internal static class CsvReader
{
    /// <summary>Reads all rows.</summary>
    /// <param name="source">The file.</param>
    /// <param name="selection">The columns wanted.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="choosesInputs">Whether the inputs are chosen by what they hold: named columns
    /// that never change are then left out.</param>
    /// <param name="storage">Where the rows are kept.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DataException">A row cannot be used, or there is none.</exception>
    internal static (RowTable Table, DataReading Reading) Read(
        CsvSource source, ColumnSelection selection, CsvOptions options, bool choosesInputs, StorageOptions storage,
        CancellationToken cancel)
    {
        CsvHeader header = source.Header;
        bool labeled = selection.Label >= 0;
        string labelName = labeled ? header.Names[selection.Label] : "";
        LabelReader labels = new(header.Path, labelName, options, source.Fields.Numbers);
        source.Labels = new LabelRules(
            labels, source.Fields, options, labeled ? source.Columns.Rows.Select(row => row[selection.Label]) : []);
        ConstantColumns constant = new(choosesInputs
            ? Enumerable.Range(0, selection.Inputs.Count).Where(i => !source.Columns.IsInSeries(selection.Inputs[i])) : []);
        EmptyColumns? empty = choosesInputs ? new EmptyColumns(source, selection, options) : null;
        RowStore store = new(selection.Inputs.Count, storage);
        try
        {
            while (source.ReadRow(selection, store.Next(), out string label))
            {
                cancel.ThrowIfCancellationRequested();
                constant.Add(store.Next());
                empty?.Check();
                float value = labels.Read(labeled ? label : options.ClassNames![0], source.Line, out int text);
                store.Add(value, text);
            }

            CheckAny(source, store.Rows);
            int[] kept = [.. Enumerable.Range(0, selection.Inputs.Count).Except(constant.Found)];
            bool keepsAll = options.Shape is not null || kept.Length is 0 || kept.Length == selection.Inputs.Count || store.Rows < 2;
            ColumnSelection used = keepsAll ? selection : selection with { Inputs = [.. kept.Select(i => selection.Inputs[i])] };
            (DataSchema schema, AnswerKey key) = labels.Finish(Shaped(header.Path, used.ToColumns(header), options.Shape));
            CheckKept(header.Path, labelName, schema.Task, source.Labels);
            DataReading reading = DataReading.Of(source, used.Inputs, used.Label);
            return (store.Finish(schema, key, keepsAll ? null : kept), reading with
            {
                Remarks = [.. reading.Remarks, .. LabelRemarks.Of(source.Labels, schema.Task, schema.OutputNames, labelName,
                    options is { Task: null, ClassNames: null })],
                SetAside = keepsAll ? [] : [.. constant.Found.Order()
                    .Select(i => Constant(source, selection.Inputs[i], constant.Value(i)))],
            });
        }
        catch
        {
            store.Abandon();
            throw;
        }
    }

    private static DataColumns Shaped(string path, DataColumns columns, Layers.Shape? shape) =>
        shape is not Layers.Shape given || given.Values == columns.Count
        ? columns with { Shape = shape }
        : throw new SelectionException(
            $"{path}: a row has {columns.Count} inputs, but --shape {given.Height}x{given.Width}x{given.Channels} is {given.Values}. "
                + "Choose columns with --inputs or --drop, or say another shape.");

    private static ColumnSetAside Constant(CsvSource source, int column, float value) => new(column, source.Header.Names[column],
        source.Columns.LosesDigits(column, source.Fields.Numbers)
            ? "differs only in digits beyond the seven that a float holds"
            : $"is always {value.ToString(CultureInfo.InvariantCulture)}");

    private static void CheckAny(CsvSource source, long rows)
    {
        if (rows > 0)
        {
            return;
        }

        string why = source.RowsRead == 0 ? "there is a header but no row of data"
            : source.Dropped == source.RowsRead ? $"all {source.Dropped} rows were dropped for missing values"
            : $"of {source.RowsRead} rows {source.BadRows} cannot be "
            + $"read, {source.Dropped} miss a value and {source.LeftOut} have a label that is left out";
        throw new DataException($"{source.Header.Path}: {why}. Expected at least one row.");
    }

    /// <summary>Labels that stood for missing were kept as if they were classes; that they are values was seen too late.</summary>
    private static void CheckKept(string path, string label, NetworkTask task, LabelRules rules)
    {
        if (task == NetworkTask.Regression && rules.KeptMissing.Count > 0)
        {
            (string text, long rows) = rules.KeptMissing.First();
            throw new DataException(
                $"{path}, column {SafeText.Quote(label)}: the labels are numbers to learn, but {rows} of them are {SafeText.Quote(text)}, "
                    + "which stands for missing. Say --task regression, so that such rows are left out.");
        }
    }
}
