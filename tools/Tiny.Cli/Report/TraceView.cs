using System.Text;
using Tiny.Cli.Output;
using static System.FormattableString;

namespace Tiny.Cli.Report;

/// <summary>A recording as lines, a line a channel on one scale, with a window marked.</summary>
internal static class TraceView
{
    /// <summary>Lines that differ by color and dashes; more channels begin again.</summary>
    internal const int Kinds = 6;

    private const int Width = 320;
    private const int Height = 110;
    private const int MostPoints = 240;

    /// <summary>The picture.</summary>
    internal static string Draw(RecordingTrace trace)
    {
        float[] all = [.. trace.Samples.SelectMany(sample => sample).Where(float.IsFinite).DefaultIfEmpty(0)];
        double least = all.Min();
        double range = all.Max() - least;
        int count = trace.Samples.Count;
        double X(int i) => count == 1 ? 0 : (double)i / (count - 1) * Width;
        double Y(float value) => Height - 4 - (range > 0 ? (value - least) / range : 0.5) * (Height - 8);
        string description = $"Recording {Html.Short(trace.Recording)}, "
            + $"{string.Join(", ", trace.Channels.Take(Kinds).Select(Html.Short))}, from {Format.Number(least)} to "
            + $"{Format.Number(least + range)}; the window is samples {trace.First} to {trace.Last}";
        StringBuilder svg = new(Invariant(
            $"<svg class=\"trace\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(
                description)}\"><title>{Html.Text(description)}</title>"));
        double from = X(trace.Before);
        double to = X(Math.Min(count, trace.Before + trace.Window) - 1);
        svg.Append(Invariant($"<rect class=\"window\" x=\"{Html.Number(from)}\" y=\"0\" width=\"{Html.Number(Math.Max(1,
            to - from))}\" height=\"{Height}\"/>"));
        int every = Math.Max(1, count / MostPoints);
        for (int channel = 0; channel < trace.Channels.Count; channel++)
        {
            int one = channel;
            IEnumerable<int> points = Enumerable.Range(0, count).Where(i => i % every == 0 && float.IsFinite(trace.Samples[i][one]));
            svg.Append($"<polyline class=\"c{channel % Kinds}\" points=\"")
                .AppendJoin(' ', points.Select(i => $"{Html.Number(X(i))},{Html.Number(Y(trace.Samples[i][one]))}")).Append("\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Which line is which channel.</summary>
    internal static string Legend(IReadOnlyList<string> channels) => "<ul class=\"legend\">"
        + string.Concat(channels.Select((name, i) =>
        "<li><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><line "
        + $"class=\"c{i % Kinds}\" x1=\"0\" x2=\"28\" y1=\"4\" y2=\"4\"/></svg>{Html.Name(name)}</li>"))
        + "<li><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><rect class=\"window\" width=\"28\" height=\"8\"/></svg>the "
        + "window</li></ul>\n";
}
