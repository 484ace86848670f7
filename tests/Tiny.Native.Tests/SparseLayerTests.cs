using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Native.Sparse;
using Tiny.Native.Sparse.Int8;
using Tiny.Saving;
using Tiny.Sparse.Tests;
using Tiny.Training.Data;
using Tiny.Training.Pruning;
using Tiny.Training.Quantization;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Sparse layers by native kernels predict, learn and are saved to the bits of managed ones.</summary>
public class SparseLayerTests
{
    private static readonly Activation[] Activations =
    [
        Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish,
        Activation.Maxout,
    ];

    [CompilerFact]
    public void Layers_of_every_size_predict_and_learn_to_the_same_bits()
    {
        int sparse = 0;
        for (int n = 1; n <= 70; n += n < 24 ? 1 : 5)
        {
            byte[] blob = Blob(n, 1 + n % 9, n % 8 == 0 ? 0.0 : 0.1 + n % 5 * 0.1, Activations[n % Activations.Length], n % 2 == 0);
            Network managed = Managed(() => Network.FromBlob(blob));
            Network native = Network.FromBlob(blob);
            // Where most are there, or next to none could be, a blob is a dense one.
            sparse += native.GetLayer(0) is NativeSparseLayer ? 1 : 0;
            SgdLearner one = Managed(() => new SgdLearner(managed) { LearningRate = 0.05f, L2 = 0.01f });
            SgdLearner other = new(native) { LearningRate = 0.05f, L2 = 0.01f };
            for (int step = 0; step < 8; step++)
            {
                float[] sample = Draw(n, n + step, step == 7 ? 1e20f : 3f);
                Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
                Assert.Equal(one.Learn(sample, step % Make.Classes), other.Learn(sample, step % Make.Classes));
                Assert.Equal(Bits(one.LastLoss), Bits(other.LastLoss));
            }

            Assert.Equal(BlobWriter.ToArray(managed), BlobWriter.ToArray(native));
        }

        Assert.InRange(sparse, 18, 33);
    }

    [CompilerFact]
    public void Parameters_that_are_set_and_a_model_that_is_loaded_later_count_at_once()
    {
        byte[] blob = Blob(50, 9, 0.3, Activation.Relu, false);
        Network native = Network.FromBlob(blob);
        Network managed = Managed(() => Network.FromBlob(blob));
        float[] sample = Draw(50, 4);
        Answer(native, sample);
        foreach (Network network in new[] { native, managed })
        {
            Layer layer = network.GetLayer(0);
            layer.SetParameters(Draw(layer.ParameterCount, 8), 0, layer.ParameterCount);
        }

        Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
        Assert.Equal(BlobError.None, Load(native, blob));
        Assert.Equal(Bits(Answer(Managed(() => Network.FromBlob(blob)), sample)), Bits(Answer(native, sample)));
    }

    [CompilerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inputs_that_are_read_are_refused_with_the_same_words_and_others_are_not_looked_at(bool far)
    {
        byte[] blob = Blob(64, 6, 0.03, Activation.Tanh, far);
        Network managed = Managed(() => Network.FromBlob(blob));
        Network native = Network.FromBlob(blob);
        int refused = 0;
        for (int at = 0; at < 64; at++)
        {
            float[] sample = Draw(64, at);
            sample[at] = at % 2 == 0 ? float.NaN : float.NegativeInfinity;
            refused += Alike(managed, native, sample);
        }

        Assert.InRange(refused, 1, 63);
    }

    [CompilerFact]
    public void Int8_layers_give_the_same_bits_of_floats_and_of_bytes_and_look_the_same_inside()
    {
        for (int rows = 1; rows <= 23; rows += rows < 3 ? 1 : 5)
        {
            Activation activation = Activations[(rows + 2) % 7];
            byte[] blob = Int8(rows, activation);
            Network managed = Managed(() => Network.FromBlob(blob));
            Network native = Network.FromBlob(blob);
            Assert.IsType<NativeSparseLevelLayer>(native.GetLayer(0));
            Assert.Equal(blob, BlobWriter.ToArray(native));
            int refused = 0;
            for (int seed = 0; seed < 30; seed++)
            {
                float[] sample = Draw(Make.Inputs, seed, 40f);
                sample[seed] = seed % 3 == 0 ? float.NaN : seed % 3 == 1 ? 1e30f : sample[seed];
                refused += Alike(managed, native, sample);
                byte[] levels = [.. sample.Select(value => (byte)(BitConverter.SingleToInt32Bits(value) >> 9))];
                (float[] expected, float[] outputs) = (new float[Make.Classes], new float[Make.Classes]);
                managed.PredictLevels(levels, expected);
                native.PredictLevels(levels, outputs);
                Assert.Equal(Bits(expected), Bits(outputs));
            }

            Assert.InRange(refused, 0, 10);
        }
    }

    [CompilerFact]
    public void An_int8_model_loaded_later_leaves_its_array_to_the_caller()
    {
        byte[] blob = Int8(7, Activation.Relu);
        Network network = Network.FromBlob(blob);
        byte[] again = [.. blob];
        Assert.Equal(BlobError.None, Load(network, again));
        Array.Clear(again);
        float[] sample = Draw(Make.Inputs, 2, 30f);
        Assert.Equal(Bits(Answer(Managed(() => Network.FromBlob(blob)), sample)), Bits(Answer(network, sample)));
    }

    /// <summary>Both answer with the same bits, or refuse with the same words; 1 if they refuse.</summary>
    private static int Alike(Network managed, Network native, float[] sample)
    {
        float[] expected;
        try
        {
            expected = Answer(managed, sample);
        }
        catch (ArgumentException refused)
        {
            Assert.Equal(refused.Message, Assert.Throws<ArgumentException>(() => Answer(native, sample)).Message);
            return 1;
        }

        Assert.Equal(Bits(expected), Bits(Answer(native, sample)));
        return 0;
    }

    /// <summary>A sparse blob; with means far from 0 its normalization is not in the weights.</summary>
    private static byte[] Blob(int inputs, int rows, double density, Activation activation, bool far) => Managed(() =>
    {
        Network dense = Make.Dense(inputs, rows, density, activation, seed: inputs);
        for (int i = 0; far && i < inputs; i++)
        {
            dense.Scaling.SetInput(i, 300f + i, 0.5f);
        }

        return SparseBlob.Of(dense);
    });

    private static byte[] Int8(int rows, Activation activation) => Managed(() =>
    {
        Network dense = Make.Dense(Make.Inputs, rows, 0.25, activation, normalizes: true, seed: rows);
        Dataset data = Make.Data();
        return Quantizer.Quantize(Network.FromBlob(SparseBlob.Of(dense)), data, [.. Enumerable.Range(0, data.Rows)]);
    });
}
