using System.Text;
using Tiny.Cli.Output;
using Tiny.Cli.Report;
using static System.FormattableString;

namespace Tiny.Cli.Sweep;

/// <summary>
/// All candidates as dots over the bytes of their blobs, the front joined, the winner named: an SVG that stands by itself.
/// </summary>
internal static class FrontChart
{
    private const int Width = 760;
    private const int Height = 440;
    private const int Left = 70;
    private const int Right = 24;
    private const int Top = 44;
    private const int Bottom = 56;
    private const int MostDots = 3000;

    /// <summary>The candidates that a chart shows: of more than it has room for, evenly chosen ones, and always the front.</summary>
    internal static Candidate[] Shown(SweepOutcome outcome) =>
        [.. outcome.Candidates.Where((_, i) => i % Math.Max(1, outcome.Candidates.Count / MostDots) == 0).Concat(outcome.Front).Distinct()];

    internal static string Svg(SweepPlan plan, SweepOutcome outcome)
    {
        Candidate[] shown = Shown(outcome);
        bool accuracy = shown[0].IsAccuracy;
        double leastBytes = Math.Log(shown.Min(c => c.First.BlobBytes) * 0.9);
        double mostBytes = Math.Log(shown.Max(c => c.First.BlobBytes) * 1.1);

        // What is far off is held at the edge, so that the front can be told apart.
        double best = accuracy ? outcome.Candidates.Max(c => c.Mean) : outcome.Candidates.Min(c => c.Mean);
        double worst = outcome.Front.Count == 0
            ? shown[0].Mean : accuracy ? outcome.Front.Min(c => c.Mean) : outcome.Front.Max(c => c.Mean);
        double margin = Math.Max(Math.Abs(best - worst) * 0.15, 0.005 * Math.Abs(best));
        double bottom = accuracy ? worst - margin : worst + margin;
        double top = accuracy ? Math.Min(1, best + margin) : Math.Max(0, best - margin);
        double X(Candidate c) => Left + (Math.Log(c.First.BlobBytes) - leastBytes) / (mostBytes - leastBytes) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - Math.Clamp((value - bottom) / (top - bottom), 0, 1) * (Height - Top - Bottom);

        string title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(plan.Data)))}: "
            + $"{(accuracy ? "accuracy" : "RMSE")} on validation rows, {outcome.Candidates.Count} configurations";
        string description = $"{title}, over the bytes of their blobs; {outcome.Front.Count} are on the front";
        StringBuilder svg = new(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img"
              aria-label="{Html.Text(description)}" font-family="system-ui, sans-serif" font-size="12">
            <title>{Html.Text(description)}</title>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Left}" y="24" font-size="15" fill="#1b1f24">{Html.Text(title)}</text>

            """));
        for (int i = 0; i <= 5; i++)
        {
            double value = bottom + i * (top - bottom) / 5;
            svg.Append(Invariant($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(
                value):0.#}\" stroke=\"#d0d7de\"/><text x=\"{Left - 8}\" y=\"{Y(
                    value) + 4:0.#}\" text-anchor=\"end\" fill=\"#57606a\">{value:G4}</text>\n"));
        }

        for (int i = 0; i <= 4; i++)
        {
            double bytes = Math.Exp(leastBytes + i * (mostBytes - leastBytes) / 4);
            svg.Append(Invariant($"<text x=\"{Left + i * (Width - Left - Right) / 4}\" y=\"{Height - Bottom + 20}\" "));
            svg.Append(Invariant($"text-anchor=\"{(i == 4 ? "end" : "middle")}\" fill=\"#57606a\">{bytes:#,0}</text>\n"));
        }

        svg.Append(Invariant($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" "));
        svg.Append("text-anchor=\"middle\" fill=\"#57606a\">bytes of the blob (log scale)</text>\n");
        foreach (Candidate candidate in shown)
        {
            string color = candidate.Keeps(plan.Constraints) ? "#0b62c4" : "#b9c0c7";
            svg.Append(Invariant($"<circle cx=\"{X(candidate):0.#}\" cy=\"{Y(
                candidate.Mean):0.#}\" r=\"3.5\" fill=\"{color}\" fill-opacity=\"0.55\"><title>{Html.Text(Describe(
                    candidate))}</title></circle>\n"));
        }

        svg.Append("<polyline fill=\"none\" stroke=\"#b35900\" stroke-width=\"1.5\" points=\"")
            .AppendJoin(' ', Stairs(outcome.Front).Select(c => Invariant($"{X(c):0.#},{Y(c.Mean):0.#}"))).Append("\"/>\n");
        foreach (Candidate candidate in outcome.Front)
        {
            svg.Append(Invariant($"<circle cx=\"{X(candidate):0.#}\" cy=\"{Y(
                candidate.Mean):0.#}\" r=\"{(candidate == outcome.Winner ? 7 : 4.5)}\" fill=\"#b35900\"><title>{Html.Text(Describe(
                    candidate))}</title></circle>\n"));
        }

        if (outcome.Winner is Candidate winner)
        {
            bool leftHalf = X(winner) < Width / 2.0;
            svg.Append(Invariant($"<text x=\"{X(winner) + (leftHalf ? 12 : -12):0.#}\" y=\"{Y(
                winner.Mean) + 18:0.#}\" text-anchor=\"{(leftHalf ? "start" : "end")}\" font-weight=\"600\" fill=\"#1b1f24\">{Html.Text(
                    winner.Text)}</text>\n"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Those of the front that nothing smaller outdoes: others are on it for their RAM or their time.</summary>
    private static IEnumerable<Candidate> Stairs(IReadOnlyList<Candidate> front) =>
        front.Where(candidate => !front.Any(other => other != candidate && other.First.BlobBytes <= candidate.First.BlobBytes
        && other.Score >= candidate.Score));

    private static string Describe(Candidate candidate) =>
        $"{candidate.Text}: {Format.Number(candidate.Mean)}, "
        + $"{Format.Bytes(candidate.First.BlobBytes)}, RAM {Format.Bytes(candidate.First.Ram)}, {Format.Plain(candidate.Milliseconds)} ms";
}
