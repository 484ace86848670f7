using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Sparse.Int8;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Pruning;
using Tiny.Training.Quantization;

namespace Tiny.Sparse.Tests;

/// <summary>Sparse layers against dense ones with zeros, and against plain sums.</summary>
public class LayerTests
{
    [Theory]
    [InlineData(40, 9, 0.3, Activation.Relu)]
    [InlineData(300, 7, 0.02, Activation.Tanh)]
    [InlineData(700, 4, 0.004, Activation.LeakyRelu)]
    [InlineData(131, 6, 0.37, Activation.Maxout)]
    [InlineData(96, 1, 0.5, Activation.Elu)]
    public void A_sparse_layer_gives_the_bits_of_a_dense_one_with_zeros(int inputs, int rows, double density, Activation activation)
    {
        Network dense = Make.Dense(inputs, rows, density, activation);
        Network sparse = Network.FromBlob(SparseBlob.Of(dense));
        Assert.IsType<SparseLayer>(sparse.GetLayer(0));
        Assert.Equal(dense.GetLayer(0).Parameters().Count(parameter => parameter != 0f), sparse.GetLayer(0).ParameterCount);
        for (int i = 0; i < 50; i++)
        {
            float[] sample = Make.Sample(inputs, i);
            float[] expected = new float[Make.Classes];
            float[] outputs = new float[Make.Classes];
            Assert.Equal(dense.Predict(sample, expected), sparse.Predict(sample, outputs));
            Assert.Equal(Make.Bits(expected), Make.Bits(outputs));
        }
    }

    [Fact]
    public void With_the_normalization_in_the_weights_answers_are_those_of_the_dense_one_but_for_rounding()
    {
        Network dense = Make.Dense(90, 12, 0.2, normalizes: true);
        Network sparse = Network.FromBlob(SparseBlob.Of(dense));
        Assert.Equal(1, ((SparseLayer)sparse.GetLayer(0)).Index.Raw);
        for (int i = 0; i < 50; i++)
        {
            float[] sample = Make.Sample(90, i, 20f);
            float[] expected = new float[Make.Classes];
            float[] outputs = new float[Make.Classes];
            dense.Predict(sample, expected);
            sparse.Predict(sample, outputs);
            Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Means_of_many_deviations_stay_out_of_the_weights()
    {
        Network dense = Make.Dense(50, 8, 0.2);
        for (int i = 0; i < 50; i++)
        {
            dense.Scaling.InputMeans[i] = 1000f;
        }

        Network sparse = Network.FromBlob(SparseBlob.Of(dense));
        Assert.Equal(0, ((SparseLayer)sparse.GetLayer(0)).Index.Raw);
        float[] sample = [.. Make.Sample(50, 1).Select(value => value + 1000f)];
        float[] expected = new float[Make.Classes];
        float[] outputs = new float[Make.Classes];
        dense.Predict(sample, expected);
        sparse.Predict(sample, outputs);
        Assert.Equal(Make.Bits(expected), Make.Bits(outputs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inputs_that_are_read_are_refused_or_held_and_others_are_not_looked_at(bool raw)
    {
        Network dense = Make.Dense(64, 6, 0.05, normalizes: true);
        dense.Scaling.InputMeans[0] = raw ? 1f : 1e6f;
        Network network = Network.FromBlob(SparseBlob.Of(dense));
        SparseLayer layer = (SparseLayer)network.GetLayer(0);
        Assert.Equal(raw ? 1 : 0, layer.Index.Raw);
        int read = layer.Index.Used[0];
        int unread = Enumerable.Range(0, 64).First(input => !layer.Index.Used.Contains((ushort)input));
        float[] sample = Make.Sample(64, 1);
        float[] expected = new float[Make.Classes];
        network.Predict(sample, expected);
        sample[unread] = float.NaN;
        float[] outputs = new float[Make.Classes];
        network.Predict(sample, outputs);
        Assert.Equal(Make.Bits(expected), Make.Bits(outputs));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            sample[read] = bad;
            Assert.Throws<ArgumentException>(() => network.Predict(sample, outputs));
        }

        foreach (float large in new[] { 1e30f, -1e30f, 3e38f, -3e38f })
        {
            sample[read] = large;
            Assert.InRange(network.Predict(sample, outputs), 0, Make.Classes - 1);
            Assert.All(outputs, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void It_learns_the_weights_that_are_there_and_saves_them_and_no_others()
    {
        Network network = Network.FromBlob(Make.Blob(Make.Train(Make.Options())));
        SparseLayer layer = (SparseLayer)network.GetLayer(0);
        float[][] before = SparseWeights.Of(layer);
        SgdLearner learner = new(network) { LearningRate = 0.02f, L2 = 0.01f };
        Dataset data = Make.Data();
        for (int step = 0; step < 500; step++)
        {
            learner.Learn(data.Row(step % data.Rows).ToArray(), data.Classes[step % data.Rows]);
        }

        float[][] after = SparseWeights.Of(layer);
        Assert.All(before.Zip(after).SelectMany(rows => rows.First.Zip(rows.Second)),
            pair => Assert.True(pair.First != 0f || BitConverter.SingleToInt32Bits(pair.Second) == 0));
        Assert.True(before.Zip(after).SelectMany(rows => rows.First.Zip(rows.Second)).Count(pair => pair.First != pair.Second) > 100);
        byte[] saved = BlobWriter.ToArray(network);
        Network again = Network.FromBlob(saved);
        Assert.Equal(layer.Parameters(), again.GetLayer(0).Parameters());
        Assert.Equal(saved, BlobWriter.ToArray(again));
        Assert.Equal(Core.Blobs.BlobError.None, network.TryLoad(new Core.Blobs.BlobReader(), saved, 0, saved.Length));
    }

    [Fact]
    public void A_step_with_the_normalization_in_the_weights_is_that_of_a_dense_layer_before_them()
    {
        Network dense = Make.Dense(30, 8, 0.3, normalizes: true);
        Network sparse = Network.FromBlob(SparseBlob.Of(dense));
        SgdLearner one = new(dense) { LearningRate = 0.05f, L2 = 0.01f };
        SgdLearner other = new(sparse) { LearningRate = 0.05f, L2 = 0.01f };
        float[] sample = Make.Sample(30, 4, 8f);
        one.Learn(sample, 1);
        other.Learn(sample, 1);
        float[][] weights = SparseWeights.Of(sparse.GetLayer(0));
        for (int row = 0; row < 8; row++)
        {
            double bias = sparse.GetLayer(0).Parameters()[row];
            for (int input = 0; input < 30; input++)
            {
                bias += (double)weights[row][input] * dense.Scaling.InputMeans[input];
                if (weights[row][input] != 0f)
                {
                    Assert.Equal(dense.GetLayer(0).GetWeight(row, input), weights[row][input] / dense.Scaling.InputScales[input], 1e-4f);
                }
            }

            Assert.Equal(dense.GetLayer(0).GetBias(row), bias, 1e-4);
        }
    }

    [Fact]
    public void An_int8_layer_sums_in_whole_numbers_and_comes_from_bytes_as_from_floats()
    {
        (Network network, Dataset data) = Int8();
        SparseLevelLayer layer = Assert.IsType<SparseLevelLayer>(network.GetLayer(0));
        float[][] weights = SparseWeights.Of(layer);
        for (int row = 0; row < 20; row++)
        {
            float[] sample = data.Row(row).ToArray();
            byte[] levels = [.. sample.Select(
                (value, i) => (byte)Math.Clamp((int)(value * layer.Scaling[Two(i)] + layer.Scaling[Two(i) + 1]) + 256, 0, 255))];
            float[] digits = new float[layer.Outputs];
            network.Run(sample, 1);
            LayerUnpackers.CopyOutputs(layer, digits);
            for (int unit = 0; unit < layer.Rows; unit++)
            {
                int sum = Sparse.Int8.Saving.SparseLevelUnpacker.BiasOf(layer, unit)
                    + weights[unit].Select((weight, i) => (int)weight * (levels[i] - 128)).Sum();
                Assert.Equal(Math.Clamp(sum >> layer.Shifts[0], 0, 127), digits[unit]);
            }

            float[] floats = new float[Make.Classes];
            float[] bytes = new float[Make.Classes];
            Assert.Equal(network.Predict(sample, floats), network.PredictLevels(levels, bytes));
            Assert.Equal(Make.Bits(floats), Make.Bits(bytes));
        }

        int Two(int input) => layer.Scaling.Length == 2 ? 0 : 2 * input;
    }

    [Fact]
    public void A_sparse_model_becomes_int8_with_its_answers_and_is_written_as_it_stood()
    {
        (Network int8, Dataset data) = Int8();
        Network model = Network.FromBlob(Make.Blob(Make.Train(Make.Options(0.8f, 3))));
        int same = Enumerable.Range(0, data.Rows)
            .Count(row => model.Predict(data.Row(row).ToArray(), new float[3]) == int8.Predict(data.Row(row).ToArray(), new float[3]));
        Assert.InRange(same, data.Rows * 97 / 100, data.Rows);
        byte[] blob = BlobWriter.ToArray(int8);
        Assert.Equal(blob, BlobWriter.ToArray(Network.FromBlob(blob)));
        Assert.Equal(int8.GetLayer(0).ParameterCount, int8.GetLayer(0).Parameters().Length);
        Network head = Network.FromBlob(Quantizer.Quantize(model, data, [.. Enumerable.Range(0, data.Rows)], keepFloat: 1));
        Assert.True(head.CanLearn());
    }

    internal static (Network Network, Dataset Data) Int8()
    {
        Dataset data = Make.Data();
        Network model = Network.FromBlob(Make.Blob(Make.Train(Make.Options(0.8f, 3))));
        return (Network.FromBlob(Quantizer.Quantize(model, data, [.. Enumerable.Range(0, data.Rows)])), data);
    }
}
