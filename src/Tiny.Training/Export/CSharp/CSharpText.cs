using System.Globalization;
using System.Text;

namespace Tiny.Training.Export.CSharp;

/// <summary>C# source, line by line, indented by its braces.</summary>
/// <seealso cref="CSharpExporter"/>
public sealed class CSharpText
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Adds a line.</summary>
    public void Line(string line) => text.Append(' ', line.Length == 0 ? 0 : 4 * depth).Append(line).Append('\n');

    /// <summary>An empty line, unless there is one already.</summary>
    public void Blank() => text.Append(text.Length > 1 && text[^1] == '\n' && text[^2] == '\n' ? "" : "\n");

    /// <summary>Adds a line, and in braces what the body adds.</summary>
    public void Block(string head, Action body)
    {
        Line(head);
        Line("{");
        depth++;
        body();
        depth--;
        Line("}");
    }

    /// <summary>The float as source that gives the same bits.</summary>
    /// <param name="value">A finite number.</param>
    public static string Float(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>The long as source.</summary>
    /// <param name="value">The number.</param>
    public static string Long(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    /// <summary>The string as source.</summary>
    public static string String(string value)
    {
        StringBuilder literal = new("\"");
        foreach (char c in value)
        {
            literal.Append(c is '"' or '\\' || c < ' ' || c > '~' ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Terms 0 .. count - 1, joined.</summary>
    /// <param name="count">Terms, 0 or more.</param>
    /// <param name="separator">What stands between two.</param>
    /// <param name="term">Gives a term by its number.</param>
    public static string Join(int count, string separator, Func<int, string> term) =>
        string.Join(separator, Enumerable.Range(0, count).Select(term));

    /// <summary>The source so far.</summary>
    public override string ToString() => text.ToString();
}
