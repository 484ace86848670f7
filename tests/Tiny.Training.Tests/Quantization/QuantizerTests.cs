using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Int8;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Data;
using Tiny.Training.Kinds;
using Tiny.Training.Quantization;

namespace Tiny.Training.Tests.Quantization;

public class QuantizerTests
{
    [Theory]
    [InlineData(Activation.Relu, 0.02)]
    [InlineData(Activation.Tanh, 0.03)]
    [InlineData(Activation.Sigmoid, 0.03)]
    [InlineData(Activation.LeakyRelu, 0.04)]
    [InlineData(Activation.Elu, 0.04)]
    [InlineData(Activation.Swish, 0.04)]
    [InlineData(Activation.Linear, 0.04)]
    public void Outputs_stay_near_the_float_models(Activation hidden, double tolerance)
    {
        (Network model, Dataset data, int[] rows) = Drawn(hidden, [6, 12, 9, 1]);
        Network int8 = Network.FromBlob(Quantizer.Quantize(model, data, rows));
        double spread = 0;
        double error = 0;
        float[] expected = new float[1];
        float[] found = new float[1];
        foreach (int row in rows)
        {
            model.Predict(data.Row(row).ToArray(), expected);
            int8.Predict(data.Row(row).ToArray(), found);
            spread += expected[0] * expected[0];
            error += (expected[0] - found[0]) * (expected[0] - found[0]);
        }

        Assert.InRange(Math.Sqrt(error / spread), 1e-6, tolerance);
        Assert.All(Enumerable.Range(0, 3), layer => Assert.True(DeskKinds.Of(int8.GetLayer(layer)).IsInt8));
    }

    [Fact]
    public void Whole_numbers_of_a_byte_are_their_own_levels()
    {
        (Network model, Dataset data, int[] rows) = Drawn(Activation.Relu, [6, 12, 1]);
        float[] bytes = [.. data.Inputs.Select(v => MathF.Round(Math.Clamp(v * 40 + 128, 0, 255)))];
        for (int i = 0; i < 6; i++)
        {
            model.Scaling.SetInput(i, 128, 1f / 40);
        }

        Dataset pixels = Dataset.ForRegression(bytes, data.Columns, data.Targets, "y");
        Network int8 = Network.FromBlob(Quantizer.Quantize(model, pixels, rows));
        Assert.Equal(InputForm.Levels, int8.InputForm);
        LevelDenseLayer first = Assert.IsAssignableFrom<LevelDenseLayer>(int8.GetLayer(0));
        Assert.Equal((1f, -256.5f), (first.GetInputScale(0), first.GetInputOffset(0)));
        float[] fromFloats = new float[1];
        float[] fromBytes = new float[1];
        foreach (int row in rows)
        {
            int8.Predict(pixels.Row(row).ToArray(), fromFloats);
            int8.PredictLevels([.. pixels.Row(row).ToArray().Select(v => (byte)v)], fromBytes);
            Assert.Equal(fromFloats, fromBytes);
        }
    }

    [Fact]
    public void Inputs_of_unlike_ranges_get_scales_of_their_own()
    {
        (Network model, Dataset data, int[] rows) = Drawn(Activation.Relu, [6, 12, 1]);
        float[] stretched = [.. data.Inputs.Select((v, i) => v * MathF.Pow(10, i % 6))];
        for (int i = 0; i < 6; i++)
        {
            model.Scaling.SetInput(i, 0, MathF.Pow(10, -i));
        }

        Network int8 = Network.FromBlob(Quantizer.Quantize(model, Dataset.ForRegression(stretched, data.Columns, data.Targets, "y"), rows));
        Assert.Equal(InputForm.LevelsEach, int8.InputForm);
    }

    [Fact]
    public void Last_layers_stay_float_if_wished_and_those_from_a_maxout_on()
    {
        (Network model, Dataset data, int[] rows) = Drawn(Activation.Relu, [6, 12, 9, 1]);
        Network kept = Network.FromBlob(Quantizer.Quantize(model, data, rows, keepFloat: 2));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(kept.GetLayer(i)).IsInt8));
        Assert.Equal(model.GetLayer(2).GetWeight(0, 3), kept.GetLayer(2).GetWeight(0, 3));

        (Network maxout, Dataset other, int[] all) = Drawn(Activation.Maxout, [6, 12, 9, 1]);
        Network mixed = Network.FromBlob(Quantizer.Quantize(maxout, other, all));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(mixed.GetLayer(i)).IsInt8));
        Assert.Throws<QuantizationException>(() => Quantizer.Quantize(kept, data, rows));
    }

    [Fact]
    public void Names_generation_and_columns_come_along()
    {
        (Network model, Dataset data, int[] rows) = Drawn(Activation.Relu, [6, 12, 1]);
        model = model.WithOutputNames("height").With(columns: 77);
        model.Generation = 5;
        Network int8 = Network.FromBlob(Quantizer.Quantize(model, data, rows));
        Assert.Equal(("height", 5, 77), (int8.GetOutputName(0), int8.Generation, int8.Notes.ColumnsChecksum));
    }

    private static (Network Model, Dataset Data, int[] Rows) Drawn(Activation hidden, int[] widths)
    {
        PlanBuilder shape = new(widths[0], NetworkTask.Regression, Loss.MeanSquaredError);
        for (int i = 1; i < widths.Length; i++)
        {
            shape.AddDense(widths[i], i == widths.Length - 1 ? Activation.Linear : hidden);
        }

        Network network = shape.ToNetwork();
        Initializers.Draw(network, 3);
        Random random = new(5);
        float[] inputs = [.. Enumerable.Range(0, 500 * widths[0]).Select(_ => random.NextSingle() * 4f - 2f)];
        return (network, Dataset.ForRegression(inputs, DataColumns.Unnamed(widths[0], shareUnit: false), new float[500], "y"),
            [.. Enumerable.Range(0, 500)]);
    }
}
