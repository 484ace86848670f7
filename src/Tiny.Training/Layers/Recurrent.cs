using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// A recurrent layer in training, by backpropagation through the window or through pieces of
/// it. Its parameters are rows of weights, then the biases of all rows.
/// </summary>
/// <seealso cref="LayerDescription"/>
public abstract class Recurrent : TrainingLayer
{
    private protected Recurrent(RecurrentDescription description, Shape input)
        : base(input.Values, description.GivesEvery ? input with { Channels = description.Units } : Shape.Vector(description.Units),
        description.Dropout)
    {
        Units = description.Units;
        GivesEvery = description.GivesEvery;
        Signal = input;
        Truncation = description.Truncation <= 0 ? Steps : Math.Min(description.Truncation, Steps);
    }

    /// <summary>Units.</summary>
    public int Units { get; }

    /// <summary>Whether it gives the state after every sample.</summary>
    public bool GivesEvery { get; }

    /// <summary>What it goes through, sample by sample.</summary>
    public Shape Signal { get; }

    /// <summary>Samples through which a gradient goes back at most; those of the window where nothing is cut off.</summary>
    public int Truncation { get; }

    /// <inheritdoc/>
    public override int Widest => Math.Max(Inputs, Steps * Units);

    /// <inheritdoc/>
    public override long Columns => base.Columns + (long)Steps * Units * (1 + Kept);

    /// <inheritdoc/>
    public override long Work => Steps * ParameterCount;

    /// <summary>Samples of a window.</summary>
    internal int Steps => Signal.Height * Signal.Width;

    /// <summary>Channels of a sample.</summary>
    internal int Channels => Signal.Channels;

    /// <summary>Values that a step leaves of each unit for the way back.</summary>
    internal abstract int Kept { get; }

    /// <summary>Weights, biases not counted.</summary>
    internal abstract int WeightCount { get; }

    /// <summary>Where, behind the layer's first parameter, the biases begin: first those of the gate that keeps the state.</summary>
    internal int BiasesFrom => Blocks.Count(WeightCount) * Blocks.Width;

    /// <summary>What the layer is called.</summary>
    private protected abstract string Name { get; }

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [(byte)Units, (byte)(Units >> 8), GivesEvery ? (byte)1 : (byte)0];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{Name} of {Units} over {Signal}{(GivesEvery ? ", every state" : "")}"
        + $"{(Truncation < Steps ? $", gradients through {Truncation}" : "")}";

    /// <summary>
    /// Weights within 1 / sqrt(units), as is usual for recurrent layers. The biases of the gate that keeps the state spread
    /// the units' memories from one sample to the whole window (Tallec and Ollivier 2018: ln of a number drawn from 1 to
    /// the steps less 1), so that what is far back is not out of reach; the others are 0.
    /// </summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        float limit = 1f / MathF.Sqrt(Units);
        foreach (ref float weight in parameters.AsSpan(ParametersAt, WeightCount))
        {
            weight = random.NextSymmetric(limit);
        }

        float span = Math.Max(0, Steps - 2) / 2f;
        foreach (ref float bias in parameters.AsSpan(ParametersAt + BiasesFrom, Units))
        {
            bias = MathF.Log(1f + span + random.NextSymmetric(span));
        }
    }
}
