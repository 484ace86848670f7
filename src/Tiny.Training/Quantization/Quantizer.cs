using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Training.Data;
using Tiny.Training.Kinds;

namespace Tiny.Training.Quantization;

/// <summary>
/// Makes layers of a float model int8, calibrated on data: the first ones, as far as they stand in a chain, and those
/// that become int8 where they stand. Rows of weights get a scale each; between int8 layers activations become digits
/// of 7 bits and a sign. What a layer's sum is worth follows from the scales of its inputs and of its weights, so that
/// on the device a shift, for ReLU, or a table takes a sum to a digit.
/// </summary>
/// <example>
/// <code>
/// int[] calibration = DataSplit.None(data.Rows).Train;       // all rows
/// byte[] int8 = Quantizer.Quantize(network, data, calibration);
/// </code>
/// </example>
public static class Quantizer
{
    // Enough to tell the range of every activation; more rows change it little and take longer.
    private const int MostCalibrationRows = 4000;
    private const int FewestCalibrationRows = 250;
    private const long MostCalibrationValues = 8_000_000; // that convolutions and pools give

    // Of probabilities, or of a regression's outputs in their standard deviation.
    private const double NegligibleDifference = 0.01;

    /// <summary>The int8 model as a blob.</summary>
    /// <param name="model">The float model. It stays as it is.</param>
    /// <param name="data">Data like that the model will see; answers are not used.</param>
    /// <param name="rows">(rows), the numbers of the rows to calibrate on.</param>
    /// <param name="keepFloat">How many of the last layers stay float32, so that they can learn on the device.</param>
    /// <returns>The bytes of the blob.</returns>
    /// <exception cref="QuantizationException">The model is int8 already, no layer would become
    /// int8, or a layer's sums do not fit.</exception>
    public static byte[] Quantize(Network model, Dataset data, int[] rows, int keepFloat = 0)
    {
        CheckFloat(model);
        int most = model.LayerCount - keepFloat;
        int count = CountQuantized(model, most);
        bool twins = InPlaceBlob.Count(model, most) > 0;
        if (count < 1 && !twins)
        {
            throw new QuantizationException(most < 1
                ? $"all {model.LayerCount} layers would stay float32. Keep fewer."
                : "the first layer is of kind "
                + $"{DeskKinds.Of(model.GetLayer(0)).Name}, which has no int8 form, and so all layers would stay float32.");
        }

        int[] used = Thinned(rows, RowsFor(model, count));
        byte[]? chained = count < 1 ? null : Chain(model, data, used, count);
        return twins ? InPlaceBlob.Of(model, chained is null ? model : Network.FromBlob(chained), data, used, count, most) : chained!;
    }

    private static byte[] Chain(Network model, Dataset data, int[] used, int count)
    {
        TrainingStatistics training = new(model);
        ChainQuantizer chain = new(model, data, used, count);
        byte[] shared = chain.Quantize(InputLevels.ForAll(data, used, training));
        byte[] own = chain.Quantize(
            chain.IsOfBytes ? InputLevels.ForChannels(data, used, training, chain.Channels) : InputLevels.ForEach(data, used, training));

        // One scale for all inputs is the smaller blob, and quicker: it is taken unless a scale for
        // each is nearer to the float model by what matters.
        return Difference(model, shared, data, used) - Difference(model, own, data, used) <= NegligibleDifference ? shared : own;
    }

    /// <summary>Refuses a model that is int8 already.</summary>
    /// <exception cref="QuantizationException">It is.</exception>
    public static void CheckFloat(Network model)
    {
        if (DeskKinds.HaveInt8(model))
        {
            throw new QuantizationException("the model's weights are int8 already. Quantize the float32 model.");
        }
    }

    private static int[] Thinned(int[] rows, int most) => rows.Length <= most
        ? rows : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Length / most)])];

    /// <summary>Rows whose activations are held: fewer where convolutions give many values.</summary>
    private static int RowsFor(Network model, int count)
    {
        long values = Enumerable.Range(0, count).Select(model.GetLayer).Where(layer => QuantizerOf(layer)!.ReadsBytes)
            .Sum(layer => (long)layer.Outputs);
        return (int)Math.Clamp(MostCalibrationValues / Math.Max(values, 1), FewestCalibrationRows, MostCalibrationRows);
    }

    /// <summary>The root mean square difference of the outputs from those of the float model.</summary>
    private static double Difference(Network model, byte[] blob, Dataset data, int[] rows)
    {
        Network network = Network.FromBlob(blob);
        float[] inputs = new float[model.Inputs];
        float[] expected = new float[model.Outputs];
        float[] outputs = new float[model.Outputs];
        double sum = 0;
        foreach (int row in rows)
        {
            data.Row(row).CopyTo(inputs);
            model.Predict(inputs, expected);
            network.Predict(inputs, outputs);
            sum += expected.Zip(outputs, (a, b) => ((double)a - b) * ((double)a - b)).Sum();
        }

        double unit = model.Task == NetworkTask.Regression ? model.Scaling.OutputScales[0] : 1;
        return Math.Sqrt(sum / rows.Length) / unit;
    }

    internal static LayerQuantizer? QuantizerOf(Layer layer) => DeskKinds.Of(layer).Quantizer;

    /// <summary>
    /// The layers of a model that can become int8: the first ones in a chain whose kinds have a
    /// quantizer, up to one behind which digits are not to be had.
    /// </summary>
    /// <param name="model">The float model.</param>
    /// <param name="most">The most.</param>
    public static int CountQuantized(Network model, int most)
    {
        int chain = Math.Min(most, PlanNodes.CountOfChain(model, layer => QuantizerOf(layer) is not null));
        int count = 0;
        while (count < chain && (count == 0 || QuantizerOf(model.GetLayer(count - 1))!.GivesDigits(model.GetLayer(count - 1))))
        {
            count++;
        }

        return count;
    }
}
