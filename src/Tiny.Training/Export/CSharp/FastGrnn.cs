using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// FastGRNN units as source: the product of a sample in straight lines, gate, candidate and state in one loop, as in the core.
/// </summary>
internal sealed class FastGrnn : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => RecurrentPart.BytesOf(layer);

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : RecurrentPart(context)
    {
        /// <inheritdoc/>
        protected override bool UsesTable => true;

        /// <inheritdoc/>
        protected override IReadOnlyList<RecurrentRows> Products => [new("Sums", Parameters, 0, Units, Channels, Units)];

        private string Candidates => "candidates" + Number;

        /// <inheritdoc/>
        public override void Fields(CSharpText text)
        {
            base.Fields(text);
            text.Line($"private static readonly float[] {Candidates} = new float[{Units}];");
        }

        /// <inheritdoc/>
        public override void Methods(CSharpText text)
        {
            base.Methods(text);
            text.Blank();
            text.Block($"private static void Offset{Number}(float[] a, float[] z)", () =>
            {
                for (int unit = 0; unit < Units; unit++)
                {
                    text.Line($"z[{unit}] = a[{unit}] + {CSharpText.Float(Parameters[^(Units + 2 - unit)])};");
                }
            });
        }

        /// <inheritdoc/>
        protected override void BeforeMix(CSharpText text) => text.Line($"Offset{Number}({Sums("Sums")}, {Candidates});");

        /// <inheritdoc/>
        protected override void Mix(CSharpText text)
        {
            (float zeta, float nu) = (Parameters[^2], Parameters[^1]);
            text.Line($"gate = {Sums("Sums")}[j];");
            Sigmoid(text);
            text.Line($"a = {Candidates}[j];");
            Tanh(text);
            text.Line($"h[j] = {CSharpText.Float(zeta + nu)} * a + (h[j] - {CSharpText.Float(zeta)} * a) * gate;");
        }
    }
}
