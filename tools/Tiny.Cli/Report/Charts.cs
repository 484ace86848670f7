using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Tiny.Cli.Report;

/// <summary>Charts as SVG, with a description for whoever cannot see them.</summary>
internal static class Charts
{
    private const int Width = 640;
    private const int Height = 240;
    private const int Left = 56;
    private const int Bottom = 28;
    private const int Margin = 10;

    /// <summary>One or two lines over their common steps.</summary>
    internal static string Lines(string description, string below, IReadOnlyList<double> a, string nameA, IReadOnlyList<double>? b, string nameB)
    {
        double most = a.Concat(b ?? []).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        Frame frame = new(1, Math.Max(2, a.Count), 0, most * 1.05);
        StringBuilder svg = frame.Begin(description, below);
        Line(svg, frame, a, "a");
        svg.Append(Invariant($"<text x=\"{Width - Margin}\" y=\"22\" text-anchor=\"end\">{Html.Text(nameA)}{(b is null ? "" : Html.Text($" (line), {nameB} (dashes)"))}</text>"));
        if (b is not null)
        {
            Line(svg, frame, b, "b");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A dot for each pair, and the diagonal on which both would be equal.</summary>
    internal static string Scatter(string description, string below, IReadOnlyList<(double X, double Y)> points)
    {
        double least = points.Min(p => Math.Min(p.X, p.Y));
        double most = points.Max(p => Math.Max(p.X, p.Y));
        Frame frame = new(least, most, least, most);
        StringBuilder svg = frame.Begin(description, below);
        svg.Append(Invariant($"<line class=\"axis\" x1=\"{frame.X(least)}\" y1=\"{frame.Y(least)}\" x2=\"{frame.X(most)}\" y2=\"{frame.Y(most)}\"/>"));
        foreach ((double x, double y) in points)
        {
            svg.Append(Invariant($"<circle class=\"dot\" cx=\"{Html.Number(frame.X(x))}\" cy=\"{Html.Number(frame.Y(y))}\" r=\"3\"/>"));
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A bar for each value, all from 0; of many, one for the largest of several neighbors.</summary>
    internal static string Bars(string description, IReadOnlyList<double> all)
    {
        const int height = 70;
        int count = Math.Min(all.Count, ReportLimits.Bars);
        double[] values = [.. Enumerable.Range(0, count).Select(i => LargestOf(all, (int)((long)i * all.Count / count), (int)((i + 1L) * all.Count / count)))];
        double most = values.Max(Math.Abs);
        double width = (double)Width / values.Length;
        string drawn = Html.Number(Math.Max(0.5, width - 1));
        StringBuilder svg = new(Invariant($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Html.Text(description)}\"><title>{Html.Text(description)}</title><path class=\"bar\" d=\""));
        bool signed = values.Any(value => value < 0);
        double zero = signed ? height / 2.0 : height;
        double scale = most == 0 ? 0 : (signed ? height / 2.0 : height) / most;
        for (int i = 0; i < values.Length; i++)
        {
            svg.Append(Invariant($"M{Html.Number(i * width)} {Html.Number(zero)}h{drawn}v{Html.Number(-values[i] * scale)}h-{drawn}z"));
        }

        return svg.Append("\"/></svg>").ToString();
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
        IEnumerable<int> shown = Enumerable.Range(0, values.Count).Where(i => (i % every == 0 || i == values.Count - 1) && double.IsFinite(values[i]));
        svg.Append($"<polyline class=\"{kind}\" points=\"").AppendJoin(' ', shown.Select(i => $"{Html.Number(frame.X(i + 1))},{Html.Number(frame.Y(values[i]))}")).Append("\"/>");
    }

    /// <summary>From values to places in the picture.</summary>
    private sealed record Frame(double LeastX, double MostX, double LeastY, double MostY)
    {
        internal double X(double value) => Left + (value - LeastX) / Positive(MostX - LeastX) * (Width - Left - Margin);

        internal double Y(double value) => Height - Bottom - (value - LeastY) / Positive(MostY - LeastY) * (Height - Bottom - Margin);

        internal StringBuilder Begin(string description, string below)
        {
            StringBuilder svg = new(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\"><title>{Html.Text(description)}</title>"));
            for (int i = 0; i <= 4; i++)
            {
                double value = LeastY + i * (MostY - LeastY) / 4;
                svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Margin}\" y1=\"{Html.Number(Y(value))}\" y2=\"{Html.Number(Y(value))}\"/>"));
                svg.Append(Invariant($"<text x=\"{Left - 6}\" y=\"{Html.Number(Y(value) + 4)}\" text-anchor=\"end\">{Label(value)}</text>"));
            }

            svg.Append(Invariant($"<text x=\"{Left}\" y=\"{Height - 8}\">{Label(LeastX)}</text><text x=\"{Width - Margin}\" y=\"{Height - 8}\" text-anchor=\"end\">{Label(MostX)}</text>"));
            return svg.Append(Invariant($"<text x=\"{(Width + Left) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Html.Text(below)}</text>"));
        }

        private static double Positive(double value) => value > 0 ? value : 1;

        private static string Label(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
    }
}
