using System.Text;
using Tiny.Training.Files;

namespace Tiny.Training.Data.Capture;

/// <summary>What a file holds to which recordings are to be appended.</summary>
/// <param name="Header">Its first line, as far as it was written.</param>
/// <param name="HeaderIsWhole">Whether that line has an end.</param>
/// <param name="Names">The names of its recordings.</param>
internal sealed record ExistingCapture(string Header, bool HeaderIsWhole, IReadOnlyCollection<string> Names)
{
    /// <summary>The columns before the channels.</summary>
    internal const string OwnColumns = "file,label,i,ms,";

    private const int LongestExcerpt = 40;

    /// <summary>Reads a file from its start.</summary>
    /// <returns>Null if it is empty.</returns>
    /// <exception cref="DataException">It is no file of recordings.</exception>
    internal static ExistingCapture? Read(string path, FileStream file)
    {
        file.Position = 0;
        using StreamReader reader =
            new(file, new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        char[] start = new char[OwnColumns.Length];
        try
        {
            int count = reader.ReadBlock(start);
            if (count == 0)
            {
                return null;
            }

            if (!OwnColumns.AsSpan().SequenceEqual(start))
            {
                throw Foreign(path, $"it begins with \"{Excerpt(start.AsSpan(0, count))}\", not with {OwnColumns}");
            }

            string header = OwnColumns + reader.ReadLine();
            HashSet<string> names = [];
            while (reader.ReadLine() is string line)
            {
                names.Add(FirstField(line));
            }

            return new ExistingCapture(header, WholeLines.End(file) > 0, names);
        }
        catch (DecoderFallbackException)
        {
            throw Foreign(path, "it holds bytes that are not UTF-8");
        }
    }

    private static DataException Foreign(string path, string why) =>
        new($"{path}: is no file of recordings that tiny capture made: {why}. It was left as it is; name another file for --out.");

    private static string Excerpt(ReadOnlySpan<char> text)
    {
        string line = text.ToString().Split('\n', '\r')[0];
        return string.Concat(line.Where(character => !char.IsControl(character)).Take(LongestExcerpt));
    }

    private static string FirstField(string line)
    {
        if (!line.StartsWith('"'))
        {
            return line.Split(',', 2)[0];
        }

        int end = 1;
        while (end < line.Length && (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"')))
        {
            end += line[end] == '"' ? 2 : 1;
        }

        return line[1..Math.Min(end, line.Length)].Replace("\"\"", "\"");
    }
}
