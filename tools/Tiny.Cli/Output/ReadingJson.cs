using System.Text.Json.Nodes;
using Tiny.Training.Data;

namespace Tiny.Cli.Output;

/// <summary>How a data file was understood, for scripts.</summary>
internal static class ReadingJson
{
    internal static JsonObject Of(DataReading reading) => new()
    {
        ["separator"] = reading.Dialect?.Separator,
        ["decimal"] = reading.Dialect?.Decimal.ToString(),
        ["encoding"] = reading.Dialect?.Encoding,
        ["lines_skipped"] = reading.Dialect?.Skipped,
        ["comment_lines"] = reading.Dialect?.Comments,
        ["header_line"] = reading.Dialect is { HeaderLine: > 0 } dialect ? dialect.HeaderLine : null,
        ["set_aside"] = new JsonArray(
            [.. reading.SetAside.Select(column => new JsonObject { ["name"] = column.Name, ["why"] = column.Why })]),
        ["bad_rows"] = reading.BadRows,
        ["remarks"] = Json.Strings(reading.Remarks),
    };
}
