using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Saving;

namespace Tiny.Recurrence.Tests;

/// <summary>What the device's library gives, against plain loops; a window against a stream; and what it refuses.</summary>
public class ForwardTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 5)]
    [InlineData(3, 2, 12)]
    [InlineData(16, 3, 50)]
    [InlineData(17, 5, 7)]
    [InlineData(33, 40, 4)]
    public void The_states_are_those_of_plain_loops(int units, int channels, int steps)
    {
        foreach ((int kind, int flags) in new[] { (Gru.GruCode, 0), (Gru.GruCode, Gru.GivesEvery), (Gru.GruCode, Gru.Exact),
            (FastGrnn.FastGrnnCode, 0), (FastGrnn.FastGrnnCode, Gru.GivesEvery) })
        {
            Network network = Plans.Over(steps, channels, NetworkTask.Regression).AddRecurrent(kind, units, steps, flags).ToNetwork()
                .Drawn(units + steps);
            float[] x = Plans.Draw(new(1), network.Inputs, 2f);
            float[] outputs = new float[network.Outputs];
            SetOutputScales(network);
            network.Predict(x, outputs);
            double[] samples = [.. x.Select(value => (double)value)];
            double[][] states = kind == Gru.GruCode ? GruReference.Run(
                ParametersOf(network), units, channels, samples) : FastGrnnReference.Run(ParametersOf(network), units, channels, samples);
            double within = flags == Gru.Exact ? 1e-5 : 2e-3; // the sigmoid table is within 4e-4
            double[] expected = flags != Gru.GivesEvery ? states[^1] : [.. states.SelectMany(state => state)];
            Assert.Equal(expected.Length, outputs.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.InRange(outputs[i], expected[i] - within, expected[i] + within);
            }
        }
    }

    [Fact]
    public void A_stream_of_single_samples_gives_the_bits_of_the_window()
    {
        const int Steps = 40;
        Network window = Plans.Over(Steps, 3).AddGru(7, Steps, Gru.GivesEvery).AddFastGrnn(5, Steps)
            .AddDense(4, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        Network stream = Plans.Over(1, 3).AddGru(7, 1, Gru.GivesEvery | Gru.KeepsState).AddFastGrnn(5, 1, Gru.KeepsState)
            .AddDense(4, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        float[] x = Plans.Draw(new(5), window.Inputs, 2f);
        float[] expected = new float[4];
        float[] answer = new float[4];
        window.Predict(x, expected);
        for (int round = 0; round < 2; round++)
        {
            for (int step = 0; step < Steps; step++)
            {
                stream.Predict(x[(3 * step)..(3 * step + 3)], answer);
            }

            Assert.Equal(expected, answer);
            stream.Predict([0.5f, 0.5f, 0.5f], answer);
            Assert.NotEqual(expected, answer);
            for (int layer = 0; layer < 2; layer++)
            {
                ((RecurrentLayer)stream.GetLayer(layer)).Reset();
            }
        }
    }

    [Fact]
    public void A_window_leaves_nothing_behind_for_the_next()
    {
        Network network = Plans.Over(9, 2).AddGru(6, 9).AddDense(3, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        float[] first = new float[3];
        float[] again = new float[3];
        float[] x = Plans.Draw(new(5), 18);
        network.Predict(x, first);
        network.Predict(Plans.Draw(new(6), 18), again);
        Assert.NotEqual(first, again);
        network.Predict(x, again);
        Assert.Equal(first, again);
    }

    [Fact]
    public void A_blob_comes_back_as_it_was()
    {
        Network network = Plans.Over(9, 2).AddGru(5, 9, Gru.GivesEvery).AddFastGrnn(6, 9).AddDense(3, Core.Activations.Activation.Softmax)
            .ToNetwork().Drawn(3);
        byte[] blob = BlobWriter.ToArray(network);
        Assert.Equal(blob, BlobWriter.ToArray(Network.FromBlob(blob)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 8)]
    [InlineData(4, 255)]
    public void Attributes_that_are_none_are_refused(int units, int flags)
    {
        Network network = Plans.Over(9, 2).AddGru(4, 9).AddDense(3, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        byte[] blob = BlobWriter.ToArray(network);
        int at = Find(blob, Plans.Attributes(4));
        Plans.Attributes(units, flags).CopyTo(blob, at);
        BlobWriter.Seal(blob, 0, blob.Length);
        Assert.Throws<BlobException>(() => Network.FromBlob(blob));
    }

    /// <summary>zeta and nu are shares: what is none is refused in a blob and from a program, and changes nothing.</summary>
    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Shares_that_are_none_are_refused(float share)
    {
        Network network = Plans.Over(4, 2).AddFastGrnn(3, 4).AddDense(3, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        byte[] blob = BlobWriter.ToArray(network);
        Core.Layers.Layer layer = network.GetLayer(0);
        float[] parameters = new float[layer.ParameterCount];
        foreach (int at in new[] { parameters.Length - 2, parameters.Length - 1 })
        {
            layer.CopyParameters(parameters, 0, parameters.Length);
            parameters[at] = share;
            Assert.ThrowsAny<ArgumentException>(() => layer.SetParameters(parameters, 0, parameters.Length));
            Assert.Equal(blob, BlobWriter.ToArray(network));
            byte[] changed = [.. blob];
            BitConverter.GetBytes(share)
                .CopyTo(changed, blob.Length - network.GetLayer(1).ParameterCount * 4 - 4 * (parameters.Length - at));
            BlobWriter.Seal(changed, 0, changed.Length);
            Assert.Throws<BlobException>(() => Network.FromBlob(changed));
        }
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_and_change_nothing()
    {
        Network network = Plans.Over(4, 2).AddGru(4, 4).AddDense(3, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3);
        byte[] blob = BlobWriter.ToArray(network);
        Core.Layers.Layer layer = network.GetLayer(0);
        float[] parameters = new float[layer.ParameterCount];
        layer.CopyParameters(parameters, 0, parameters.Length);
        parameters[^1] = float.NaN;
        Assert.Throws<ArgumentException>(() => layer.SetParameters(parameters, 0, parameters.Length));
        Assert.Equal(blob, BlobWriter.ToArray(network));
        for (int first = 0; first < parameters.Length; first += 7)
        {
            float[] part = new float[Math.Min(11, parameters.Length - first)];
            layer.CopyParameters(part, first, part.Length);
            Assert.Equal(parameters[first..(first + part.Length)][..^1], part[..^1]);
        }
    }

    [Fact]
    public void Damaged_blobs_are_refused_or_answer()
    {
        byte[] blob = BlobWriter.ToArray(Plans.Over(5, 2).AddGru(3, 5, Gru.GivesEvery).AddFastGrnn(2, 5)
            .AddDense(3, Core.Activations.Activation.Softmax).ToNetwork().Drawn(3));
        Assert.InRange(DamagedBlobs.Refused(blob, 3000), 100, 2999);
    }

    internal static double[] ParametersOf(Network network)
    {
        Core.Layers.Layer layer = network.GetLayer(0);
        float[] parameters = new float[layer.ParameterCount];
        layer.CopyParameters(parameters, 0, parameters.Length);
        return [.. parameters.Select(value => (double)value)];
    }

    private static void SetOutputScales(Network network) => Array.Fill(network.Scaling.OutputScales, 1f);

    private static int Find(byte[] blob, byte[] part) =>
        Enumerable.Range(32, blob.Length - 32 - part.Length)
        .First(at => blob.AsSpan(at, part.Length).SequenceEqual(part) && blob[at - 4] == Gru.GruCode);
}
