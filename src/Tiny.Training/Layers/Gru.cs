using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// Gated recurrent units in training, by backpropagation through the whole window: z = s(bz + Wz x + Uz h), r = s(br + Wr x + Ur h), n = tanh(bn + Wn x + r (cn + Un h)),
/// h' = (1 - z) n + z h. Its parameters are rows of weights (of z, then of r, channels and states each; of n, channels; of n, states), then the biases of all rows.
/// </summary>
public sealed class Gru : TrainingLayer
{
    internal Gru(GruDescription description, Shape input)
        : base(input.Values, description.GivesEvery ? input with { Channels = description.Units } : Shape.Vector(description.Units), description.Dropout)
    {
        Units = description.Units;
        GivesEvery = description.GivesEvery;
        Signal = input;
    }

    /// <summary>Units.</summary>
    public int Units { get; }

    /// <summary>Whether it gives the state after every sample.</summary>
    public bool GivesEvery { get; }

    /// <summary>What it goes through, sample by sample.</summary>
    public Shape Signal { get; }

    /// <inheritdoc/>
    public override long ParameterCount => Recurrence.Gru.ParametersOf(Units, Channels);

    /// <inheritdoc/>
    public override long ParameterLength => BiasesFrom + Blocks.Count(4 * Units) * Blocks.Width;

    /// <inheritdoc/>
    public override int Widest => Math.Max(Inputs, Steps * Units);

    /// <inheritdoc/>
    public override long Columns => base.Columns + (long)Steps * Units * 5;

    /// <inheritdoc/>
    public override long Work => Steps * ParameterCount;

    /// <inheritdoc/>
    public override int Kind => Recurrence.Gru.GruCode;

    /// <summary>Samples of a window.</summary>
    internal int Steps => Signal.Height * Signal.Width;

    /// <summary>Channels of a sample.</summary>
    internal int Channels => Signal.Channels;

    /// <summary>Where, behind the layer's first parameter, the rows of n for x begin.</summary>
    internal int SampleRowsFrom => 2 * Units * (Channels + Units);

    /// <summary>Where the rows of n for h begin.</summary>
    internal int StateRowsFrom => SampleRowsFrom + Units * Channels;

    /// <summary>Where the biases begin: of z, of r, of n for x, of n for h.</summary>
    internal int BiasesFrom => Blocks.Count(StateRowsFrom + Units * Units) * Blocks.Width;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [(byte)Units, (byte)(Units >> 8), GivesEvery ? (byte)1 : (byte)0];

    /// <inheritdoc/>
    public override string Describe() => $"gru of {Units} over {Signal}{(GivesEvery ? ", every state" : "")}";

    /// <summary>
    /// Weights within 1 / sqrt(units), as is usual for recurrent layers. The biases of z spread the units' memories from one sample to the whole window (Tallec and Ollivier 2018:
    /// ln of a number drawn from 1 to the steps less 1), so that what is far back is not out of reach; the others are 0.
    /// </summary>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        float limit = 1f / MathF.Sqrt(Units);
        foreach (ref float weight in parameters.AsSpan(ParametersAt, StateRowsFrom + Units * Units))
        {
            weight = random.NextSymmetric(limit);
        }

        float span = Math.Max(0, Steps - 2) / 2f;
        foreach (ref float bias in parameters.AsSpan(ParametersAt + BiasesFrom, Units))
        {
            bias = MathF.Log(1f + span + random.NextSymmetric(span));
        }
    }

    /// <inheritdoc/>
    public override void CopyParameters(float[] parameters, float[] destination)
    {
        int to = 0;
        int bias = ParametersAt + BiasesFrom;
        Rows(ParametersAt, 2 * Units, Channels + Units);
        Rows(ParametersAt + SampleRowsFrom, Units, Channels);
        Rows(ParametersAt + StateRowsFrom, Units, Units);

        void Rows(int from, int rows, int length)
        {
            for (int row = 0; row < rows; row++, to += 1 + length)
            {
                destination[to] = parameters[bias++];
                Array.Copy(parameters, from + row * length, destination, to + 1, length);
            }
        }
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new GruPass(this, context);
}
