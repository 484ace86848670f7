using System.Globalization;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Features;
using Tiny.Int8;
using Tiny.Saving;
using Tiny.Training.Kinds;

namespace Tiny.Training.Fleet;

/// <summary>
/// Finds all in which two models differ besides the float32 weights, which learning changes, and the generation, which saving does. What
/// has a name is named; what has none is found by the bytes of the blobs, so that nothing a later version stores can be passed over.
/// </summary>
/// <example>
/// <code>
/// foreach (ModelDifference difference in ModelComparison.Of(network, Network.FromBlob(blob)))
/// {
///     Console.WriteLine(difference.Describe("a.tiny"));
/// }
/// </code>
/// </example>
public sealed class ModelComparison
{
    private const int PayloadAt = 32;

    private readonly Network a;
    private readonly Network b;
    private readonly List<ModelDifference> found = [];

    private ModelComparison(Network a, Network b)
    {
        this.a = a;
        this.b = b;
    }

    /// <summary>The differences, those of the shape first.</summary>
    public static IReadOnlyList<ModelDifference> Of(Network first, Network second)
    {
        ModelComparison comparison = new(first, second);
        comparison.Shape();
        if (comparison.found.Count == 0)
        {
            comparison.Meaning();
            comparison.Arithmetic();
        }

        return comparison.found;
    }

    private void Shape()
    {
        Compare(DifferenceKind.Shape, "inputs", a.Inputs, b.Inputs);
        Compare(DifferenceKind.Shape, "task", a.Task, b.Task);
        Compare(DifferenceKind.Shape, "layers", a.LayerCount, b.LayerCount);
        for (int i = 0; i < Math.Min(a.LayerCount, b.LayerCount); i++)
        {
            Layer mine = a.GetLayer(i);
            Layer theirs = b.GetLayer(i);
            Compare(DifferenceKind.Shape, $"outputs of layer {i}", mine.Outputs, theirs.Outputs);
            Compare(DifferenceKind.Shape, $"kind of layer {i}", DeskKinds.Of(mine).Name, DeskKinds.Of(theirs).Name);
            Compare(DifferenceKind.Shape, $"weights of layer {i}", DeskKinds.Of(mine).Weights, DeskKinds.Of(theirs).Weights);
            Compare(DifferenceKind.Shape, $"parameters of layer {i}", mine.ParameterCount, theirs.ParameterCount);
        }
    }

    private void Meaning()
    {
        int names = a.Task == NetworkTask.Regression ? a.Outputs : a.ClassCount;
        CompareEach(DifferenceKind.Meaning, names, i => $"name of {(a.Task == NetworkTask.Regression ? "output" : "class")} {i}",
            (network, i) => network.GetOutputName(i));
        Compare(DifferenceKind.Meaning, "checksum of the input columns' names", a.Notes.ColumnsChecksum, b.Notes.ColumnsChecksum);
        if (!FeaturesOf(a).AsSpan().SequenceEqual(FeaturesOf(b)))
        {
            (string mine, string theirs) = (DescribeFeatures(a), DescribeFeatures(b));
            found.Add(new ModelDifference(DifferenceKind.Meaning, "features", mine, mine == theirs ? "others of the same names" : theirs));
        }
    }

    private void Arithmetic()
    {
        Compare(DifferenceKind.Arithmetic, "loss", a.Loss, b.Loss);
        for (int i = 0; i < a.LayerCount; i++)
        {
            Layer mine = a.GetLayer(i);
            Layer theirs = b.GetLayer(i);
            DeskKind kind = DeskKinds.Of(mine);
            Compare(DifferenceKind.Arithmetic, $"activation of layer {i}", Words(a, i), Words(b, i));
            Compare(DifferenceKind.Arithmetic, $"activation parameter of layer {i}", Number(kind.ActivationParameterOf(mine)),
                Number(kind.ActivationParameterOf(theirs)));
        }

        Scales();
        for (int i = 0; i < a.LayerCount; i++)
        {
            if (DeskKinds.Of(a.GetLayer(i)).IsInt8 && !a.GetLayer(i).Parameters().AsSpan().SequenceEqual(b.GetLayer(i).Parameters()))
            {
                found.Add(new ModelDifference(DifferenceKind.Arithmetic, $"int8 weights of layer {i}", "others", "some"));
            }
        }

        if (found.Count == 0 && FirstDifferingByte() is int at)
        {
            found.Add(new ModelDifference(
                DifferenceKind.Arithmetic, $"byte {at} of the blob, before the float32 weights", "another", "one"));
        }
    }

    /// <summary>How inputs enter and, of a regression, how outputs leave.</summary>
    private void Scales()
    {
        Compare(DifferenceKind.Arithmetic, "form of the inputs", a.InputForm, b.InputForm);
        if (a.InputForm != b.InputForm)
        {
            return;
        }

        if (a.InputForm == InputForm.Values)
        {
            CompareEach(DifferenceKind.Arithmetic, a.Inputs, i => $"mean and scale of input {i}",
                (network, i) => Pair(network.Scaling.InputMeans[i], network.Scaling.InputScales[i]));
        }
        else
        {
            CompareEach(DifferenceKind.Arithmetic, a.Inputs, i => $"scale and offset of the levels of input {i}", Levels);
        }

        if (a.Task == NetworkTask.Regression)
        {
            CompareEach(DifferenceKind.Arithmetic, a.Outputs, i => $"mean and scale of output {i}",
                (network, i) => Pair(network.Scaling.OutputMeans[i], network.Scaling.OutputScales[i]));
        }
    }

    /// <summary>A layer's activation in words: softmax where the network ends in it.</summary>
    private static string Words(Network network, int layer) =>
        InWords(layer == network.LayerCount - 1 && network.OutputFunction == Activation.Softmax
        ? Activation.Softmax
        : DeskKinds.Of(network.GetLayer(layer)).ActivationOf(network.GetLayer(layer)) ?? Activation.Linear);

    private static string Levels(Network network, int input)
    {
        LevelDenseLayer first = (LevelDenseLayer)network.GetLayer(0);
        return Pair(first.GetInputScale(input), first.GetInputOffset(input));
    }

    /// <summary>The first byte of the payload, float32 weights excepted, in which the blobs differ; null if there is none.</summary>
    private int? FirstDifferingByte()
    {
        byte[] mine = BlobWriter.ToArray(a);
        byte[] theirs = BlobWriter.ToArray(b);
        int weights = Enumerable.Range(0, a.LayerCount).Select(a.GetLayer).Where(layer => FleetModel.Changes(layer))
            .Sum(layer => sizeof(float) * layer.ParameterCount);
        ReadOnlySpan<byte> fixedPart = mine.AsSpan(PayloadAt, mine.Length - weights - PayloadAt);
        int equal = fixedPart.CommonPrefixLength(theirs.AsSpan(PayloadAt, theirs.Length - weights - PayloadAt));
        return equal == fixedPart.Length && mine.Length == theirs.Length ? null : PayloadAt + equal;
    }

    private void Compare<T>(DifferenceKind kind, string what, T mine, T theirs)
        where T : notnull
    {
        if (!EqualityComparer<T>.Default.Equals(mine, theirs))
        {
            found.Add(new ModelDifference(kind, what, InWords(mine), InWords(theirs)));
        }
    }

    /// <summary>One difference for all that differ of a kind: the first of them, and how many more there are.</summary>
    private void CompareEach(DifferenceKind kind, int count, Func<int, string> what, Func<Network, int, string> of)
    {
        int[] differing = [.. Enumerable.Range(0, count).Where(i => of(a, i) != of(b, i))];
        if (differing.Length > 0)
        {
            string more = differing.Length > 1 ? $" (and of {differing.Length - 1} more)" : "";
            found.Add(new ModelDifference(kind, what(differing[0]) + more, of(a, differing[0]), of(b, differing[0])));
        }
    }

    private static byte[] FeaturesOf(Network network)
    {
        byte[] description = new byte[network.Notes.FeatureBytes];
        network.Notes.CopyFeatures(description, 0);
        return description;
    }

    private static string DescribeFeatures(Network network)
    {
        if (network.Notes.FeatureBytes == 0)
        {
            return "none";
        }

        FeatureDescription features = FeatureDescription.Of(network);
        string names = string.Join(", ", Enumerable.Range(0, features.Count).Select(features.GetName));
        string units = string.Join(
            ", ", Enumerable.Range(0, features.Signal.Channels).Select(features.Signal.GetUnit).Where(unit => unit.Length > 0).Distinct());
        return $"{names}{(units.Length > 0 ? $" in {units}" : "")} "
            + $"at {Number(features.Signal.Rate)} Hz, over {features.Window} samples every {features.Hop}";
    }

    private static string InWords<T>(T value)
        where T : notnull => value is Enum ? value.ToString()!.ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Pair(float first, float second) => $"{Number(first)} and {Number(second)}";
}
