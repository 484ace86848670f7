using System.Text;

namespace Tiny.Training.Data.Text;

/// <summary>The encoding of a text: named by an option, or told by its first bytes.</summary>
/// <param name="Encoding">The encoding, which throws on bytes that are none of it.</param>
/// <param name="Name">What it is usually called.</param>
/// <param name="MarkBytes">Bytes of the mark at the text's start that says so; 0 for none.</param>
internal sealed record TextEncoding(Encoding Encoding, string Name, int MarkBytes)
{
    private const int BytesToJudge = 4096;

    private static readonly (byte[] Mark, string Encoding)[] Marks =
    [
        ([0xFF, 0xFE, 0x00, 0x00], "utf-32"), // before that of UTF-16, which it begins with
        ([0xEF, 0xBB, 0xBF], "utf-8"),
        ([0xFF, 0xFE], "utf-16"),
        ([0xFE, 0xFF], "utf-16BE"),
    ];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["utf16"] = "utf-16",
        ["utf-16le"] = "utf-16",
        ["utf16le"] = "utf-16",
        ["utf16be"] = "utf-16BE",
        ["latin-1"] = "latin1",
        ["cp1252"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["ascii"] = "us-ascii",
    };

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a text that begins so.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="named">The encoding that an option names; null to find out.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="SelectionException">There is no encoding of this name, or the file begins with the mark of another.</exception>
    internal static TextEncoding Find(ReadOnlySpan<byte> start, string? named, string path)
    {
        (string Encoding, int Bytes)? mark = FindMark(start);
        if (named is null)
        {
            return mark is (string marked, int bytes) ? Of(marked, bytes) : Of(Judge(start), 0);
        }

        TextEncoding encoding = Named(named);
        if (mark is null)
        {
            return encoding;
        }

        TextEncoding found = Of(mark.Value.Encoding, mark.Value.Bytes);
        return found.Encoding.CodePage == encoding.Encoding.CodePage
            ? found
            : throw new SelectionException(
            $"{path}: --encoding {named}: the file begins with the mark of {found.Name}. Leave --encoding off.");
    }

    /// <summary>The encoding with a name.</summary>
    /// <exception cref="SelectionException">There is none.</exception>
    internal static TextEncoding Named(string name)
    {
        try
        {
            return Of(Aliases.GetValueOrDefault(name, name), 0);
        }
        catch (ArgumentException)
        {
            throw new SelectionException(
                $"--encoding {SafeText.Clean(name)}: there is no such encoding. Usual ones are utf-8, utf-16, latin1 and windows-1252.");
        }
    }

    private static TextEncoding Of(string name, int markBytes)
    {
        Encoding encoding = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        string called = encoding.CodePage switch
        {
            65001 => "UTF-8",
            1200 => "UTF-16",
            1201 => "UTF-16 big-endian",
            12000 => "UTF-32",
            28591 => "Latin-1",
            _ => encoding.WebName,
        };
        return new TextEncoding(encoding, called, markBytes);
    }

    private static (string Encoding, int Bytes)? FindMark(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] mark, string encoding) in Marks)
        {
            if (start.StartsWith(mark))
            {
                return (encoding, mark.Length);
            }
        }

        return null;
    }

    /// <summary>UTF-16 without a mark has a zero byte beside nearly every character of a table; other text has none.</summary>
    private static string Judge(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> sample = start[..Math.Min(start.Length & ~1, BytesToJudge)];
        int even = 0;
        int odd = 0;
        for (int i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        int most = sample.Length / 2;
        return even == 0 && 10 * odd > 6 * most ? "utf-16"
            : odd == 0 && 10 * even > 6 * most ? "utf-16BE"
            : "utf-8";
    }
}
