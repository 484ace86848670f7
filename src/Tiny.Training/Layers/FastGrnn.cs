using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// FastGRNN units in training: a = b + W x + U h, z = s(a), n = tanh(a + c), h' = (zeta (1 - z) + nu) n + z h. Behind b of
/// all units its biases are c of all, then the logits of zeta and nu, which so stay between 0 and 1.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class FastGrnn : Recurrent
{
    // Of zeta and nu at first, as the paper has them: 0.73 and 0.018.
    private const float FirstZeta = 1f;
    private const float FirstNu = -4f;

    internal FastGrnn(FastGrnnDescription description, Shape input)
        : base(description, input)
    {
    }

    /// <inheritdoc/>
    public override long ParameterCount => Recurrence.FastGrnn.ParametersOf(Units, Channels);

    /// <inheritdoc/>
    public override long ParameterLength => BiasesFrom + Blocks.Count(2 * Units + 2) * Blocks.Width;

    /// <inheritdoc/>
    public override int Kind => Recurrence.FastGrnn.FastGrnnCode;

    /// <inheritdoc/>
    internal override int Kept => 2;

    /// <inheritdoc/>
    internal override int WeightCount => Units * Row;

    /// <summary>Weights of a unit.</summary>
    internal int Row => Channels + Units;

    /// <summary>Where, behind the layer's first parameter, the logits of zeta and nu stand.</summary>
    internal int LogitsFrom => BiasesFrom + 2 * Units;

    /// <inheritdoc/>
    private protected override string Name => "fastgrnn";

    /// <summary>What a logit stands for.</summary>
    internal static float Share(float logit) => 1f / (1f + MathF.Exp(-logit));

    /// <summary>As of every recurrent layer; c takes out of n what spreads the memories of z.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        base.Draw(parameters, random);
        Span<float> biases = parameters.AsSpan(ParametersAt + BiasesFrom);
        for (int unit = 0; unit < Units; unit++)
        {
            biases[Units + unit] = -biases[unit];
        }

        parameters[ParametersAt + LogitsFrom] = FirstZeta;
        parameters[ParametersAt + LogitsFrom + 1] = FirstNu;
    }

    /// <inheritdoc/>
    public override void CopyParameters(float[] parameters, float[] destination)
    {
        int bias = ParametersAt + BiasesFrom;
        for (int unit = 0; unit < Units; unit++)
        {
            int to = unit * (1 + Row);
            destination[to] = parameters[bias + unit];
            Array.Copy(parameters, ParametersAt + unit * Row, destination, to + 1, Row);
        }

        int behind = Units * (1 + Row);
        Array.Copy(parameters, bias + Units, destination, behind, Units);
        destination[behind + Units] = Share(parameters[ParametersAt + LogitsFrom]);
        destination[behind + Units + 1] = Share(parameters[ParametersAt + LogitsFrom + 1]);
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new FastGrnnPass(this, context);
}
