using System.Globalization;
using System.Text;
using Tiny.Training;
using Tiny.Training.Data;

namespace Tiny.Cli.Output;

/// <summary>The epochs of a training run as CSV.</summary>
internal static class HistoryFile
{
    private const string Header = "epoch,epochs,loss,held_back_loss,seconds";

    /// <exception cref="ModelException">It cannot be written.</exception>
    internal static void Write(string path, IReadOnlyList<EpochProgress> history)
    {
        StringBuilder text = new(Header + "\n");
        foreach (EpochProgress epoch in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Epochs},{epoch.Loss:R},{epoch.HeldBackLoss:R},{epoch.Seconds:0.######}\n");
        }

        OutputFile.WriteText(path, text.ToString());
    }

    /// <exception cref="DataException">It is none.</exception>
    internal static IReadOnlyList<EpochProgress> Read(string path)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            return lines.Length > 0 && lines[0] == Header
                ? [.. lines.Skip(1).Select(line => line.Split(',')).Select(cells => new EpochProgress(
                    int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), Number(cells[2]), cells[3].Length == 0 ? null : Number(cells[3]), Number(cells[4])))]
                : throw new DataException($"{path}: its first line is not {Header}. Pass what tiny train --history wrote.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            throw new DataException($"{path}: cannot be read as what tiny train --history writes: {error.Message}", error);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
