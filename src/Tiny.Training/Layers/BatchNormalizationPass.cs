using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// Batches through batch normalization, a channel a part. Rows that only fill up the last group count in no average and get no gradient.
/// </summary>
internal sealed class BatchNormalizationPass : LanePass
{
    private readonly BatchNormalization layer;
    private readonly LaneInput input;
    private readonly SharedWork forward;
    private readonly SharedWork backward;
    private readonly float[] means;    // (channels) that the batch at hand was normalized by
    private readonly float[] inverses; // (channels) 1 / sqrt(variance + eps)
    private readonly float[] gradients; // gamma's, then beta's
    private int batchRows;

    internal BatchNormalizationPass(BatchNormalization layer, PassContext context)
        : base(layer, context, layer.Function.Parameter)
    {
        this.layer = layer;
        input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
        Inputs = [input];
        forward = new SharedWork(context.Team, Forward);
        backward = new SharedWork(context.Team, Backward);
        means = new float[layer.Channels];
        inverses = new float[layer.Channels];
        gradients = new float[layer.MeanAt - layer.GammaAt];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<LaneInput> Inputs { get; }

    private int Count => batchRows * layer.Places;

    /// <inheritdoc/>
    protected override void Run(int rows)
    {
        batchRows = rows;
        forward.Run(layer.Channels, rows * layer.Work);
        Activate(0, Lanes.Groups(rows) * GroupLength);
    }

    /// <inheritdoc/>
    protected override void Back(int rows, GradientUse use)
    {
        backward.Run(layer.Channels, rows * layer.Work);
        int half = gradients.Length / 2;
        use.Use(layer.GammaAt, gradients.AsSpan(0, half), isWeight: false);
        use.Use(layer.BetaAt, gradients.AsSpan(half), isWeight: false);
    }

    private void Forward(int channel, int worker)
    {
        float[] parameters = Context.Parameters;
        if (Context.IsLearning)
        {
            float mean = Sum(channel, 0f, squares: false) / Count;
            float variance = Sum(channel, mean, squares: true) / Count;
            Average(ref parameters[layer.MeanAt + channel], mean);
            Average(ref parameters[layer.VarianceAt + channel], variance);
            means[channel] = mean;
            inverses[channel] = 1f / MathF.Sqrt(variance + BatchNormalization.Epsilon);
        }
        else
        {
            means[channel] = parameters[layer.MeanAt + channel];
            inverses[channel] = 1f / MathF.Sqrt(parameters[layer.VarianceAt + channel] + BatchNormalization.Epsilon);
        }

        float scale = inverses[channel] * parameters[layer.GammaAt + channel];
        float shift = parameters[layer.BetaAt + channel] - means[channel] * scale;
        for (int at = channel * Lanes.Width; at < Lanes.Groups(batchRows) * GroupLength; at += layer.Channels * Lanes.Width)
        {
            (Vector512.Create(input.Values, at) * scale + Vector512.Create(shift)).CopyTo(SumLanes, at);
        }
    }

    private static void Average(ref float running, float value) => running += BatchNormalization.Momentum * (value - running);

    /// <summary>The sum of x - shift over the batch's rows, or that of its square.</summary>
    private float Sum(int channel, float shift, bool squares)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int group = 0; group < Lanes.Groups(batchRows); group++)
        {
            Vector512<float> real = Real(group);
            for (int place = 0; place < layer.Places; place++)
            {
                Vector512<float> value = (Vector512.Create(input.Values, At(group, place, channel)) - Vector512.Create(shift)) * real;
                sum += squares ? value * value : value;
            }
        }

        return LaneSums.Total(sum);
    }

    /// <summary>
    /// dgamma = sum dz n, dbeta = sum dz, dx = gamma / sqrt(variance + eps) (dz - (dbeta + n dgamma) / count), n being x normalized.
    /// </summary>
    private void Backward(int channel, int worker)
    {
        Vector512<float> gamma = Vector512<float>.Zero;
        Vector512<float> beta = Vector512<float>.Zero;
        for (int group = 0; group < Lanes.Groups(batchRows); group++)
        {
            for (int place = 0; place < layer.Places; place++)
            {
                Vector512<float> dz = Vector512.Create(Gradients, At(group, place, channel));
                gamma += dz * Normalized(group, place, channel);
                beta += dz;
            }
        }

        float dgamma = LaneSums.Total(gamma);
        float dbeta = LaneSums.Total(beta);
        gradients[channel] = dgamma;
        gradients[gradients.Length / 2 + channel] = dbeta;
        float scale = Context.Parameters[layer.GammaAt + channel] * inverses[channel];
        for (int group = 0; group < Lanes.Groups(batchRows) && input.WantsGradient; group++)
        {
            Vector512<float> real = Real(group) * scale;
            for (int place = 0; place < layer.Places; place++)
            {
                int at = At(group, place, channel);
                Vector512<float> mean = (Vector512.Create(dbeta) + Normalized(group, place, channel) * dgamma) / Count;
                ((Vector512.Create(Gradients, at) - mean) * real).CopyTo(input.Gradients, at);
            }
        }
    }

    private Vector512<float> Normalized(int group, int place, int channel) =>
        (Vector512.Create(input.Values, At(group, place, channel)) - Vector512.Create(means[channel])) * inverses[channel];

    private int At(int group, int place, int channel) => group * GroupLength + (place * layer.Channels + channel) * Lanes.Width;

    /// <summary>1 for rows of a group that there are, else 0.</summary>
    private Vector512<float> Real(int group) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512.CreateSequence(0f, 1f), Vector512.Create((float)(batchRows - group * Lanes.Width))),
            Vector512<float>.One, Vector512<float>.Zero);
}
