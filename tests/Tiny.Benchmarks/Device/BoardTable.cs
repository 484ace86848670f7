using System.Globalization;
using System.Text;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Benchmarks.Device;

/// <summary>What models of several sizes take on each board, as a document: for choosing one.</summary>
public static class BoardTable
{
    private static readonly int[][] Shapes =
        [[15, 8, 5], [15, 16, 5], [33, 20, 10, 4], [64, 16, 10], [64, 32, 10], [64, 64, 10], [784, 16, 10], [784, 32, 10]];

    /// <summary>BOARDS.md.</summary>
    public static string Markdown()
    {
        StringBuilder text = new("""
            # What models take on each board

            ReLU and softmax; RAM of the loaded network, the blob not counted; milliseconds of one prediction on the board's assumed clock and cycles (tools/Tiny.Emulator/README.md). "-" does not fit the
            board's heap. Counted in the emulator; written by `dotnet run -c Release --project tests/Tiny.Benchmarks -- boards --write`.

            """);
        IReadOnlyList<BoardProfile> boards = [.. BoardProfile.Names.Select(BoardProfile.Load)];
        text.Append("\n| model | weights | blob | RAM to predict | RAM to learn |")
            .AppendJoin("", boards.Select(board => $" {board.Name}, ms |")).Append("\n|---|---|---|---|---|")
            .Append(string.Concat(boards.Select(_ => "---|"))).Append('\n');
        foreach (int[] shape in Shapes)
        {
            Network network = Models.Float(shape);
            foreach ((string name, byte[] blob) in new[] { ("float32", BlobWriter.ToArray(network)), ("int8", Models.Int8(network)) })
            {
                DeviceModel[] on = [.. boards.Select(board => new DeviceModel(blob, board))];
                string learn = name == "int8" ? "-" : Count(on[0].LearnRam);
                text.Append(CultureInfo.InvariantCulture,
                    $"| {string.Join('-', shape)} | {name} | {Count(blob.Length)} | {Count(on[0].PredictRam)} | {learn} |");
                text.AppendJoin("", on.Select(model => model.Fits
                    ? string.Create(CultureInfo.InvariantCulture, $" {1000 * model.Board.Seconds(model.Instructions):0.0} |") : " - |"))
                    .Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
