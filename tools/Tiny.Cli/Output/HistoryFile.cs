using System.Globalization;
using System.Text;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>The epochs of a training run as CSV.</summary>
internal static class HistoryFile
{
    private const int MostBytes = 64 << 20; // of a million epochs
    private const string Header = "epoch,epochs,loss,held_back_loss,seconds";

    /// <exception cref="ModelException">It cannot be written.</exception>
    internal static void Write(string path, IReadOnlyList<EpochProgress> history)
    {
        StringBuilder text = new(Header + "\n");
        foreach (EpochProgress epoch in history)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Epochs},{epoch.Loss:R},{epoch.HeldBackLoss:R},{epoch.Seconds:0.######}\n");
        }

        OutputFile.WriteText(path, text.ToString());
    }

    /// <exception cref="DataException">It is none.</exception>
    internal static IReadOnlyList<EpochProgress> Read(string path)
    {
        string[] lines;
        try
        {
            lines = InputFile.ReadText(path, MostBytes).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{path}: cannot be read: {(Directory.Exists(path) ? "it is a folder" : FileFault.Reason(error))}.",
                error);
        }

        return lines[0] == Header
            ? [.. lines.Skip(1).Select((line, i) => Parse(line)
            ?? throw new DataException(
            $"{path}, line {i + 2}: found \"{line}\", expected {Header}. Pass what tiny train --history wrote."))]
            : throw new DataException($"{path}: its first line is not {Header}. Pass what tiny train --history wrote.");
    }

    /// <summary>An epoch; null for a line that is none.</summary>
    private static EpochProgress? Parse(string line)
    {
        string[] cells = line.Split(',');
        return cells.Length == Header.Split(',').Length && TryParse(cells[0], out int epoch) && TryParse(cells[1], out int epochs)
            && TryParse(cells[2], out double loss) && TryParse(cells[4], out double seconds)
            && (TryParse(cells[3], out double heldBack) || cells[3].Length == 0)
            ? new EpochProgress(epoch, epochs, loss, cells[3].Length == 0 ? null : heldBack, seconds)
            : null;
    }

    private static bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
