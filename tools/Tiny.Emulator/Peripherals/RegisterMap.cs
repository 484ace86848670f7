using System.Globalization;
using System.Text.Json;

namespace Tiny.Emulator.Peripherals;

/// <summary>
/// What stands in a device's registers: constants, and where each column of its recording appears. As JSON:
/// <c>{ "registers": { "0x75": "0x68" }, "columns": { "x": { "at": "0x3B", "bytes": 2, "bigEndian": true, "scale": 1 } } }</c>
/// </summary>
public sealed class RegisterMap
{
    private const int Most = 256;
    private const int LongestValue = 4;

    private RegisterMap(byte[] initial, IReadOnlyList<Column> columns)
    {
        Initial = initial;
        Columns = columns;
    }

    /// <summary>Where a column of the recording appears.</summary>
    /// <param name="Name">The column.</param>
    /// <param name="At">The first of its registers.</param>
    /// <param name="Bytes">How many it takes, 1 to 4.</param>
    /// <param name="BigEndian">Whether the first is the highest.</param>
    /// <param name="Scale">What the column is multiplied by before it is rounded.</param>
    public sealed record Column(string Name, int At, int Bytes, bool BigEndian, double Scale);

    /// <summary>(256) what the registers hold at first.</summary>
    public byte[] Initial { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Reads a map.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">It is none; the message says what was expected.</exception>
    public static RegisterMap Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            byte[] initial = new byte[Most];
            if (document.RootElement.TryGetProperty("registers", out JsonElement registers))
            {
                foreach (JsonProperty register in registers.EnumerateObject())
                {
                    initial[Number(register.Name, Most - 1)] = (byte)Number(register.Value.ToString(), byte.MaxValue);
                }
            }

            Column[] columns = document.RootElement.TryGetProperty("columns", out JsonElement found)
                ? [.. found.EnumerateObject().Select(ToColumn)] : [];
            return new RegisterMap(initial, columns);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(
                $"expected an object of \"registers\" and \"columns\", each column with \"at\": {error.Message}", error);
        }
    }

    /// <summary>Puts a row of the recording where it appears.</summary>
    internal void Write(byte[] registers, float[] row)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            Column column = Columns[i];
            long value = (long)Math.Round(row[i] * column.Scale);
            for (int b = 0; b < column.Bytes; b++)
            {
                registers[column.At + b] = (byte)(value >> (8 * (column.BigEndian ? column.Bytes - 1 - b : b)));
            }
        }
    }

    private static Column ToColumn(JsonProperty property)
    {
        int bytes = property.Value.TryGetProperty("bytes", out JsonElement count) ? count.GetInt32() : 2;
        int at = Number(property.Value.GetProperty("at").ToString(), Most - bytes);
        bool bigEndian = !property.Value.TryGetProperty("bigEndian", out JsonElement order) || order.GetBoolean();
        double scale = property.Value.TryGetProperty("scale", out JsonElement factor) ? factor.GetDouble() : 1;
        return bytes is < 1 or > LongestValue ? throw new FormatException(
            $"column {property.Name} takes {bytes} bytes, expected 1 to 4.") : new Column(property.Name, at, bytes, bigEndian, scale);
    }

    private static int Number(string text, int most)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out int value) && value <= most
            ? value
            : throw new FormatException($"{text}: expected a number from 0 to {most}, such as 117 or 0x75.");
    }
}
