using Tiny.Cli.Output;
using Tiny.Desk;

namespace Tiny.Cli.Report;

/// <summary>What the model costs each board: a table for its weights as they are, another for int8.</summary>
internal static class BoardsView
{
    /// <summary>The section.</summary>
    internal static string Render(ReportData data)
    {
        bool windows = data.Boards.Any(entry => entry.Model.Window is not null);
        string of = windows ? "One hop on each board" : "One prediction on each board";
        BoardCost[] int8 = [.. data.Boards.Select(entry => entry.Int8).OfType<BoardCost>()];
        string tables = Table(int8.Length > 0 ? $"{of}, float32" : of, [.. data.Boards.Select(entry => entry.Model)], windows)
            + (int8.Length > 0 ? Table($"{of}, int8", int8, windows) : "");
        string counted = windows
            ? "A hop is all the work from one window to the next: samples, features and the prediction add up to its instructions. "
            + "RAM includes the windows. " : "";
        string boards = string.Concat(data.Boards.Select(
            entry => $"<li><b>{Html.Text(entry.Model.Board.Name)}</b>: {Html.Text(entry.Model.Board.Description)}</li>\n"));
        return Html.Section("boards", "Cost on each board", tables + TooLarge(data)
            + Html.Note($"{counted}Instructions are counted by running the model in the emulator. Times assume a number of cycles per "
            + "instruction.") + $"<ul class=\"soft\">\n{boards}</ul>");
    }

    /// <summary>The time of a prediction or a hop, in words.</summary>
    internal static string Time(BoardCost cost) => cost.Seconds is double seconds ? Format.Milliseconds(seconds) : "-";

    private static string Table(string caption, BoardCost[] costs, bool windows)
    {
        bool native = costs.Any(cost => cost.Native is not null);
        string[] If(bool shown, params string[] cells) => shown ? cells : [];
        string[] head = ["board", "fits", "RAM to predict", "RAM to learn", .. If(windows, "samples", "features", "prediction"),
            "instructions", "time", .. If(native, "kernels in C", "time in C")];
        return Html.Table(caption, head, costs.Select(cost => new[]
        {
            Html.Whole(cost.Board.Name),
            cost.Fits ? "<td class=\"hit\">yes</td>" : "<td class=\"miss\">no</td>",
            Format.Bytes(cost.PredictRam),
            cost.Network.CanLearn() ? Format.Bytes(cost.LearnRam) : "-",
        }.Concat(If(windows, Parts(cost))).Concat([cost.Instructions is long instructions ? Format.Count(instructions) : "-", Time(cost)])
        .Concat(If(native, Native(cost)))));
    }

    /// <summary>What a hop's instructions are spent on.</summary>
    private static string[] Parts(BoardCost cost) => cost.Window is not WindowCost window ? ["-", "-", "-"]
        : [Format.Count(window.Hop * window.SampleInstructions), Format.Count(window.FeatureInstructions),
        Format.Count(window.Device.Instructions)];

    /// <summary>Instructions and time where the firmware has the kernels in C, if they were counted.</summary>
    private static string[] Native(BoardCost cost) =>
        cost.NativeInstructions is long instructions
        ? [Format.Count(instructions), Format.Milliseconds(cost.Board.Seconds(instructions))] : ["-", "-"];

    /// <summary>That the model was not run, if no device can hold it.</summary>
    private static string TooLarge(ReportData data) =>
        data.Boards[0].Model.TooLarge is string reason ? Html.Paragraph($"The model does not fit: {reason}") : "";
}
