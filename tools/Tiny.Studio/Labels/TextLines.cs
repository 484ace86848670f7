using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Labels;

/// <summary>
/// A text file as lines of bytes, so that what is not cut stays to the byte. Lines are counted from 1, as messages count them.
/// </summary>
internal sealed class TextLines
{
    private readonly List<ReadOnlyMemory<byte>> lines = []; // each with its end

    /// <summary>The lines of a file.</summary>
    /// <exception cref="DataException">It is compressed, or of an encoding in which a line's end is more than a byte.</exception>
    internal TextLines(string path, byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || content.AsSpan().Contains((byte)0))
        {
            throw new DataException($"{path}: is compressed or not UTF-8, and cannot be cut by lines. Write it anew as plain UTF-8 first.");
        }

        for (int from = 0; from < content.Length;)
        {
            int end = content.AsSpan(from).IndexOf((byte)'\n');
            int to = end < 0 ? content.Length : from + end + 1;
            lines.Add(content.AsMemory(from, to - from));
            from = to;
        }
    }

    private TextLines(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        this.lines.AddRange(lines);
    }

    /// <summary>How many lines.</summary>
    internal int Count => lines.Count;

    /// <summary>Whether the file begins with a text.</summary>
    internal bool StartsWith(string text) => lines.Count > 0 && lines[0].Span.StartsWith(Encoding.UTF8.GetBytes(text));

    /// <summary>The lines before one.</summary>
    internal TextLines Head(int before) => Part(1, before);

    /// <summary>The lines from one to before another.</summary>
    internal TextLines Part(int from, int to) => new(lines.Skip(from - 1).Take(to - from));

    /// <summary>These lines and others behind them.</summary>
    internal TextLines Append(TextLines others) => new([.. lines, .. others.lines]);

    /// <summary>All lines but those from one to before another.</summary>
    internal TextLines Without(int from, int to) => new([.. lines.Take(from - 1), .. lines.Skip(to - 1)]);

    /// <summary>The lines with another first field from one to before another.</summary>
    internal TextLines WithFirstField(int from, int to, string field)
    {
        byte[] text = Encoding.UTF8.GetBytes(StretchFile.Field(field));
        return new TextLines(lines.Select(
            (line, i) => i + 1 < from || i + 1 >= to ? line
                : (ReadOnlyMemory<byte>)(byte[])[.. text, .. line.Span[FieldEnd(line.Span)..]]));
    }

    /// <summary>The file, with an end to its last line.</summary>
    internal byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            bytes.Write(line.Span);
            if (line.Span[^1] != (byte)'\n')
            {
                bytes.WriteByte((byte)'\n');
            }
        }

        return bytes.ToArray();
    }

    private static int FieldEnd(ReadOnlySpan<byte> line)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == (byte)'"';
            if (line[i] == (byte)',' && !quoted)
            {
                return i;
            }
        }

        return line.Length;
    }
}
