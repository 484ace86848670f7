using System.Text;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Report;

/// <summary>
/// A stream to look at: its answers and events on whole recordings, and what each board keeps up with. One file that asks the network for
/// nothing.
/// </summary>
internal static class StreamPage
{
    /// <summary>The file's text.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="dataPath">The data's file.</param>
    /// <param name="blob">The stream.</param>
    /// <param name="network">The same, loaded.</param>
    /// <param name="result">How it does.</param>
    internal static string Render(string modelPath, string dataPath, byte[] blob, Network network, StreamResult result)
    {
        (string, string)[] tiles =
        [
            (result.Confusion is null ? "RMSE" : "accuracy of answers",
                result.Confusion is null ? Format.Number(result.Errors!.Rmse) : Format.Percent(result.Confusion.Accuracy)),
            ("events told", $"{Format.Count(result.Detected)} of {Format.Count(result.Segments)}"),
            ("false events an hour", result.Rate > 0 ? Format.Plain(Math.Round(result.FalseEventsPerHour, 2)) : "-"),
            ("parameters", Format.Count(network.ParameterCount)),
            ("blob", Format.Bytes(blob.Length)),
        ];
        StringBuilder page = new();
        page.Append(ReportPage.Begin(Path.GetFileName(modelPath), Path.GetFileName(dataPath),
            $"A stream, {ModelText.Shape(network)}; {Format.Count(result.Samples, "sample")} of {Path.GetFileName(dataPath)}, answered by "
                + $"Tiny.Streaming as the device will."));
        page.Append(ReportPage.Tiles(tiles));
        page.Append(Html.Section("stream", "Sample by sample", StreamView.Figures(result, ModelText.OutputNames(network))));
        page.Append(Html.Section("boards", "On each board", Boards(blob, network)));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Boards(byte[] blob, Network network)
    {
        StreamCost[] costs = [.. StreamCost.OnAll(blob, network)];
        bool blocks = costs.Any(cost => cost.Block > 1);
        string[] If(bool shown, string cell) => shown ? [cell] : [];
        string table = Html.Table("What the stream costs each board",
            ["board", "instructions a sample", "instructions an answer", "samples a second", .. If(blocks, "buffered")],
            costs.Select(cost => (string[])
            [
                Html.Whole(cost.Device.Board.Name), Format.Count(cost.SampleInstructions), Format.Count(cost.Device.AnswerInstructions),
                Format.Count((long)cost.Rate), .. If(blocks, Format.Count((long)cost.BufferedRate)),
            ]));
        string buffered = blocks ? $" Buffered: if the sensor keeps {costs[0].Block} samples until they are fetched." : "";
        return table + Html.Note("Samples a second: the largest rate at which each answer is there before the next sample comes."
            + $"{buffered} Instructions are counted by running the model in the emulator. Rates assume a number of cycles per "
            + "instruction.");
    }
}
