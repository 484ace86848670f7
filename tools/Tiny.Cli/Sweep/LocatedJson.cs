using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Sweep;

/// <summary>A value of a JSON file with the line it begins at, so that a fault can say where it is.</summary>
internal sealed class LocatedJson
{
    private LocatedJson(JsonTokenType kind, int line, string text)
    {
        Kind = kind;
        Line = line;
        Text = text;
    }

    /// <summary>What it is: an object or array is told by its beginning.</summary>
    internal JsonTokenType Kind { get; }

    /// <summary>From 1.</summary>
    internal int Line { get; }

    /// <summary>A string's contents, or a number as it is written.</summary>
    internal string Text { get; }

    /// <summary>Members of an object in order: each name with its line.</summary>
    internal List<(string Name, int Line, LocatedJson Value)> Members { get; } = [];

    /// <summary>Items of an array.</summary>
    internal List<LocatedJson> Items { get; } = [];

    /// <summary>Such as "a string", for messages.</summary>
    internal string KindInWords => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    /// <summary>A string or number as it is, or else what it is, for messages.</summary>
    internal string InWords => Kind is JsonTokenType.String or JsonTokenType.Number ? Text : KindInWords;

    /// <summary>Reads a file; comments and commas too many are allowed.</summary>
    /// <exception cref="UsageException">It is no JSON.</exception>
    internal static LocatedJson Parse(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(
            bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            LocatedJson root = Value(ref reader, bytes);
            return !reader.Read() ? root : throw new UsageException(
                $"{path}, line {LineOf(bytes, reader.TokenStartIndex)}: something follows the end of the object.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}, line {error.LineNumber + 1}: is not JSON: {error.Message.Split(" LineNumber")[0]}");
        }
        catch (InvalidOperationException)
        {
            // The reader's own words for half of a character that takes two, such as \ud800.
            throw new UsageException($"{path}, "
                + $"line {LineOf(bytes, reader.TokenStartIndex)}: is not JSON: a string holds what is no character.");
        }
    }

    private static LocatedJson Value(ref Utf8JsonReader reader, byte[] bytes)
    {
        string text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.StartObject or JsonTokenType.StartArray => "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
        LocatedJson value = new(reader.TokenType, LineOf(bytes, reader.TokenStartIndex), text);
        if (value.Kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                int line = LineOf(bytes, reader.TokenStartIndex);
                reader.Read();
                value.Members.Add((name, line, Value(ref reader, bytes)));
            }
        }
        else if (value.Kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                value.Items.Add(Value(ref reader, bytes));
            }
        }

        return value;
    }

    private static int LineOf(byte[] bytes, long at) => 1 + bytes.AsSpan(0, (int)at).Count((byte)'\n');
}
