using System.Globalization;
using System.Text;
using Tiny.Adaptation.Tests.Trust;

namespace Tiny.Benchmarks.Trust;

/// <summary>
/// Measures how often the adapter's test trusts labels that are noise, and how soon right ones, and writes what TRUST.md says.
/// </summary>
internal static class TrustDocument
{
    private const int Lives = 5_000;
    private const int FewestClasses = 2;
    private const int MostClasses = 10;

    internal static string Markdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # When labels from the field are trusted

            Before an adaptation is kept, `Adapter` tests whether the labels of the latest 48 recordings agree by more than chance with the network's answers: those given when they came,
            or, for held-out ones, those given after learning from the others.

            Chance is computed from the shares that labels and answers have in that window (`src/Tiny.Adaptation/Agreement.cs`). The risk of being wrong is spent over the tests (`LabelTrust.cs`):
            at most 0.6 % at the first, less at each that follows, 4.9 % over the first hundred. Those are bounds; the tables show what comes out.

            Written by `dotnet run -c Release --project tests/Tiny.Benchmarks -- trust --write`, {Lives:#,0} simulated devices for each figure. Tests check 1,000 against the bounds, and some hundreds with real networks.

            ## Labels that have nothing to do with the inputs

            Percent of devices that trust them: at the worst of 100 checks, and at any of them. "Even": as many labels of each class. "85 %": that share of labels, and of answers, is of one class. "After 60 right ones":
            sixty labels went before that the network answered right in 95 %, with a check after each five, then sixty of noise; the checks counted come after them.

            | classes | even, 1 label a check | even, 50 labels a check | 85 %, 1 label a check | 85 %, 50 labels a check | even, after 60 right ones | 85 %, after 60 right ones |
            |---|---|---|---|---|---|---|

            """);
        for (int classes = FewestClasses; classes <= MostClasses; classes++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {classes} |");
            foreach ((bool uneven, bool afterRight, int labels) in new[]
                { (false, false, 1), (false, false, 50), (true, false, 1), (true, false, 50), (false, true, 1), (true, true, 1) })
            {
                TrustStudy study = TrustStudy.OfNoise(Lives, classes, uneven, afterRight, labels);
                text.Append(CultureInfo.InvariantCulture, $" {100 * study.AtWorst:0.00}, {100 * study.Ever:0.00} |");
            }

            text.Append('\n');
        }

        text.Append("""

            ## Right labels

            Labels until nine devices of ten trust them, each a recording of its own, with a check after each. "60 %": the network knows 60 % of them, and guesses the others. "-": more than 100.

            | classes | even, 60 % | even, 80 % | even, 95 % | 85 %, 80 % | 85 %, 95 % |
            |---|---|---|---|---|---|

            """);
        for (int classes = FewestClasses; classes <= MostClasses; classes++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {classes} |");
            foreach ((bool uneven, double accuracy) in new[] { (false, 0.6), (false, 0.8), (false, 0.95), (true, 0.8), (true, 0.95) })
            {
                int labels = TrustStudy.LabelsToTrust(Lives, classes, uneven, accuracy);
                text.Append(CultureInfo.InvariantCulture, $" {(labels < 0 ? "-" : labels)} |");
            }

            text.Append('\n');
        }

        return text.ToString().ReplaceLineEndings("\n");
    }
}
