using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Int8;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;
using Tiny.Training.Pruning;

namespace Tiny.Training.Quantization;

/// <summary>
/// Makes the first layers of a model int8, one by one: what a layer's whole numbers are worth follows from
/// those of the layer before. Behind layers that pass bytes on, dense ones have a node in front that packs
/// them; a max pooling that the convolution before does at once has none.
/// </summary>
internal sealed class ChainQuantizer
{
    private readonly Network model;
    private readonly Dataset data;
    private readonly int[] rows;
    private readonly int count;
    private readonly double[][][] activations; // (layers)(rows)(outputs) of the float model
    private readonly (int Height, int Width) sample;

    /// <param name="model">The float model.</param>
    /// <param name="data">Data to calibrate on.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="count">How many layers become int8.</param>
    internal ChainQuantizer(Network model, Dataset data, int[] rows, int count)
    {
        this.model = model;
        this.data = data;
        this.rows = rows;
        this.count = count;
        sample = PlanNodes.SampleOf(model);
        activations = Activations();
    }

    /// <summary>Whether the first layer takes the sample as bytes, in which channels are alike at all places.</summary>
    internal bool IsOfBytes => QuantizerOf(0).ReadsBytes;

    /// <summary>Channels of the sample.</summary>
    internal int Channels => model.Inputs / (sample.Height * sample.Width);

    /// <summary>The int8 model as a blob.</summary>
    /// <exception cref="QuantizationException">It cannot be had.</exception>
    internal byte[] Quantize(InputLevels levels)
    {
        ByteForm form = new(BlobFormat.Levels, IsOfBytes ? Zero(levels) : LevelDenseLayer.MiddleLevel);
        LayerInputs inputs = LayerInputs.Of(rows.Select(row => Centered(row, levels, form.Zero)), model.Inputs);
        double[] factors = [.. model.Scaling.InputScales.Select(scale => (double)scale)];
        double[] centers = [.. Enumerable.Range(0, model.Inputs)
            .Select(i => levels.LowestOf(i) + (double)form.Zero * levels.StepOf(i) - model.Scaling.InputMeans[i])];
        double[] steps = [.. Enumerable.Range(0, model.Inputs).Select(i => (double)levels.StepOf(i))];
        List<Int8Part> parts = [];
        for (int i = 0; i < count; i++)
        {
            int pool = Int8Outline.Pool(model, i, count);
            LayerCalibration calibration = Calibration(i, pool, form, new LayerCalibration(inputs, factors, centers, steps));
            QuantizedLayer quantized = QuantizerOf(i).Quantize(model.GetLayer(i), calibration);
            bool last = i == count - 1 || (pool > 1 && i == count - 2);
            parts.Add(new Int8Part(i, quantized, new Int8Place(last, form, pool)));
            i += pool > 1 ? 1 : 0;
            (factors, centers) = Behind(parts[^1].Layer, form, factors, centers, model.GetLayer(i).Outputs);
            steps = pool > 1 ? [.. Enumerable.Range(0, model.GetLayer(i).Outputs).Select(k => quantized.Steps[k % PooledChannels(i)])]
                : quantized.Steps;
            form = QuantizerOf(parts[^1].Layer).FormBehind(model.GetLayer(parts[^1].Layer), form);
            double[] worth = [.. steps.Select((step, k) => step * (k < factors.Length ? factors[k] : 1.0))];
            inputs = LayerInputs.Of(activations[i].Select(row => row.Zip(worth, (value, step) => step == 0 ? 0 : value / step).ToArray()),
                worth.Length);
        }

        PlanBuilder plan = Int8Outline.Plan(model, count, parts, form, steps.Length > 0 ? (float)steps[0] : 1f);
        plan.InputForm = levels.Form;
        plan.Normalization = [.. levels.ToBlob()];
        return Sealed(plan, parts);
    }

    private LayerQuantizer QuantizerOf(int layer) => Quantizer.QuantizerOf(model.GetLayer(layer))!;

    private int PooledChannels(int pool) => ((Convolution.MaxPoolingLayer)model.GetLayer(pool)).Window.Channels;

    private LayerCalibration Calibration(int layer, int pool, ByteForm form, LayerCalibration inputs)
    {
        int next = layer + (pool > 1 ? 2 : 1);
        return new LayerCalibration(inputs.Inputs, inputs.Factors, inputs.Centers, inputs.Steps)
        {
            IsFirst = layer == 0,
            Offsets = layer == 0 ? [.. model.Scaling.InputMeans.Select(mean => (double)mean)] : [],
            Form = form,
            Pool = pool,
            Outputs = activations[layer],
            Felt = next >= count ? null : FeltOf(layer, pool > 1 ? layer + 1 : next),
            IsUniform = Enumerable.Range(layer + 1, count - layer - 1).All(behind => !QuantizerOf(behind).HasWeights),
        };
    }

    private double[] FeltOf(int layer, int next)
    {
        double[] felt = QuantizerOf(next).Sensitivity(model.GetLayer(next));
        return felt.Length == model.GetLayer(layer).Outputs ? felt : [.. Enumerable.Repeat(1.0, model.GetLayer(layer).Outputs)];
    }

    /// <summary>Levels that only went through a pool are still worth what the sample is; digits are what their steps say.</summary>
    private (double[] Factors, double[] Centers) Behind(int layer, ByteForm form, double[] factors, double[] centers, int outputs) =>
        form.Type == BlobFormat.Levels && QuantizerOf(layer) is { HasWeights: false, GivesBytes: true }
            ? ([.. Enumerable.Range(0, outputs).Select(i => factors[i % Channels])],
            [.. Enumerable.Range(0, outputs).Select(i => centers[i % Channels])])
            : ([.. Enumerable.Repeat(1.0, outputs)], new double[outputs]);

    /// <summary>The level that is nearest to what the float model has as 0, and so beyond the edges.</summary>
    private int Zero(InputLevels levels) => Math.Clamp(
        (int)Math.Round(Enumerable.Range(0, Channels)
            .Average(i => levels.StepOf(i) == 0 ? 0 : ((double)model.Scaling.InputMeans[i] - levels.LowestOf(i)) / levels.StepOf(i))), 0,
            byte.MaxValue);

    private double[] Centered(int row, InputLevels levels, int zero)
    {
        ReadOnlySpan<float> inputs = data.Row(row);
        double[] centered = new double[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            centered[i] = levels.Centered(i, inputs[i]) + LevelDenseLayer.MiddleLevel - zero;
        }

        return centered;
    }

    /// <summary>What the float model's first layers give for each row.</summary>
    private double[][][] Activations()
    {
        PredictionTrace trace = new(model);
        float[] inputs = new float[model.Inputs];
        double[][][] given = [.. Enumerable.Range(0, count).Select(_ => new double[rows.Length][])];
        for (int i = 0; i < rows.Length; i++)
        {
            data.Row(rows[i]).CopyTo(inputs);
            trace.Run(inputs);
            for (int layer = 0; layer < count; layer++)
            {
                given[layer][i] = [.. trace.GetOutputs(layer).Take(model.GetLayer(layer).Outputs).Select(value => (double)value)];
            }
        }

        return given;
    }

    private byte[] Sealed(PlanBuilder plan, List<Int8Part> parts)
    {
        try
        {
            byte[] blob =
            [
                .. DeviceMemory.Reckon(plan).ToBytes(), .. parts.SelectMany(part => part.Quantized.Section),
                .. Enumerable.Range(count, model.LayerCount - count).SelectMany(WeightsOf),
            ];
            FloatBits.WriteInt32(blob, BlobFormat.GenerationAt, model.Generation);
            return SparseBlob.Sealed(blob);
        }
        catch (BlobException error)
        {
            throw new QuantizationException($"the model cannot be stored as int8: {error.Message}");
        }
    }

    /// <summary>The weights of a layer that stays as it is.</summary>
    private byte[] WeightsOf(int layer)
    {
        if (LayerUnpackers.Find(model.GetLayer(layer).Kind) is not LayerUnpacker unpacker)
        {
            return [.. model.GetLayer(layer).Parameters().SelectMany(BitConverter.GetBytes)];
        }

        byte[] weights = new byte[unpacker.Measure(model.GetLayer(layer))];
        unpacker.WriteWeights(model.GetLayer(layer), weights, 0);
        return weights;
    }
}
