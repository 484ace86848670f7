using System.Text;
using Tiny.Cli.Output;
using Tiny.Desk;
using Tiny.Emulator.Boards;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Report;

/// <summary>
/// A report as one HTML file that asks the network for nothing: styles, pictures, the model and what computes it are all in it.
/// </summary>
internal static class HtmlReport
{
    /// <summary>The file's text. The same model and data give the same text.</summary>
    internal static string Render(ReportData data)
    {
        StringBuilder page = new();
        page.Append(Curves(data));
        page.Append(Quality(data));
        page.Append(CalibrationView.Render(data.Calibration));
        page.Append(StreamView.Render(data.Stream, ModelText.OutputNames(data.Network)));
        page.Append(ExampleGallery.Render(data));
        page.Append(ImportanceView.Render(data));
        page.Append(LayerViews.Render(data));
        page.Append(Formats(data));
        page.Append(BoardsView.Render(data));
        page.Append(WhatIfPanel.Render(data));
        string sections = page.ToString();
        page.Insert(0, ReportPage.Begin(data.ModelName, data.DataName, Summary(data), hasScripts: true) + Tiles(data)
            + ReportPage.Contents(sections));
        page.Append("</main>\n");
        if (WhatIfPanel.IsShown(data))
        {
            page.Append($"<script>\n{KindScripts.Asset("predict.js")}\n{KindScripts.For(data.Network)}\n"
                + $"{KindScripts.Asset("panel.js")}</script>\n");
        }

        page.Append("</body>\n</html>\n");
        return page.ToString();
    }

    private static string Summary(ReportData data) =>
        $"{ModelText.Shape(data.Network)}; {ModelText.Task(data.Network.Task)}; evaluated on {Format.Count(data.Result.Rows, "row")} of "
        + $"{data.DataName}, predicted by Tiny.Core as the device will."
        + (data.Stream is null ? "" : " This is the model of whole windows; the file holds the stream that is made of it.");

    private static string Tiles(ReportData data)
    {
        BoardCost esp32 = data.Boards.First(entry => entry.Model.Board.Name == BoardProfile.NameFor("esp32")).Model;
        (string, string)[] tiles =
        [
            (data.Result.Confusion is null ? "RMSE" : "accuracy", Headline(data.Result)),
            ("parameters", Format.Count(data.Network.ParameterCount)),
            ("blob", Format.Bytes(data.Blob.Length)),
            ("RAM to predict", Format.Bytes(esp32.PredictRam)),
            (esp32.Window is null ? "a prediction on an ESP32" : "a hop on an ESP32, features included", Time(esp32)),
        ];
        return ReportPage.Tiles(tiles);
    }

    private static string Headline(EvaluationResult result) => result.Confusion is ConfusionMatrix confusion
        ? Format.Percent(confusion.Accuracy) : Format.Number(result.Errors!.Rmse);

    private static string Curves(ReportData data)
    {
        if (data.History is not { Count: > 0 } history)
        {
            return Html.Section("curves", "Learning curves",
                Html.Paragraph("The epochs of this model's training were not kept. tiny train --history FILE keeps them, and tiny report "
                    + "--history FILE shows them; tiny train --report does both."));
        }

        List<double>? heldBack = history[0].HeldBackLoss is null ? null : [.. history.Select(epoch => epoch.HeldBackLoss ?? double.NaN)];
        string description = "Loss over "
            + $"{history.Count} epochs, from {Format.Number(history[0].Loss)} to {Format.Number(history[^1].Loss)}";
        return Html.Section("curves", "Learning curves",
            Charts.Lines(description, "epoch", [.. history.Select(epoch => epoch.Loss)], "training loss", heldBack, "validation loss")
            + (heldBack is null ? Html.Note("The validation loss is shown too for models trained with --patience.") : ""));
    }

    private static string Quality(ReportData data)
    {
        if (data.Result.Confusion is ConfusionMatrix confusion)
        {
            return Html.Section("quality", "Confusion matrix", ConfusionView.Render(confusion, ModelText.OutputNames(data.Network)));
        }

        string r2 = double.IsFinite(data.Result.Errors!.R2)
            ? $"R2 {Format.Number(data.Result.Errors.R2)}" : "no R2, as all targets are equal,";
        string figures = $"RMSE {Format.Number(data.Result.Errors.Rmse)}, {r2} over {Format.Count(data.Result.Rows, "row")}.";
        return Html.Section("quality", "Actual and predicted values",
            Html.Paragraph(figures) + Charts.Scatter(
                "Predicted over actual values; on the line both are equal", "actual", "predicted", data.Answers));
    }

    private static string Formats(ReportData data)
    {
        if (data.Quantized is not { } quantized)
        {
            string why = !DeskKinds.HaveInt8(data.Network)
                ? "This model cannot be stored as int8." : "This is an int8 model; its float32 self is not at hand.";
            return Html.Section("formats", "float32 and int8", Html.Paragraph(why));
        }

        bool isFloat = !DeskKinds.HaveInt8(data.Network);
        string[] Row(string name, EvaluationResult result, string size) => [name, Html.Text(Headline(result)), Html.Text(size)];
        string table = Html.Table(
            "The same model in both formats", ["weights", quantized.Before.Confusion is null ? "RMSE" : "accuracy", "blob"],
        [
            Row("float32", quantized.Before, isFloat ? Format.Bytes(data.Blob.Length) : "-"),
            Row("int8", quantized.After, Format.Bytes(quantized.Blob.Length)),
        ]);
        return Html.Section("formats", "float32 and int8", table + Html.Paragraph($"int8 costs {quantized.LossInWords}."));
    }

    private static string Time(BoardCost cost) => BoardsView.Time(cost);
}
