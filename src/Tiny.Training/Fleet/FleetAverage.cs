using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Training.Fleet;

/// <summary>What a fleet has learnt, gathered: the weighted average of models fine-tuned from the same factory model (McMahan et al. 2017).</summary>
/// <param name="Blob">The average as a blob, of the generation after the newest.</param>
/// <param name="Spreads">(layers) how far the models are from their average: root mean square, as a share of that of the average's parameters.</param>
public sealed record FleetAverage(byte[] Blob, IReadOnlyList<double> Spreads)
{
    /// <summary>Averages models.</summary>
    /// <param name="models">The models, two or more.</param>
    /// <param name="weights">What each counts, above 0: such as how many examples it has learnt from.</param>
    /// <exception cref="FleetException">They are not of the same factory model.</exception>
    public static FleetAverage Of(IReadOnlyList<FleetModel> models, IReadOnlyList<double> weights)
    {
        FleetModel first = models[0];
        foreach (FleetModel model in models.Skip(1))
        {
            first.CheckSameFactory(model);
        }

        // A network of its own, for the first keeps its weights.
        Network average = Network.FromBlob(BlobWriter.ToArray(first.Network));
        average.Generation = models.Max(model => model.Network.Generation) + 1;
        double total = weights.Sum();
        List<double> spreads = [];
        for (int i = 0; i < average.LayerCount; i++)
        {
            float[][] parameters = [.. models.Select(model => FleetModel.ParametersOf(model.Network.GetLayer(i)))];
            double[] means = [.. Enumerable.Range(0, parameters[0].Length).Select(at => parameters.Select((of, model) => of[at] * weights[model]).Sum() / total)];
            spreads.Add(Spread(parameters, weights, means, total));
            if (average.GetLayer(i).WeightFormat == WeightFormat.Float32)
            {
                Set(average.GetLayer(i), means);
            }
        }

        return new FleetAverage(BlobWriter.ToArray(average), spreads);
    }

    private static double Spread(float[][] parameters, IReadOnlyList<double> weights, double[] means, double total)
    {
        double squares = parameters.Select((of, model) => weights[model] * of.Zip(means, (value, mean) => (value - mean) * (value - mean)).Sum()).Sum() / total;
        double size = means.Sum(mean => mean * mean);
        return size == 0 ? Math.Sqrt(squares / means.Length) : Math.Sqrt(squares / size);
    }

    private static void Set(Layer layer, double[] parameters)
    {
        int at = 0;
        for (int row = 0; row < layer.Rows; row++)
        {
            layer.SetBias(row, (float)parameters[at++]);
            for (int input = 0; input < layer.Inputs; input++)
            {
                layer.SetWeight(row, input, (float)parameters[at++]);
            }
        }
    }
}
