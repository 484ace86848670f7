using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;

namespace Tiny.Training.Quantization;

/// <summary>
/// Makes the first layers of a float model int8, calibrated on data. Rows of weights get a scale each; between int8 layers activations
/// become digits of 7 bits and a sign. What a layer's sum is worth follows from the scales of its inputs and of its weights, so that on
/// the device a shift, for ReLU, or a table takes a sum to a digit.
/// </summary>
public static class Quantizer
{
    // Enough to tell the range of every activation; more rows change it little and take longer.
    private const int MostCalibrationRows = 4000;

    // Of probabilities, or of a regression's outputs in their standard deviation.
    private const double NegligibleDifference = 0.01;

    /// <summary>The int8 model as a blob.</summary>
    /// <param name="model">The float model. It stays as it is.</param>
    /// <param name="data">Data like that the model will see; answers are not used.</param>
    /// <param name="rows">The rows to calibrate on.</param>
    /// <param name="keepFloat">How many of the last layers stay float32, so that they can learn on the device.</param>
    /// <exception cref="QuantizationException">The model is int8 already, no layer would become int8, or a layer's sums do not fit.</exception>
    public static byte[] Quantize(Network model, Dataset data, int[] rows, int keepFloat = 0)
    {
        CheckFloat(model);
        int most = model.LayerCount - keepFloat;
        int count = CountQuantized(model, most);
        if (count < 1)
        {
            throw new QuantizationException(most < 1
                ? $"all {model.LayerCount} layers would stay float32. Keep fewer."
                : $"the first layer is of kind {DeskKinds.Of(model.GetLayer(0)).Name}, which has no int8 form, and so all layers would stay float32.");
        }

        int[] used = Thinned(rows);
        TrainingStatistics training = new(model);
        byte[] shared = Quantize(model, data, used, count, InputLevels.ForAll(data, used, training));
        byte[] own = Quantize(model, data, used, count, InputLevels.ForEach(data, used, training));

        // One scale for all inputs is the smaller blob, and quicker: it is taken unless a scale for each is nearer to the float model by what matters.
        return Difference(model, shared, data, used) - Difference(model, own, data, used) <= NegligibleDifference ? shared : own;
    }

    /// <summary>Refuses a model that is int8 already.</summary>
    /// <exception cref="QuantizationException">It is.</exception>
    public static void CheckFloat(Network model)
    {
        if (model.InputForm != InputForm.Values)
        {
            throw new QuantizationException("the model's weights are int8 already. Quantize the float32 model.");
        }
    }

    private static int[] Thinned(int[] rows) => rows.Length <= MostCalibrationRows
        ? rows
        : [.. Enumerable.Range(0, MostCalibrationRows).Select(i => rows[(int)((long)i * rows.Length / MostCalibrationRows)])];

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

    private static byte[] Quantize(Network model, Dataset data, int[] rows, int count, InputLevels levels)
    {
        double[][][] activations = Activations(model, data, rows, count);
        LayerInputs inputs = LayerInputs.Of(rows.Select(row => Centered(data, row, levels)), model.Inputs);
        double[] factors = [.. model.Scaling.InputScales.Select(scale => (double)scale)];
        double[] centers = [.. Enumerable.Range(0, model.Inputs).Select(i => levels.LowestOf(i) + 128.0 * levels.StepOf(i) - model.Scaling.InputMeans[i])];
        double[] steps = [.. Enumerable.Range(0, model.Inputs).Select(i => (double)levels.StepOf(i))];
        List<byte[]> sections = [];
        for (int i = 0; i < count; i++)
        {
            Layer layer = model.GetLayer(i);
            QuantizedLayer quantized = QuantizerOf(layer)!.Quantize(layer, new LayerCalibration(inputs, factors, centers, steps)
            {
                IsFirst = i == 0,
                Outputs = activations[i],
                Felt = i == count - 1 ? null : QuantizerOf(model.GetLayer(i + 1))!.Sensitivity(model.GetLayer(i + 1)),
            });
            sections.Add(quantized.Section);
            steps = quantized.Steps;
            factors = [.. steps.Select(_ => 1.0)];
            centers = new double[steps.Length];
            inputs = LayerInputs.Of(activations[i].Select(row => row.Zip(steps, (value, step) => step == 0 ? 0 : value / step).ToArray()), steps.Length);
        }

        return Assemble(model, count, levels, sections);
    }

    /// <summary>What the float model's first layers give for each row: (layers)(rows)(outputs).</summary>
    private static double[][][] Activations(Network model, Dataset data, int[] rows, int count)
    {
        PredictionTrace trace = new(model);
        float[] inputs = new float[model.Inputs];
        double[][][] activations = [.. Enumerable.Range(0, count).Select(_ => new double[rows.Length][])];
        for (int i = 0; i < rows.Length; i++)
        {
            data.Row(rows[i]).CopyTo(inputs);
            trace.Run(inputs);
            for (int layer = 0; layer < count; layer++)
            {
                activations[layer][i] = [.. trace.GetOutputs(layer).Take(model.GetLayer(layer).Outputs).Select(value => (double)value)];
            }
        }

        return activations;
    }

    private static double[] Centered(Dataset data, int row, InputLevels levels)
    {
        ReadOnlySpan<float> inputs = data.Row(row);
        double[] centered = new double[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            centered[i] = levels.Centered(i, inputs[i]);
        }

        return centered;
    }

    private static LayerQuantizer? QuantizerOf(Layer layer) => DeskKinds.Of(layer).Quantizer;

    /// <summary>The layers of a model that can become int8: the first ones in a chain whose kinds have a quantizer, up to one behind which digits are not to be had.</summary>
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

    private static byte[] Assemble(Network model, int count, InputLevels levels, List<byte[]> sections)
    {
        PlanBuilder plan = new(model.Inputs, model.Task, model.Loss)
        {
            InputForm = levels.Form,
            ColumnsChecksum = model.Notes.ColumnsChecksum,
            Normalization = [.. levels.ToBlob()],
            Names = new byte[model.Notes.NameBytes],
            Features = new byte[model.Notes.FeatureBytes],
        };
        model.Notes.CopyNames(plan.Names, 0);
        model.Notes.CopyFeatures(plan.Features, 0);
        if (model.Task == NetworkTask.Regression)
        {
            plan.OutputScaling = [.. model.Scaling.OutputMeans.SelectMany((mean, i) => new[] { mean, model.Scaling.OutputScales[i] })];
        }

        for (int i = 0; i < count; i++)
        {
            QuantizerOf(model.GetLayer(i))!.AddTo(plan, model.GetLayer(i), last: i == count - 1);
        }

        PlanNodes.CopyBehind(plan, model, count);
        try
        {
            byte[] blob = [.. DeviceMemory.Reckon(plan).ToBytes(), .. sections.SelectMany(section => section), .. Enumerable.Range(count, model.LayerCount - count).SelectMany(i => WeightsOf(model, i))];
            FloatBits.WriteInt32(blob, BlobFormat.GenerationAt, model.Generation);
            BlobWriter.Seal(blob, 0, blob.Length);
            Network.FromBlob(blob);
            return blob;
        }
        catch (BlobException error)
        {
            throw new QuantizationException($"the model cannot be stored as int8: {error.Message}");
        }
    }

    /// <summary>The weights of a layer that stays as it is.</summary>
    private static byte[] WeightsOf(Network model, int layer) => [.. model.GetLayer(layer).Parameters().SelectMany(BitConverter.GetBytes)];
}
