using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Features;
using Tiny.Learning;
using Tiny.Training.Data;

namespace Tiny.Cli.Report;

/// <summary>
/// Permutation importance: how much worse the model does when an input's values are shuffled among the rows. Of
/// many inputs neighbors are shuffled together: squares of a picture, a channel of raw samples.
/// </summary>
/// <param name="Parts">The parts of the inputs.</param>
/// <param name="Rows">Rows that were shuffled.</param>
/// <param name="Baseline">The accuracy, or the RMSE, without shuffling.</param>
/// <param name="Side">Parts along a side of a picture; 0 where the inputs are none.</param>
internal sealed record Importance(IReadOnlyList<Importance.Part> Parts, int Rows, double Baseline, int Side)
{
    /// <summary>The seed of the shuffles.</summary>
    internal const int Seed = 1;

    /// <summary>Shuffles of each part.</summary>
    internal const int Repeats = 3;

    private const int MostParts = 256;
    private const int MostSide = 8;
    private const int FewestSide = 4;
    private const int MostRows = 500;
    private const int FewestRows = 20;
    private const long MostWork = 1_000_000_000; // multiply-adds

    /// <summary>Inputs that are shuffled together.</summary>
    /// <param name="Name">What they are called.</param>
    /// <param name="Inputs">Their numbers.</param>
    /// <param name="Loss">By how much the accuracy falls, or the RMSE rises.</param>
    internal sealed record Part(string Name, int[] Inputs, double Loss);

    /// <summary>Shuffles the inputs of rows, part by part.</summary>
    /// <param name="network">The model.</param>
    /// <param name="tried">The rows.</param>
    /// <param name="pictureWidth">The width of the picture that the inputs are, 0 if they are none.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Null where there are too few rows to shuffle, or the model is too large for it.</returns>
    internal static Importance? Of(Network network, Dataset tried, int pictureWidth, CancellationToken cancel)
    {
        int side = SideOf(pictureWidth);
        Part[] parts = side > 0 ? Squares(pictureWidth, side) : Neighbors(tried);
        long each = Math.Max(1000, ModelCounts.Macs(network)) * parts.Length * Repeats;
        int count = (int)Math.Min(Math.Min(MostRows, tried.Rows), MostWork / each);
        if (count < Math.Min(FewestRows, tried.Rows) || count < 2)
        {
            return null;
        }

        Scorer scorer = new(network, tried, count);
        double baseline = scorer.Score([], []);
        SeededRandom random = new(Seed);
        int[] order = [.. Enumerable.Range(0, count)];
        List<Part> measured = [];
        foreach (Part part in parts)
        {
            cancel.ThrowIfCancellationRequested();
            double worse = 0;
            for (int i = 0; i < Repeats; i++)
            {
                DataSplit.Shuffle<int>(order, random);
                double score = scorer.Score(part.Inputs, order);
                worse += (network.Task == NetworkTask.Classification ? baseline - score : score - baseline) / Repeats;
            }

            measured.Add(part with { Loss = double.IsFinite(worse) ? worse : 0 });
        }

        return new Importance(measured, count, baseline, side);
    }

    /// <summary>Squares along a side: as many as divide it evenly, where some number does.</summary>
    private static int SideOf(int width) => width <= MostSide ? width
        : Enumerable.Range(FewestSide, MostSide - FewestSide + 1).Reverse().FirstOrDefault(side => width % side == 0, MostSide);

    private static Part[] Squares(int width, int side)
    {
        ILookup<int, int> inputs = Enumerable.Range(0, width * width)
            .ToLookup(i => i / width * side / width * side + i % width * side / width);
        return [.. Enumerable.Range(0, side * side).Select(square => new Part($"square {square}", [.. inputs[square]], 0))];
    }

    private static Part[] Neighbors(Dataset tried)
    {
        IReadOnlyList<string> names = tried.Columns.Names;
        if (tried.Features is { Kinds: FeatureKinds.Samples } raw)
        {
            int channels = raw.Signal.Channels;
            return [.. Enumerable.Range(0, channels).Select(channel =>
                new Part(raw.Signal.GetName(channel), [.. Enumerable.Range(0, names.Count).Where(i => i % channels == channel)], 0))];
        }

        int count = Math.Min(MostParts, names.Count);
        return
        [
            .. Enumerable.Range(0, names.Count).GroupBy(i => (int)((long)i * count / names.Count)).Select(group => group.ToArray())
                .Select(inputs => new Part(inputs.Length == 1 ? names[inputs[0]] : $"{names[inputs[0]]} to {names[inputs[^1]]}", inputs,
                0)),
        ];
    }

    /// <summary>The accuracy or RMSE on rows, some inputs of which are those of other rows.</summary>
    private sealed class Scorer(Network network, Dataset tried, int count)
    {
        private readonly float[] inputs = new float[network.Inputs];
        private readonly float[] outputs = new float[network.Outputs];

        internal double Score(int[] shuffled, int[] order)
        {
            double sum = 0;
            for (int row = 0; row < count; row++)
            {
                int number = Number(row);
                tried.Row(number).CopyTo(inputs);
                for (int i = 0; i < shuffled.Length; i++)
                {
                    inputs[shuffled[i]] = tried.Row(Number(order[row]))[shuffled[i]];
                }

                int predicted = network.Predict(inputs, outputs);
                double error = network.Task == NetworkTask.Classification ? 0 : (double)outputs[0] - tried.Targets[number];
                sum += network.Task == NetworkTask.Classification ? (predicted == tried.Classes[number] ? 1 : 0) : error * error;
            }

            return network.Task == NetworkTask.Classification ? sum / count : Math.Sqrt(sum / count);
        }

        private int Number(int row) => (int)((long)row * tried.Rows / count);
    }
}
