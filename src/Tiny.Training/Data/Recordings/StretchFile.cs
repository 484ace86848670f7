using System.Globalization;
using System.Text;
using Tiny.Training.Data.Text;
using Tiny.Training.Files;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// The labels beside a folder's recordings: a CSV file called labels.csv with the columns recording, from, to, label and a line for each
/// labeled stretch. A recording that is named there has these labels and no others; src/LABELS.md describes the format.
/// </summary>
/// <example>
/// <code>
/// LabeledStretch[] stretches = [new("run1.csv", 0, 250, "walk"), new("run1.csv", 250, 600, "rest")];
/// string text = StretchFile.ToText(stretches);
/// </code>
/// </example>
public static class StretchFile
{
    /// <summary>What the file is called.</summary>
    public const string Name = "labels.csv";

    /// <summary>What a folder's notes on its recordings are called, which is no file of recordings either.</summary>
    public const string NotesName = "notes.csv";

    /// <summary>The file's first line.</summary>
    public const string Header = "recording,from,to,label";

    /// <summary>The first line of the notes.</summary>
    public const string NotesHeader = "recording,wearer,note";

    private const int MostBytes = 256 << 20;

    /// <summary>Whether a file of a folder is its labels or its notes, by its name and first line, and no recording.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's path below it.</param>
    internal static bool IsBeside(string folder, string name) => name switch
    {
        Name => BeginsWith(Path.Combine(folder, name), Header),
        NotesName => BeginsWith(Path.Combine(folder, name), NotesHeader),
        _ => false,
    };

    /// <summary>The labels beside a folder's recordings; null where there are none.</summary>
    /// <exception cref="DataException">The file cannot be read, or a line is none.</exception>
    public static IReadOnlyList<LabeledStretch>? Find(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!IsBeside(folder, Name))
        {
            return null;
        }

        try
        {
            return Parse(path, InputFile.ReadText(path, MostBytes));
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{path}: cannot be read: {FileFault.Reason(error)}.", error);
        }
    }

    /// <summary>The stretches of a text, in its order.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">What it holds.</param>
    /// <exception cref="DataException">A line is no stretch, or two stretches of a recording overlap.</exception>
    public static IReadOnlyList<LabeledStretch> Parse(string path, string text)
    {
        RecordReader reader = new(text, ",");
        List<LabeledStretch> stretches = [];
        List<int> lines = [];
        while (reader.Read())
        {
            string[] fields = reader.Fault == RecordFault.None ? reader.ToFields() : [];
            if (lines.Count == 0)
            {
                lines.Add(reader.Line);
                if (string.Join(',', fields) != Header)
                {
                    throw new DataException($"{path}, "
                        + $"line {reader.Line}: found {SafeText.Quote(string.Join(',', fields))}, expected {Header}.");
                }

                continue;
            }

            lines.Add(reader.Line);
            stretches.Add(OfFields(fields) ?? throw new DataException(
                $"{path}, line {reader.Line}: found {SafeText.Quote(string.Join(',', fields))}, expected a recording, two numbers of "
                    + "samples of which the second is larger, and a label."));
        }

        CheckApart(path, stretches, [.. lines.Skip(1)]);
        return stretches;
    }

    /// <summary>The text of a file of labels.</summary>
    public static string ToText(IEnumerable<LabeledStretch> stretches)
    {
        StringBuilder text = new(Header + "\n");
        foreach (LabeledStretch stretch in stretches)
        {
            text.Append(Field(stretch.Recording)).Append(CultureInfo.InvariantCulture, $",{stretch.From},{stretch.To},")
                .Append(Field(stretch.Label)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// A name as a field: in quotes too where a line that begins with it would be a comment, or blanks at its ends would be lost.
    /// </summary>
    public static string Field(string text) =>
        text.StartsWith('#') || text.Length != text.Trim().Length ? $"\"{text.Replace("\"", "\"\"")}\"" : CsvText.Quoted(text);

    /// <summary>Two stretches of a recording that overlap; null if none do.</summary>
    /// <param name="stretches">The stretches of one recording or of several.</param>
    public static (LabeledStretch First, LabeledStretch Second)? Overlap(IEnumerable<LabeledStretch> stretches)
    {
        LabeledStretch? before = null;
        foreach (LabeledStretch stretch in stretches.OrderBy(stretch => stretch.Recording, StringComparer.Ordinal)
            .ThenBy(stretch => stretch.From))
        {
            if (before?.Recording == stretch.Recording && stretch.From < before.To)
            {
                return (before, stretch);
            }

            before = stretch;
        }

        return null;
    }

    private static void CheckApart(string path, List<LabeledStretch> stretches, int[] lines)
    {
        if (Overlap(stretches) is (LabeledStretch first, LabeledStretch second))
        {
            int line = lines[stretches.FindLastIndex(stretch => ReferenceEquals(stretch, first) || ReferenceEquals(stretch, second))];
            throw new DataException(
                $"{path}, line {line}: of recording {SafeText.Quote(second.Recording)}, samples {second.From} "
                        + $"to {second.To} overlap {first.From} to {first.To}. A sample has one label: cut one of the two.");
        }
    }

    private static LabeledStretch? OfFields(string[] fields) =>
        fields.Length == 4 && fields[0].Length > 0 && fields[3].Trim() is { Length: > 0 } label
            && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long from)
            && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out long to) && to > from
            ? new LabeledStretch(fields[0], from, to, label)
            : null;

    private static bool BeginsWith(string path, string header)
    {
        try
        {
            if (FileStatus.Of(path).Kind != FileKind.Ordinary)
            {
                return false;
            }

            string start = Encoding.UTF8.GetString(InputFile.ReadStart(path, header.Length + 5)).TrimStart('\uFEFF');
            return start.StartsWith(header, StringComparison.Ordinal)
                && (start.Length == header.Length || start[header.Length] is '\r' or '\n');
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return false;
        }
    }
}
