using Tiny.Cli.Output;
using Tiny.Core.Layers;
using Tiny.Training.Pruning;

namespace Tiny.Cli.Report;

/// <summary>What pruning has left of a layer; of the first a picture of the inputs that are read.</summary>
internal static class SparsityView
{
    internal static string Render(ReportData data, Layer layer, int number)
    {
        if (InputUse.LeftOf(layer) is not (long left, long all) || left == all)
        {
            return "";
        }

        string words = Html.Paragraph($"Weights left: {SparsityText.Left(layer)}.");
        if (number != 0 || InputUse.Weight(data.Network) is not double[] weights)
        {
            return words;
        }

        string inputs = SparsityText.Inputs(data.Network) is string read ? Html.Paragraph($"Inputs that are read: {read}.") : "";
        int side = data.Inputs.PictureWidth;
        if (side == 0 || weights.Length != side * side)
        {
            return words + inputs + Charts.Bars(
                "How much each input counts: the sum of the magnitudes of its weights; 0 where nothing reads it", weights, "input");
        }

        Pixels pixels = Pixels.Shrunk(side, side, ReportLimits.PicturePixels, (x, y) => (float)weights[y * side + x], Pixels.Largest);
        return words + inputs + Html.Heat(Png.AboutZero(pixels),
            "Pixels that are read, the fuller the more they count; white where nothing reads one", "column", "row", "picture");
    }
}
