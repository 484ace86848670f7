using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Training.Data.Summaries;

namespace Tiny.Cli.Output;

/// <summary>How the values of columns lie, for people and for scripts.</summary>
internal static class ColumnView
{
    private const int Bins = 16;

    /// <summary>A table with its head.</summary>
    internal static TextTable Table(string first) => new TextTable().Add(first, "min", "max", "mean", "deviation", "missing", "values");

    internal static void AddTo(TextTable table, ColumnSummary column) => table.Add(
        PlainText.Name(column.Name), Number(column.Min), Number(column.Max), Number(column.Numbers == 0 ? double.NaN : column.Mean),
            Number(column.Deviation),
        column.Missing == 0 ? "." : Format.Count(column.Missing), Format.Spark(column.Histogram(Bins)));

    internal static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);

    internal static JsonObject ToJson(ColumnSummary column) => new()
    {
        ["name"] = column.Name,
        ["numbers"] = column.Numbers,
        ["missing"] = column.Missing,
        ["words"] = column.Words,
        ["min"] = Value(column.Min),
        ["max"] = Value(column.Max),
        ["mean"] = Value(column.Numbers == 0 ? double.NaN : column.Mean),
        ["deviation"] = Value(column.Deviation),
    };

    private static JsonNode? Value(double value) => double.IsNaN(value) ? null : value;
}
