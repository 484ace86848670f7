using Tiny.Core;
using Tiny.Desk;
using Tiny.Saving;

namespace Tiny.Training.Fleet;

/// <summary>
/// What a fleet has learned, gathered: the weighted average of models fine-tuned from the same factory model (McMahan et al. 2017).
/// </summary>
/// <param name="Blob">The average as a blob, of the generation after the newest.</param>
/// <param name="Spreads">(layers) how far the models are from their average: root mean
/// square, as a share of that of the average's parameters.</param>
/// <example>
/// <code>
/// FleetModel[] models = [new("a.tiny", network), new("b.tiny", Network.FromBlob(blob))];
/// FleetAverage average = FleetAverage.Of(models, [1, 1]);
/// File.WriteAllBytes("average.tiny", average.Blob);
/// </code>
/// </example>
public sealed record FleetAverage(byte[] Blob, IReadOnlyList<double> Spreads)
{
    /// <summary>Averages models.</summary>
    /// <param name="models">The models, two or more.</param>
    /// <param name="weights">What each counts, above 0: such as how many examples it has learned from.</param>
    /// <exception cref="ArgumentException">Fewer than two models, or not one weight above 0 and finite for each.</exception>
    /// <exception cref="FleetException">They are not of the same factory model.</exception>
    public static FleetAverage Of(IReadOnlyList<FleetModel> models, IReadOnlyList<double> weights)
    {
        if (models.Count < 2)
        {
            throw new ArgumentException($"{models.Count} models; expected two or more.", nameof(models));
        }

        if (weights.Count != models.Count || !weights.All(weight => double.IsFinite(weight) && weight > 0))
        {
            throw new ArgumentException($"Expected {models.Count} weights, each finite and above 0.", nameof(weights));
        }

        FleetModel first = models[0];
        foreach (FleetModel model in models.Skip(1))
        {
            first.CheckSameFactory(model);
        }

        // A network of its own, for the first keeps its weights.
        Network average = Network.FromBlob(BlobWriter.ToArray(first.Network));
        average.Generation = After(models.Select(model => model.Network.Generation));

        // Shares of the largest: sums of very large weights would not be finite.
        double[] shares = [.. weights.Select(weight => weight / weights.Max())];
        double total = shares.Sum();
        List<double> spreads = [];
        for (int i = 0; i < average.LayerCount; i++)
        {
            float[][] parameters = [.. models.Select(model => model.Network.GetLayer(i).Parameters())];
            double[] means = [.. Enumerable.Range(0, parameters[0].Length)
                .Select(at => parameters.Select((of, model) => of[at] * shares[model]).Sum() / total)];
            spreads.Add(Spread(parameters, shares, means, total));
            if (FleetModel.Changes(average.GetLayer(i)))
            {
                average.GetLayer(i).SetParameters([.. means.Select(mean => (float)mean)], 0, means.Length);
            }
        }

        return new FleetAverage(BlobWriter.ToArray(average), spreads);
    }

    /// <summary>
    /// The generation after the newest. Generations wrap around, as in the slots of a device: the
    /// newer of two is the one ahead by less than half the way.
    /// </summary>
    private static int After(IEnumerable<int> generations) =>
        unchecked(generations.Aggregate((newest, next) => next - newest > 0 ? next : newest) + 1);

    private static double Spread(float[][] parameters, double[] shares, double[] means, double total)
    {
        double squares = parameters.Select(
            (of, model) => shares[model] * of.Zip(means, (value, mean) => (value - mean) * (value - mean)).Sum()).Sum() / total;
        double size = means.Sum(mean => mean * mean);
        return means.Length == 0 ? 0 : size == 0 ? Math.Sqrt(squares / means.Length) : Math.Sqrt(squares / size);
    }
}
