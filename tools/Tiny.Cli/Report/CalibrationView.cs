using Tiny.Cli.Output;

namespace Tiny.Cli.Report;

/// <summary>The reliability diagram of a classifier.</summary>
internal static class CalibrationView
{
    /// <summary>The section; nothing for a model without probabilities.</summary>
    internal static string Render(Calibration? calibration)
    {
        if (calibration is null)
        {
            return "";
        }

        string words = $"Expected calibration error {Format.Percent(calibration.Error)} over {Format.Count(calibration.Rows, "row")}: "
            + "the mean distance between the probability of the predicted class and the share of such predictions that is right.";
        string chart = Charts.Scatter("Accuracy over the probability of the predicted class; on the diagonal both are equal",
            "probability of the predicted class", "accuracy",
            [.. calibration.Bins.Select(bin => (bin.Probability, bin.Accuracy))], joined: true, (0, 1));
        string table = Html.Table("Predictions by their probability", ["mean probability", "accuracy", "rows"],
            calibration.Bins.Select(bin =>
                new[] { Format.Percent(bin.Probability), Format.Percent(bin.Accuracy), Format.Count(bin.Rows) }));
        return Html.Section("calibration", "Calibration",
            Html.Paragraph(words) + $"<div class=\"beside\"><div>{chart}</div><div>{table}</div></div>"
            + Html.Note("Above the diagonal the model is underconfident, below it overconfident."));
    }
}
