using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Training.Layers;
using Tiny.Training.Streaming;
using static Tiny.Streaming.Tests.Windows;

namespace Tiny.Streaming.Tests;

/// <summary>What a stream takes and refuses, and where it begins anew.</summary>
public class StreamingNetworkTests
{
    private static StreamForm Recurrent => StreamForm.Of(Blob(10, 2, NetworkTask.Classification, new GruDescription(4)));

    private static StreamForm Convolution =>
        StreamForm.Of(Blob(10, 2, NetworkTask.Classification, Conv(4, 3, 2), new GlobalAverageDescription()));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_sample_that_is_not_finite_is_refused_and_leaves_no_trace(float value)
    {
        foreach (StreamForm form in new[] { Recurrent, Convolution })
        {
            StreamingNetwork plain = new(Network.FromBlob(form.Blob));
            StreamingNetwork tried = new(Network.FromBlob(form.Blob)) { TimeOut = 50 };
            foreach (float[] sample in Signal(31, 2))
            {
                Assert.Throws<ArgumentException>(() => tried.Push([sample[0], value]));
                Assert.Throws<ArgumentException>(() => tried.Push([value, sample[1]], 1_000_000));
                Assert.Throws<ArgumentException>(() => tried.Push([sample[0]]));
                Assert.Throws<ArgumentNullException>(() => tried.Push(null!));
                Assert.Equal(plain.Push(sample), tried.Push(sample));
                if (plain.IsReady)
                {
                    Assert.Equal(plain.Detect(), tried.Detect());
                    Assert.Equal(plain.Outputs, tried.Outputs);
                }
            }
        }
    }

    [Fact]
    public void Behind_a_gap_it_begins_anew()
    {
        foreach (StreamForm form in new[] { Recurrent, Convolution })
        {
            StreamingNetwork gap = new(Network.FromBlob(form.Blob)) { TimeOut = 50 };
            StreamingNetwork fresh = new(Network.FromBlob(form.Blob));
            int time = int.MaxValue - 90; // the clock passes its end within
            foreach (float[] sample in Signal(15, 2))
            {
                gap.Push(sample, time);
                time += 20;
            }

            Assert.True(gap.IsReady);
            time += 31;
            foreach (float[] sample in Signal(14, 2, seed: 2))
            {
                Assert.Equal(fresh.Push(sample), gap.Push(sample, time));
                time += 20;
            }

            Assert.True(gap.IsReady);
            fresh.Detect();
            gap.Detect();
            Assert.Equal(fresh.Outputs, gap.Outputs);
            gap.Push(new float[2], time - 100);
            Assert.False(gap.IsReady); // the clock went back
        }
    }

    [Fact]
    public void Without_a_time_out_no_gap_counts()
    {
        StreamingNetwork stream = new(Network.FromBlob(Recurrent.Blob));
        for (int i = 0; i < 10; i++)
        {
            stream.Push(new float[2], 100_000 * i);
        }

        Assert.True(stream.IsReady);
    }

    [Fact]
    public void It_answers_when_it_has_seen_a_window_and_not_before_a_block()
    {
        StreamingNetwork stream = new(Network.FromBlob(Convolution.Blob));
        Assert.Throws<InvalidOperationException>(() => stream.Detect());
        Assert.False(stream.Push(new float[2]));
        Assert.Throws<InvalidOperationException>(() => stream.Detect());
        Assert.Equal([false, false, false, false, false, false, false, false, true, false, true],
            Enumerable.Range(0, 11).Select(_ => stream.Push(new float[2])));
        stream.WarmUp = 0;
        stream.Reset();
        Assert.Equal([false, true], Enumerable.Range(0, 2).Select(_ => stream.Push(new float[2])));
        stream.Detect();
    }

    [Fact]
    public void A_network_that_keeps_nothing_or_cannot_answer_twice_is_refused()
    {
        Network window = Network.FromBlob(Blob(10, 2, NetworkTask.Classification, new GruDescription(4)));
        Assert.Contains("--stream", Assert.Throws<ArgumentException>(() => new StreamingNetwork(window)).Message);
        Planning.PlanBuilder plan = new Planning.PlanBuilder(2, NetworkTask.Classification, Core.Losses.Loss.SoftmaxCrossEntropy)
            .AddBehind(Recurrence.Gru.GruCode, 4, 4, [4, 0, 2]).AddDense(3, Activation.Relu).AddDense(3, Activation.Softmax);
        Assert.Contains("Layer 2 writes over", Assert.Throws<ArgumentException>(() => new StreamingNetwork(plan.ToNetwork())).Message);
        Planning.PlanBuilder bare = new Planning.PlanBuilder(2, NetworkTask.Regression, Core.Losses.Loss.HalfSquaredError)
            .AddBehind(Recurrence.Gru.GruCode, 4, 4, [4, 0, 2]);
        Assert.Contains("one behind it", Assert.Throws<ArgumentException>(() => new StreamingNetwork(bare.ToNetwork())).Message);
    }

    [Fact]
    public void A_regression_answers_and_has_no_events()
    {
        byte[] blob = Blob(10, 2, NetworkTask.Regression, new GruDescription(4));
        StreamingNetwork stream = new(Network.FromBlob(StreamForm.Of(blob).Blob));
        float[] answer = new float[Classes];
        float[][] signal = Signal(10, 2);
        Assert.True(signal.Select(sample => stream.Push(sample)).ToArray()[^1]);
        Assert.Equal(-1, stream.Answer(answer));
        Assert.Equal(Answer(Network.FromBlob(blob), signal, 0), answer);
        Assert.Null(stream.Events);
        Assert.Throws<InvalidOperationException>(() => stream.Detect());
    }
}
