using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// Batch normalization, which there is in training alone: z = (x - mean) / sqrt(variance + eps) gamma + beta, of each channel over
/// the batch and all places, a = f(z); while a batch is only tried, by running averages. On export it is folded into the layer
/// before. Its parameters are gamma, beta, and the running mean and variance, which no gradient moves.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class BatchNormalization : TrainingLayer
{
    /// <summary>What is added to a variance.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>How much of a running average a batch makes.</summary>
    internal const float Momentum = 0.1f;

    internal BatchNormalization(BatchNormalizationDescription description, IReadOnlyList<Shape> inputs)
        : base(LayerDescription.OnlyOne(inputs).Values, inputs[0], description.Dropout)
    {
        Function = LayerActivation.Of(description.Activation, description.ActivationParameter);
    }

    /// <inheritdoc/>
    public override Activation Activation => Function.Function;

    /// <summary>None of a blob's.</summary>
    public override long ParameterCount => 0;

    /// <inheritdoc/>
    public override long ParameterLength => 4L * Stride;

    /// <inheritdoc/>
    public override long Work => 4 * Partition.MultiplyAddsOfMove * Outputs;

    /// <inheritdoc/>
    public override int Kind =>
        throw new InvalidOperationException("Batch normalization is in no blob: it is folded into the layer before.");

    internal LayerActivation Function { get; }

    internal int Channels => Output.Channels;

    internal int Places => Outputs / Channels;

    internal int GammaAt => ParametersAt;

    internal int BetaAt => ParametersAt + Stride;

    internal int MeanAt => ParametersAt + 2 * Stride;

    internal int VarianceAt => ParametersAt + 3 * Stride;

    private int Stride => Blocks.Count(Channels) * Blocks.Width;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) =>
        throw new InvalidOperationException("Batch normalization is in no blob.");

    /// <inheritdoc/>
    public override string Describe() => $"batch normalization {Output} {Function.Words}";

    /// <summary>gamma 1, beta 0, and averages of a standard distribution.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        parameters.AsSpan(GammaAt, Channels).Fill(1f);
        parameters.AsSpan(VarianceAt, Channels).Fill(1f);
    }

    /// <summary>Takes the normalization of what a layer gives into the layer's own parameters, in double, rounded once.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="before">Those of the layer before in the order of a blob: for each channel its bias, then its weights.</param>
    internal void Fold(float[] parameters, float[] before)
    {
        int each = before.Length / Channels;
        for (int channel = 0; channel < Channels; channel++)
        {
            double scale = parameters[GammaAt + channel] / Math.Sqrt(parameters[VarianceAt + channel] + (double)Epsilon);
            int at = channel * each;
            before[at] = (float)(parameters[BetaAt + channel] + (before[at] - (double)parameters[MeanAt + channel]) * scale);
            for (int i = 1; i < each; i++)
            {
                before[at + i] = (float)(before[at + i] * scale);
            }
        }
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new BatchNormalizationPass(this, context);
}
