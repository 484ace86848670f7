using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tiny.Training.Records;

/// <summary>How records are written as JSON: names in snake_case, one line for each column, class and epoch.</summary>
internal static class RecordJson
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    internal static JsonSerializerOptions Options { get; } = new(OneLine)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new LineConverter<RecordedColumn>(), new LineConverter<RecordedClass>(), new LineConverter<RecordedEpoch>() },
    };

    /// <summary>What is wrong with a text, and where: the serializer's words without its positions and the names of our types.</summary>
    internal static string Describe(JsonException error)
    {
        const string Missing = "missing required properties including: ";
        int missing = error.Message.IndexOf(Missing, StringComparison.Ordinal);
        string what = missing >= 0 ? $"{error.Message[(missing + Missing.Length)..].Split(". ")[0].TrimEnd('.')} is missing."
            : error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? "the value is of the wrong kind."
            : error.Message.StartsWith("The constructor parameter", StringComparison.Ordinal)
            || error.Message.StartsWith("The property or field", StringComparison.Ordinal) ? "a value is null, expected one."
            : error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
        string member = error.Path is null || error.Path.Length < 3 ? "" : $", {error.Path[2..]}";
        return error.LineNumber is long line ? $"line {line + 1}{member}: {what}" : what;
    }

    /// <summary>Writes a value in one line though what is around it is indented.</summary>
    private sealed class LineConverter<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T>(ref reader, OneLine);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            // The writer begins no line for what is raw.
            string indent = "\n" + new string(' ', writer.CurrentDepth * writer.Options.IndentSize);
            writer.WriteRawValue(indent + JsonSerializer.Serialize(value, OneLine), skipInputValidation: true);
        }
    }
}
