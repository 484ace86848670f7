using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// Gated recurrent units in training: z = s(bz + Wz x + Uz h), r = s(br + Wr x + Ur h), n = tanh(bn + Wn x + r (cn + Un h)), h' = (1 - z)
/// n + z h. Its rows of weights are those of z, then of r, channels and states each; of n, channels; of n, states.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class Gru : Recurrent
{
    internal Gru(GruDescription description, Shape input)
        : base(description, input)
    {
        IsExact = description.IsExact;
    }

    /// <summary>Whether the device computes their gates by exponentials.</summary>
    public bool IsExact { get; }

    /// <inheritdoc/>
    public override long ParameterCount => Recurrence.Gru.ParametersOf(Units, Channels);

    /// <inheritdoc/>
    public override long ParameterLength => BiasesFrom + Blocks.Count(4 * Units) * Blocks.Width;

    /// <inheritdoc/>
    public override int Kind => Recurrence.Gru.GruCode;

    /// <inheritdoc/>
    internal override int Kept => 4;

    /// <inheritdoc/>
    internal override int WeightCount => StateRowsFrom + Units * Units;

    /// <summary>Where, behind the layer's first parameter, the rows of n for x begin.</summary>
    internal int SampleRowsFrom => 2 * Units * (Channels + Units);

    /// <summary>Where the rows of n for h begin.</summary>
    internal int StateRowsFrom => SampleRowsFrom + Units * Channels;

    /// <inheritdoc/>
    private protected override string Name => "gru";

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs)
    {
        byte[] attributes = base.Attributes(inputs);
        attributes[Recurrence.RecurrentKind.FlagsAt] |= IsExact ? (byte)Recurrence.RecurrentKind.Exact : (byte)0;
        return attributes;
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
