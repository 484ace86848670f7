using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Learning;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Export;

namespace Tiny.Adaptation.Tests.Experiments;

/// <summary>
/// A model is trained on one world and delivered to another with a few examples of the first.
/// There it gets a few labeled examples a class and adapts, as a device would.
/// </summary>
internal sealed class Personalization
{
    private const int Rounds = 20;
    private const int Steps = 20;

    private readonly string[] classes;
    private readonly List<(float[] Features, int Class)> train;
    private readonly List<(float[] Features, int Class)> test;
    private readonly byte[] factory;

    /// <summary>Trains the model that is delivered.</summary>
    internal Personalization(
        string[] classes, int hidden, List<(float[] Features, int Class)> train, List<(float[] Features, int Class)> test, bool shareUnit)
    {
        this.classes = classes;
        this.train = train;
        this.test = test;
        Dataset data = Dataset.ForClassification(
            [.. train.SelectMany(row => row.Features)], DataColumns.Unnamed(train[0].Features.Length, shareUnit),
                [.. train.Select(row => row.Class)], classes);
        factory = BlobExporter.ToBlob(
            new Trainer(data, [.. Enumerable.Range(0, data.Rows)], new() { HiddenLayers = [hidden] }).Run().Model);
        AtHome = Accuracy(Network.FromBlob(factory), test);
    }

    /// <summary>Examples of a class of the training set that travel with the program; 0 for none.</summary>
    internal int Delivered { get; init; } = 10;

    /// <summary>The learner's rate.</summary>
    internal float LearningRate { get; init; } = 0.01f;

    /// <summary>The learner's clipping; 0 for none.</summary>
    internal float ClipNorm { get; init; }

    /// <summary>Accuracy of the delivered model where it was trained.</summary>
    internal double AtHome { get; }

    /// <summary>Accuracy of the delivered model elsewhere.</summary>
    internal double Abroad(List<(float[] Features, int Class)> elsewhere) => Accuracy(Network.FromBlob(factory), elsewhere);

    /// <summary>Adapts to a few examples a class, drawn and learned by the seed.</summary>
    /// <param name="examples">Where they are drawn from.</param>
    /// <param name="elsewhere">What the adapted model is tried on.</param>
    /// <param name="perClass">Examples of each class.</param>
    /// <param name="seed">Fixes all that is drawn.</param>
    /// <param name="random">Whether labels are drawn at random instead of being right.</param>
    internal (double Elsewhere, double AtHome) Adapt(
        List<(float[] Features, int Class)> examples, List<(float[] Features, int Class)> elsewhere, int perClass, int seed,
        bool random = false)
    {
        Network network = Network.FromBlob(factory);
        ExampleStore field = new(classes.Length, network.Inputs, capacity: 20, heldOutCapacity: 10, seed + 1);
        ExampleStore? delivered = Delivered == 0 ? null : new(classes.Length, network.Inputs, Delivered, Delivered, seed + 50);
        Adapter adapter = new(network, field, delivered);
        adapter.Learner.LearningRate = LearningRate;
        adapter.Learner.ClipNorm = ClipNorm;
        SeededRandom draw = new(seed + 100);
        foreach ((float[] features, int label) in Draw(train, Delivered, draw))
        {
            delivered!.Add(features, label);
        }

        foreach ((float[] features, int label) in Draw(examples, perClass, draw))
        {
            adapter.Add(features, random ? draw.NextInt(classes.Length) : label);
        }

        for (int round = 0; round < Rounds; round++)
        {
            adapter.Adapt(Steps);
        }

        return (Accuracy(network, elsewhere), Accuracy(network, test));
    }

    private IEnumerable<(float[] Features, int Class)> Draw(List<(float[] Features, int Class)> rows, int perClass, SeededRandom draw)
    {
        for (int i = 0; i < perClass; i++)
        {
            for (int label = 0; label < classes.Length; label++)
            {
                (float[] Features, int Class)[] of = [.. rows.Where(row => row.Class == label)];
                yield return of[draw.NextInt(of.Length)];
            }
        }
    }

    private static double Accuracy(Network network, List<(float[] Features, int Class)> rows)
    {
        float[] outputs = new float[network.Outputs];
        return rows.Average(row => network.Predict(row.Features, outputs) == row.Class ? 1.0 : 0.0);
    }
}
