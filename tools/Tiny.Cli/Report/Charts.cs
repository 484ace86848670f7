using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Tiny.Cli.Report;

/// <summary>Charts as SVG, with a description for whoever cannot see them.</summary>
internal static class Charts
{
    private const int Width = 640;
    private const int Height = 240;
    private const int Left = 64;
    private const int Bottom = 30;
    private const int Margin = 10;

    /// <summary>One or two lines over their common steps.</summary>
    internal static string Lines(
        string description, string below, IReadOnlyList<double> a, string nameA, IReadOnlyList<double>? b, string nameB)
    {
        double most = a.Concat(b ?? []).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        Frame frame = new(1, Math.Max(2, a.Count), 0, most * 1.05);
        StringBuilder svg = frame.Begin(description, below);
        Line(svg, frame, a, "a");
        if (b is not null)
        {
            Line(svg, frame, b, "b");
        }

        return svg.Append($"</svg>\n<ul class=\"legend\">{Key("a", nameA)}{(b is null ? "" : Key("b", nameB))}</ul>\n").ToString();
    }

    /// <summary>An entry of a legend: a piece of the line, or of the bar, and what it stands for.</summary>
    internal static string Key(string kind, string name)
    {
        string piece = kind == "bar" ? "rect class=\"bar\" width=\"28\" height=\"8\""
            : $"line class=\"{kind}\" x1=\"0\" x2=\"28\" y1=\"4\" y2=\"4\"";
        return $"<li><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><{piece}/></svg>{Html.Text(name)}</li>";
    }

    /// <summary>A dot for each pair, and the diagonal on which both would be equal.</summary>
    /// <param name="description">What the chart shows.</param>
    /// <param name="across">What is to the right.</param>
    /// <param name="up">What is upward.</param>
    /// <param name="points">The pairs.</param>
    /// <param name="joined">Whether a line joins them.</param>
    /// <param name="range">From where to where both axes go; null for what the pairs take.</param>
    internal static string Scatter(string description, string across, string up, IReadOnlyList<(double X, double Y)> points,
        bool joined = false, (double Least, double Most)? range = null)
    {
        (double least, double most) = range ?? (points.Min(p => Math.Min(p.X, p.Y)), points.Max(p => Math.Max(p.X, p.Y)));
        Frame frame = new(least, most, least, most);
        StringBuilder svg = frame.Begin(description, across);
        svg.Append(Invariant($"<text x=\"{Left + 6}\" y=\"24\">{Html.Text(up)} ↑</text>"));
        if (joined)
        {
            svg.Append("<polyline class=\"a\" points=\"")
                .AppendJoin(' ', points.Select(p => $"{Html.Number(frame.X(p.X))},{Html.Number(frame.Y(p.Y))}")).Append("\"/>");
        }

        svg.Append(Invariant($"<line class=\"axis\" x1=\"{frame.X(least)}\" y1=\"{frame.Y(least)}\" x2=\"{frame.X(most)}\" y2=\"{frame.Y(
            most)}\"/>"));
        foreach ((double x, double y) in points)
        {
            svg.Append(Invariant($"<circle class=\"dot\" cx=\"{Html.Number(frame.X(x))}\" cy=\"{Html.Number(frame.Y(y))}\" r=\"3\"/>"));
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A bar for each value, all from 0; of many, one for the largest of several neighbors.</summary>
    /// <param name="description">What the chart shows.</param>
    /// <param name="all">The values.</param>
    /// <param name="noun">What a bar is of.</param>
    internal static string Bars(string description, IReadOnlyList<double> all, string noun)
    {
        const int height = 70;
        const int labels = 22;
        int count = Math.Min(all.Count, ReportLimits.Bars);
        double[] values = [.. Enumerable.Range(0, count)
            .Select(i => LargestOf(all, (int)((long)i * all.Count / count), (int)((i + 1L) * all.Count / count)))];
        double most = values.Max(Math.Abs);
        double width = (double)Width / values.Length;
        string drawn = Html.Number(Math.Max(0.5, width - 1));
        StringBuilder svg = new(Invariant(
            $"<svg viewBox=\"0 0 {Width} {height + labels}\" role=\"img\" aria-label=\"{Html.Text(description)}\"><title>{Html.Text(
                description)}</title><path class=\"bar\" d=\""));
        bool signed = values.Any(value => value < 0);
        double zero = signed ? height / 2.0 : height;
        double scale = most == 0 ? 0 : (signed ? height / 2.0 : height) / most;
        for (int i = 0; i < values.Length; i++)
        {
            svg.Append(Invariant($"M{Html.Number(i * width)} {Html.Number(zero)}h{drawn}v{Html.Number(-values[i] * scale)}h-{drawn}z"));
        }

        svg.Append(Invariant($"\"/><line class=\"axis\" x1=\"0\" x2=\"{Width}\" y1=\"{Html.Number(zero)}\" y2=\"{Html.Number(zero)}\"/>"));
        svg.Append(Invariant($"<text x=\"0\" y=\"{height + labels - 5}\">{noun} 0</text>"));
        svg.Append(Invariant($"<text x=\"{Width}\" y=\"{height + labels - 5}\" text-anchor=\"end\">{noun} {all.Count - 1}</text>"));
        return svg.Append("</svg>").ToString();
    }

    private static double LargestOf(IReadOnlyList<double> values, int from, int to)
    {
        double largest = values[from];
        for (int i = from + 1; i < to; i++)
        {
            largest = Math.Abs(values[i]) > Math.Abs(largest) ? values[i] : largest;
        }

        return largest;
    }

    private static void Line(StringBuilder svg, Frame frame, IReadOnlyList<double> values, string kind)
    {
        // No more points than can be told apart.
        int every = Math.Max(1, values.Count / 320);
        IEnumerable<int> shown = Enumerable.Range(0, values.Count)
            .Where(i => (i % every == 0 || i == values.Count - 1) && double.IsFinite(values[i]));
        svg.Append($"<polyline class=\"{kind}\" points=\"")
            .AppendJoin(' ', shown.Select(i => $"{Html.Number(frame.X(i + 1))},{Html.Number(frame.Y(values[i]))}")).Append("\"/>");
    }

    /// <summary>From values to places in the picture.</summary>
    private sealed record Frame(double LeastX, double MostX, double LeastY, double MostY)
    {
        internal double X(double value) => Left + (value - LeastX) / Positive(MostX - LeastX) * (Width - Left - Margin);

        internal double Y(double value) => Height - Bottom - (value - LeastY) / Positive(MostY - LeastY) * (Height - Bottom - Margin);

        internal StringBuilder Begin(string description, string below)
        {
            StringBuilder svg = new(Invariant(
                $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\"><title>{Html.Text(
                    description)}</title>"));
            for (int i = 0; i <= 4; i++)
            {
                double value = LeastY + i * (MostY - LeastY) / 4;
                svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Margin}\" y1=\"{Html.Number(Y(
                    value))}\" y2=\"{Html.Number(Y(value))}\"/>"));
                svg.Append(Invariant($"<text x=\"{Left - 6}\" y=\"{Html.Number(Y(value) + 4)}\" text-anchor=\"end\">{Label(
                    value)}</text>"));
            }

            svg.Append(Invariant($"<text x=\"{Left}\" y=\"{Height - 8}\">{Label(
                LeastX)}</text><text x=\"{Width - Margin}\" y=\"{Height - 8}\" text-anchor=\"end\">{Label(MostX)}</text>"));
            return svg.Append(Invariant(
                $"<text x=\"{(Width + Left) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Html.Text(below)}</text>"));
        }

        private static double Positive(double value) => value > 0 ? value : 1;

        private static string Label(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
    }
}
