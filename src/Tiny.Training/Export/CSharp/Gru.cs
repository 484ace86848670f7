using Tiny.Core.Layers;
using Tiny.Recurrence;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Gated recurrent units as source: the three products of a sample in straight lines, gates and state in one loop, as in the core.
/// </summary>
internal sealed class Gru : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => RecurrentPart.BytesOf(layer);

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : RecurrentPart(context)
    {
        private readonly bool isExact = ((GruLayer)context.Layers[0]).IsExact;

        /// <inheritdoc/>
        protected override bool UsesTable => !isExact;

        private int Joined => Units * 2 * (1 + Channels + Units);

        /// <inheritdoc/>
        protected override IReadOnlyList<RecurrentRows> Products =>
        [
            new("Gates", Parameters, 0, 2 * Units, Channels, Units),
            new("OfSample", Parameters, Joined, Units, Channels, 0),
            new("OfState", Parameters, Joined + Units * (1 + Channels), Units, 0, Units),
        ];

        /// <inheritdoc/>
        protected override void Mix(CSharpText text)
        {
            (string g, string n, string m) = (Sums("Gates"), Sums("OfSample"), Sums("OfState"));
            if (isExact)
            {
                text.Line($"float a = {n}[j] + {m}[j] / (1f + Exponential.Exp(-{g}[j + {Units}]));");
                text.Line("a = 1f - 2f / (1f + Exponential.Exp(a + a));");
                text.Line($"h[j] = a + (h[j] - a) / (1f + Exponential.Exp(-{g}[j]));");
                return;
            }

            text.Line($"gate = {g}[j + {Units}];");
            Sigmoid(text);
            text.Line($"a = {n}[j] + gate * {m}[j];");
            Tanh(text);
            text.Line($"gate = {g}[j];");
            Sigmoid(text);
            text.Line("h[j] = a + (h[j] - a) * gate;");
        }
    }
}
