using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Training.Data;

namespace Tiny.Training.Quantisation;

/// <summary>
/// Makes the first layers of a float model int8, calibrated on data. Rows of weights get a scale each; between int8 layers activations
/// become digits of 7 bits and a sign. What a layer's sum is worth follows from the scales of its inputs and of its weights, so that on
/// the device a shift, for ReLU, or a table takes a sum to a digit.
/// </summary>
public static class Quantiser
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
    /// <exception cref="QuantisationException">The model is int8 already, no layer would become int8, or a layer's sums do not fit.</exception>
    public static byte[] Quantise(Network model, Dataset data, int[] rows, int keepFloat = 0)
    {
        CheckFloat(model);
        int count = model.LayerCount - keepFloat;
        for (int layer = 0; layer < count - 1; layer++)
        {
            // Two rows to an output: digits go from one row to the next layer, so such a layer can only be the last in int8.
            count = model.GetLayer(layer).Activation == Activation.Maxout ? layer + 1 : count;
        }

        if (count < 1)
        {
            throw new QuantisationException($"all {model.LayerCount} layers would stay float32. Keep fewer.");
        }

        int[] used = Thinned(rows);
        TrainingStatistics training = new(model);
        byte[] shared = Quantise(model, data, used, count, InputLevels.ForAll(data, used, training));
        byte[] own = Quantise(model, data, used, count, InputLevels.ForEach(data, used, training));

        // One scale for all inputs is the smaller blob, and quicker: it is taken unless a scale for each is nearer to the float model by what matters.
        return Difference(model, shared, data, used) - Difference(model, own, data, used) <= NegligibleDifference ? shared : own;
    }

    /// <summary>Refuses a model that is int8 already.</summary>
    /// <exception cref="QuantisationException">It is.</exception>
    public static void CheckFloat(Network model)
    {
        if (model.InputForm != InputForm.Values)
        {
            throw new QuantisationException("the model's weights are int8 already. Quantize the float32 model.");
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

        double unit = model.Task == NetworkTask.Regression ? model.Scaling.GetOutputScale(0) : 1;
        return Math.Sqrt(sum / rows.Length) / unit;
    }

    private static byte[] Quantise(Network model, Dataset data, int[] rows, int count, InputLevels levels)
    {
        double[][][] activations = Activations(model, data, rows, count);
        LayerInputs inputs = LayerInputs.Of(rows.Select(row => Centred(data, row, levels)), model.Inputs);
        (double[][] weights, double[] biases) = FirstLayer(model, levels);
        List<byte[]> sections = [];
        for (int layer = 0; layer < count; layer++)
        {
            bool last = layer == count - 1;
            LayerQuantiser quantiser = new(model.GetLayer(layer), layer == 0, weights, biases, inputs);
            if (last)
            {
                sections.Add(quantiser.ToFloats());
                break;
            }

            double[][] outputs = activations[layer];
            double[][] next = Weights(model.GetLayer(layer + 1));
            (byte[] section, double[] steps) = quantiser.ToDigits(outputs, next);
            sections.Add(section);
            weights = [.. next.Select(row => row.Zip(steps, (weight, step) => weight * step).ToArray())];
            biases = Biases(model.GetLayer(layer + 1));
            inputs = LayerInputs.Of(outputs.Select(row => row.Zip(steps, (value, step) => step == 0 ? 0 : value / step).ToArray()), steps.Length);
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

    private static double[] Centred(Dataset data, int row, InputLevels levels)
    {
        ReadOnlySpan<float> inputs = data.Row(row);
        double[] centred = new double[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            centred[i] = levels.Centred(i, inputs[i]);
        }

        return centred;
    }

    /// <summary>The first layer as it acts on centred levels: x = lowest + step (128 + c), and the network sees (x - mean) scale.</summary>
    private static (double[][] Weights, double[] Biases) FirstLayer(Network model, InputLevels levels)
    {
        Layer layer = model.GetLayer(0);
        double[][] weights = Weights(layer);
        double[] biases = Biases(layer);
        for (int row = 0; row < layer.Rows; row++)
        {
            for (int i = 0; i < layer.Inputs; i++)
            {
                double scaled = weights[row][i] * model.Scaling.GetInputScale(i);
                biases[row] += scaled * (levels.LowestOf(i) + 128.0 * levels.StepOf(i) - model.Scaling.GetInputMean(i));
                weights[row][i] = scaled * levels.StepOf(i);
            }
        }

        return (weights, biases);
    }

    private static double[][] Weights(Layer layer) =>
        [.. Enumerable.Range(0, layer.Rows).Select(row => Enumerable.Range(0, layer.Inputs).Select(i => (double)layer.GetWeight(row, i)).ToArray())];

    private static double[] Biases(Layer layer) => [.. Enumerable.Range(0, layer.Rows).Select(row => (double)layer.GetBias(row))];

    private static byte[] Assemble(Network model, int count, InputLevels levels, List<byte[]> sections)
    {
        Network network = new(model.GetShape().WithPackedLayers(count, levels.Form), model.NameBytes + model.FeatureBytes)
        {
            Generation = model.Generation,
            ColumnsChecksum = model.ColumnsChecksum,
        };
        int classes = model.Task == NetworkTask.Regression ? model.Outputs : model.ClassCount;
        if (model.NameBytes > 0)
        {
            network.SetOutputNames([.. Enumerable.Range(0, classes).Select(model.GetOutputName)]);
        }

        byte[] features = new byte[model.FeatureBytes];
        model.CopyFeatures(features, 0);
        network.SetFeatures(features);
        for (int i = 0; model.Task == NetworkTask.Regression && i < model.Outputs; i++)
        {
            network.Scaling.SetOutput(i, model.Scaling.GetOutputMean(i), model.Scaling.GetOutputScale(i));
        }

        network.ReadPacked([.. levels.ToBlob().SelectMany(BitConverter.GetBytes)], [.. sections]);
        for (int i = count; i < model.LayerCount; i++)
        {
            Layer from = model.GetLayer(i);
            for (int row = 0; row < from.Rows; row++)
            {
                network.GetLayer(i).SetBias(row, from.GetBias(row));
                for (int input = 0; input < from.Inputs; input++)
                {
                    network.GetLayer(i).SetWeight(row, input, from.GetWeight(row, input));
                }
            }
        }

        byte[] blob = BlobWriter.ToArray(network);
        try
        {
            Network.FromBlob(blob);
        }
        catch (BlobException error)
        {
            throw new QuantisationException($"the model cannot be stored as int8: {error.Message}");
        }

        return blob;
    }
}
