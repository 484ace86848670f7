using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Features;
using Tiny.Training.Layers;
using Tiny.Training.Streaming;
using static Tiny.Streaming.Tests.Windows;

namespace Tiny.Streaming.Tests;

/// <summary>A stream's answers against those of the windows it stands for, to the bit.</summary>
public class StreamFormTests
{
    public static TheoryData<string> Exact => [.. Chains.Keys];

    private static Dictionary<string, (int Window, int Block, int Delay, LayerDescription[] Layers)> Chains => new()
    {
        ["conv, conv, gap"] = (200, 4, 0, [Conv(8, 5, 2), Conv(16, 5, 2), new GlobalAverageDescription()]),
        ["strides that leave the window's end unread"] = (51, 4, 1, [Conv(4, 5, 2), Conv(3, 5, 2), new GlobalAverageDescription()]),
        ["a window that no block ends with"] = (49, 4, 3, [Conv(4, 5, 2), Conv(3, 5, 2), new GlobalAverageDescription()]),
        ["no strides"] = (20, 1, 0, [Conv(3, 4), Conv(5, 3, activation: Activation.Tanh), new GlobalAverageDescription()]),
        ["flattened"] = (23, 2, 1, [Conv(3, 3, 2), Conv(2, 2), new DenseDescription(7, Activation.Relu)]),
        ["dilation"] = (40, 2, 0, [Conv(3, 3, 1, 4), Conv(4, 3, 2, 3), new GlobalAverageDescription()]),
        ["pools side by side"] = (36, 6, 0, [Conv(4, 1), new MaxPoolingDescription(Window(2, 2)),
            new AveragePoolingDescription(Window(3, 3)), new GlobalAverageDescription()]),
        ["pools that overlap"] = (31, 2, 1,
            [new MaxPoolingDescription(Window(5, 2)), new AveragePoolingDescription(Window(4)), new GlobalAverageDescription()]),
        ["depthwise"] = (30, 3, 0,
            [new DepthwiseConv2DDescription(Window(4, 3), Activation.Elu), Conv(6, 1), new GlobalAverageDescription()]),
        ["strides over taps"] = (29, 5, 1, [Conv(4, 2, 5), new GlobalAverageDescription()]),
        ["dense over the samples"] = (12, 1, 0, [new DenseDescription(5, Activation.Relu)]),
        ["one place in all"] = (5, 1, 0, [Conv(4, 5), new DenseDescription(5, Activation.Relu)]),
    };

    [Theory]
    [MemberData(nameof(Exact))]
    public void Behind_each_block_it_answers_as_a_window_does(string name)
    {
        (int window, int block, int delay, LayerDescription[] layers) = Chains[name];
        foreach (NetworkTask task in new[] { NetworkTask.Classification, NetworkTask.Regression })
        {
            byte[] blob = Blob(window, 3, task, layers);
            StreamForm form = StreamForm.Of(blob);
            Assert.Equal((block, delay, StreamBits.EveryWindow), (form.Block, form.Delay, form.Bits));
            Network whole = Network.FromBlob(blob);
            StreamingNetwork stream = new(Network.FromBlob(form.Blob));
            Assert.Equal(form.WarmUp, stream.WarmUp);
            Check(whole, stream, form, Signal(window + 60, 3), window);
            stream.Reset();
            Check(whole, stream, form, Signal(window + 60, 3, seed: 2), window);
        }
    }

    private static void Check(Network whole, StreamingNetwork stream, StreamForm form, float[][] signal, int window)
    {
        float[] answer = new float[whole.Outputs];
        int compared = 0;
        for (int i = 0; i < signal.Length; i++)
        {
            if (!stream.Push(signal[i]))
            {
                continue;
            }

            // Windows of a stream begin at multiples of the block; the one answered is the latest that it has seen all of, but for what the
            // window's end leaves unread.
            int first = i + 1 - form.Delay - window;
            int begun = (first + form.Block - 1) / form.Block * form.Block;
            Assert.InRange(begun, 0, signal.Length - window);
            stream.Answer(answer);
            Assert.Equal(Answer(whole, signal, begun), answer);
            stream.Answer(answer);
            Assert.Equal(Answer(whole, signal, begun), answer);
            compared++;
        }

        Assert.InRange(compared, 5, signal.Length);
    }

    [Fact]
    public void A_recurrent_stream_answers_as_the_window_of_its_samples_does()
    {
        byte[] blob = Blob(40, 3, NetworkTask.Classification, new GruDescription(7) { GivesEvery = true }, new GruDescription(5),
            new DenseDescription(4, Activation.Relu));
        StreamForm form = StreamForm.Of(blob);
        Assert.Equal((1, 0, StreamBits.FirstWindow, 40), (form.Block, form.Delay, form.Bits, form.WarmUp));
        Network whole = Network.FromBlob(blob);
        StreamingNetwork stream = new(Network.FromBlob(form.Blob));
        float[][] signal = Signal(100, 3);
        foreach (int first in new[] { 0, 13, 60 })
        {
            stream.Reset();
            Assert.Equal([.. Enumerable.Repeat(false, 39), true], signal.Skip(first).Take(40).Select(sample => stream.Push(sample)));
            stream.Detect();
            Assert.Equal(Answer(whole, signal, first), stream.Outputs);
        }
    }

    [Fact]
    public void Edges_that_are_padded_and_states_behind_convolutions_are_told()
    {
        Assert.Equal(StreamBits.None, StreamForm.Of(Blob(
            200, 3, NetworkTask.Classification, Conv(8, 5, 2, valid: false), Conv(16, 5, 2, valid: false),
                new GlobalAverageDescription())).Bits);
        StreamForm mixed = StreamForm.Of(Blob(41, 2, NetworkTask.Classification, Conv(4, 3, 2), new GruDescription(5)));
        Assert.Equal((StreamBits.None, 2), (mixed.Bits, mixed.Block));
    }

    [Fact]
    public void A_padded_stream_is_near_its_window()
    {
        byte[] blob = Blob(200, 3, NetworkTask.Classification, Conv(8, 5, 2, valid: false), Conv(16, 5, 2, valid: false),
            new GlobalAverageDescription());
        StreamForm form = StreamForm.Of(blob);
        Network whole = Network.FromBlob(blob);
        StreamingNetwork stream = new(Network.FromBlob(form.Blob));
        float[][] signal = Signal(300, 3);
        float furthest = 0;
        for (int i = 0; i < 300; i++)
        {
            if (stream.Push(signal[i]))
            {
                stream.Detect();
                furthest = Math.Max(furthest,
                    Answer(whole, signal, i + 1 - form.Delay - 200).Zip(stream.Outputs, (a, b) => Math.Abs(a - b)).Max());
            }
        }

        Assert.InRange(furthest, 1e-6f, 0.1f);
    }

    [Fact]
    public void A_plain_prediction_takes_a_block_further()
    {
        byte[] blob = Blob(24, 2, NetworkTask.Classification, Conv(3, 5, 2), new GlobalAverageDescription());
        StreamForm form = StreamForm.Of(blob);
        Network stream = Network.FromBlob(form.Blob);
        Assert.Equal(4, stream.Inputs);
        FeatureDescription features = FeatureDescription.Of(stream);
        Assert.Equal((24, 2, FeatureKinds.Stream, "c1_1"), (features.Window, features.Hop, features.Kinds, features.GetName(3)));
        FeaturePipeline pipeline = new(features);
        float[][] signal = Signal(24, 2);
        float[] inputs = new float[4];
        float[] outputs = new float[Classes];
        foreach (float[] sample in signal)
        {
            if (pipeline.Add(sample))
            {
                pipeline.Compute(inputs);
                stream.Predict(inputs, outputs);
            }
        }

        Assert.Equal(Answer(Network.FromBlob(blob), signal, 0), outputs);
    }

    [Fact]
    public void What_cannot_stream_is_refused_with_the_reason()
    {
        byte[] stream = StreamForm.Of(Blob(24, 2, NetworkTask.Classification, new GruDescription(3))).Blob;
        Assert.Contains("a stream already", Assert.Throws<StreamException>(() => StreamForm.Of(stream)).Message);
        byte[] strides = Blob(24, 2, NetworkTask.Classification, Conv(3, 1, 5), Conv(3, 1, 5));
        Assert.Contains("blocks of 25 samples, longer than its window of 24",
            Assert.Throws<StreamException>(() => StreamForm.Of(strides)).Message);
        Network odd = Network.FromBlob(Blob(24, 2, NetworkTask.Classification, new GruDescription(3)));
        odd.Scaling.InputMeans[9] = 7f;
        Assert.Contains("input 9", Assert.Throws<StreamException>(() => StreamForm.Of(Saving.BlobWriter.ToArray(odd))).Message);
    }
}
