using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Import.Matching;
using Tiny.Training.Import.Reference;
using Tiny.Training.Kinds;

namespace Tiny.Training.Import;

/// <summary>A model that was imported, with the graph that it came from to compare its answers with.</summary>
/// <seealso cref="OnnxImporter"/>
public sealed class ImportedModel
{
    private const int RandomRows = 64;
    private const int FewestRandomRows = 4;
    private const long MostWork = 60_000_000; // multiply-adds of the default check
    private const int Seed = 17;

    // Of float32 sums against double, and of the tables for sigmoid and tanh, amplified by the layers behind.
    private const double UsualLimit = 1e-3;
    private const double TableLimit = 2e-2;

    private readonly ReferenceGraph reference;
    private readonly ModelBuilder builder;
    private readonly Flow output;

    internal ImportedModel(Network network, ReferenceGraph reference, ModelBuilder builder, Flow output, ImportNotes notes)
    {
        Network = network;
        this.reference = reference;
        this.builder = builder;
        this.output = output;
        Steps = notes.Steps;
        Remarks = [.. Said(notes)];
    }

    /// <summary>The model.</summary>
    public Network Network { get; }

    /// <summary>The program that wrote the file, as it says itself.</summary>
    public string Producer { get; init; } = "";

    /// <summary>The version of ONNX's operators that the file uses.</summary>
    public int Opset { get; init; }

    /// <summary>(dimensions), the shape that the graph takes, the batch as 1.</summary>
    public int[] ShapeOfGraph => [.. builder.Sample.OnnxShape];

    /// <summary>What became of each node, in words.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>What a user should know: where rows, outputs or arithmetic differ from the graph's.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Whether an activation is read from the core's table, which is within 9e-5 of the function.</summary>
    public bool UsesTable => Enumerable.Range(0, Network.LayerCount).Any(i =>
        DeskKinds.Of(Network.GetLayer(i)).ActivationOf(Network.GetLayer(i)) is Activation activation
        && ActivationTraits.UsesSigmoidTable(activation));

    /// <summary>The model as a blob.</summary>
    public byte[] ToBlob() => BlobWriter.ToArray(Network);

    /// <summary>A row of the model as the graph takes it: in its order, without what is normalized outside of it.</summary>
    /// <param name="row">(inputs of the model).</param>
    /// <returns>(inputs of the graph).</returns>
    public float[] ToGraph(float[] row) => Array.ConvertAll(Inside(row), value => (float)value);

    /// <summary>
    /// The answer that the graph gives for a row of the model, in the order of the model's outputs, computed node by node in double.
    /// </summary>
    /// <param name="row">(inputs of the model).</param>
    /// <returns>(outputs), in the order of the model.</returns>
    /// <exception cref="ImportException">A node of the graph cannot be computed.</exception>
    public double[] AnswerOfGraph(float[] row)
    {
        double[] answer = reference.Answer(Inside(row));
        return ToModel(answer);
    }

    /// <summary>What a graph gives, in the order of the model's outputs.</summary>
    /// <param name="answer">(outputs), in the graph's order.</param>
    /// <returns>(outputs), in the order of the model.</returns>
    public T[] ToModel<T>(T[] answer)
    {
        T[] ordered = new T[answer.Length];
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[output.Origin(i)] = answer[i];
        }

        return ordered;
    }

    /// <summary>Random rows as the model may meet them, the same each time.</summary>
    /// <param name="count">How many; 0: as many as are answered in a moment, 64 at most.</param>
    /// <returns>(inputs) for each row.</returns>
    public IEnumerable<float[]> DrawRows(int count = 0)
    {
        long work = Math.Max(1, Enumerable.Range(0, Network.LayerCount)
            .Sum(i => DeskKinds.Of(Network.GetLayer(i)).MacsOf(Network.GetLayer(i))));
        int rows = count > 0 ? count : (int)Math.Clamp(MostWork / work, FewestRandomRows, RandomRows);
        SeededRandom random = new(Seed);
        for (int row = 0; row < rows; row++)
        {
            float[] values = new float[Network.Inputs];
            for (int i = 0; i < values.Length; i++)
            {
                float scale = Network.Scaling.InputScales[i];
                float value = Network.Scaling.InputMeans[i] + 1.5f * random.NextSymmetric(1f) / (scale > 0f ? scale : 1f);
                values[i] = reference.Start.IsWhole ? MathF.Round(Math.Clamp(20f * value, 0f, 255f)) : value;
            }

            yield return values;
        }
    }

    /// <summary>Compares the model's answers with the graph's.</summary>
    /// <param name="rows">Rows of the model, (inputs) each.</param>
    /// <exception cref="ImportException">An answer of either is no finite number.</exception>
    public ImportCheck Check(IEnumerable<float[]> rows)
    {
        double difference = 0;
        double largest = 0;
        int count = 0;
        float[] outputs = new float[Network.Outputs];
        foreach (float[] row in rows)
        {
            double[] expected = AnswerOfGraph(row);
            Predict(row, outputs, count);
            for (int i = 0; i < outputs.Length; i++)
            {
                difference = Math.Max(difference,
                    double.IsFinite(expected[i]) ? Math.Abs(outputs[i] - expected[i]) : throw NotFinite(count));
                largest = Math.Max(largest, Math.Abs(expected[i]));
            }

            count++;
        }

        return new ImportCheck(count, difference, largest, UsesTable ? TableLimit : UsualLimit);
    }

    private static ImportException NotFinite(int row) =>
        new($"the answer to row {row} is no finite number: the weights are too large, or damaged.");

    private void Predict(float[] row, float[] outputs, int number)
    {
        try
        {
            Network.Predict(row, outputs);
        }
        catch (InvalidOperationException)
        {
            throw NotFinite(number);
        }
    }

    private double[] Inside(float[] row)
    {
        double[] values = new double[row.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (row[builder.Sample.Place(i)] - builder.Outside.Means[i]) / builder.Outside.Deviations[i];
        }

        return values;
    }

    private IEnumerable<string> Said(ImportNotes notes)
    {
        if (builder.Sample.IsReordered)
        {
            (int height, int width) = PlanNodes.SampleOf(Network);
            yield return $"A row of the model is channels last, {height} x {width} x {Network.Inputs / (height * width)}; the graph takes "
                + $"[{string.Join(", ", builder.Sample.OnnxShape)}].";
        }

        if (Enumerable.Range(0, output.Count).Any(i => output.Origin(i) != i))
        {
            yield return "The model gives its outputs channels last, the graph channels first.";
        }

        foreach (string remark in notes.Remarks)
        {
            yield return remark;
        }

        if (UsesTable)
        {
            yield return "Sigmoid, tanh and swish are the core's table, within 9e-5 of the function: the same on every board.";
        }
    }
}
