using System.Text;
using Tiny.Adaptation;
using Tiny.Core;
using Tiny.FewLabels.Learning;
using static System.FormattableString;

namespace Tiny.FewLabels.Tests.Experiments;

/// <summary>The table of the page src/LEARNING.md: each way to learn, at each number of labels, in each world.</summary>
internal static class WaysToLearn
{
    private const int Seeds = 10;
    private const int Rounds = 20;
    private const int Steps = 20;
    private static readonly int[] Labels = [1, 2, 3, 5, 10, 20];

    private static readonly (string Name, Func<FewLabelWorld, int, int, (double Away, double Home)> Learn)[] Ways =
    [
        ("class means", Means),
        ("means, then SGD", HandOver),
        ("last layer by SGD", (world, labels, seed) => Sgd(world, labels, seed, lastOnly: true)),
        ("all layers by SGD", (world, labels, seed) => Sgd(world, labels, seed, lastOnly: false)),
    ];

    /// <summary>The table in Markdown.</summary>
    internal static string Table()
    {
        (string Name, FewLabelWorld World)[] worlds =
        [
            ("wrist exercises, sensor at 45 and 20 degrees", FewLabelWorld.Mounted(45, 20, 0, 0.85)),
            ("wrist exercises, sensor at 30 and 30 degrees", FewLabelWorld.Mounted(30, 0, 30, 1.15)),
            ("digits, turned by 15 degrees", FewLabelWorld.Turned(15)),
            ("sample gestures, unknown wearer", FewLabelWorld.UnknownWearer()),
        ];
        StringBuilder table = new();
        foreach ((string name, FewLabelWorld world) in worlds)
        {
            table.Append(Invariant($"### {char.ToUpperInvariant(name[0])}{name[1..]}\n\nDelivered: {world.OfNetwork(
                world.Away):0.000} there, {world.OfNetwork(world.Home):0.000} at home.\n\n"));
            table.Append("| labels a class |").AppendJoin("", Labels.Select(count => $" {count} |")).Append("\n|---|")
                .Append(string.Concat(Labels.Select(_ => "---|"))).Append('\n');
            foreach ((string way, Func<FewLabelWorld, int, int, (double Away, double Home)> learn) in Ways)
            {
                (double Mean, double Worst, double Home)[] cells = [.. Labels.Select(labels =>
                {
                    (double Away, double Home)[] lives =
                        [.. Enumerable.Range(0, Seeds).AsParallel().AsOrdered().Select(seed => learn(world, labels, seed))];
                    return (lives.Average(life => life.Away), lives.Min(life => life.Away), lives.Average(life => life.Home));
                })];
                table.Append($"| {way}: there |").AppendJoin("", cells.Select(cell => Invariant($" {cell.Mean:0.000} |"))).Append('\n');
                table.Append("| worst of ten |").AppendJoin("", cells.Select(cell => Invariant($" {cell.Worst:0.000} |"))).Append('\n');
                table.Append("| at home |").AppendJoin("", cells.Select(cell => Invariant($" {cell.Home:0.000} |"))).Append('\n');
            }

            table.Append('\n');
        }

        return table.ToString();
    }

    private static (double Away, double Home) Means(FewLabelWorld world, int labels, int seed)
    {
        PrototypeClassifier classifier = world.Taught(world.Draw(labels, seed));
        return (FewLabelWorld.Accuracy(classifier, world.Away), FewLabelWorld.Accuracy(classifier, world.Home));
    }

    private static (double Away, double Home) HandOver(FewLabelWorld world, int labels, int seed)
    {
        Network network = Network.FromBlob(world.Blob);
        FieldClassifier classifier =
            new(network, world.Blob, world.Classes, new ExampleStore(world.Classes, network.Inputs, 20, 10, seed + 1), null);
        foreach ((float[] features, int label) in world.Draw(labels, seed))
        {
            classifier.Add(features, label);
        }

        for (int round = 0; round < Rounds; round++)
        {
            classifier.Adapt(Steps);
        }

        return (Accuracy(classifier.Classify, world.Away), Accuracy(classifier.Classify, world.Home));
    }

    private static (double Away, double Home) Sgd(FewLabelWorld world, int labels, int seed, bool lastOnly)
    {
        Network network = Network.FromBlob(world.Blob);
        if (lastOnly)
        {
            Adapter.FreezeAllButLast(network);
        }

        Adapter adapter = new(network, new ExampleStore(world.Classes, network.Inputs, 20, 10, seed + 1), null);
        foreach ((float[] features, int label) in world.Draw(labels, seed))
        {
            adapter.Add(features, label);
        }

        for (int round = 0; round < Rounds; round++)
        {
            adapter.Adapt(Steps);
        }

        return (Accuracy(network.Classify, world.Away), Accuracy(network.Classify, world.Home));
    }

    private static double Accuracy(Func<float[], int> classify, List<(float[] Features, int Class)> rows) =>
        rows.Average(row => classify(row.Features) == row.Class ? 1.0 : 0.0);
}
