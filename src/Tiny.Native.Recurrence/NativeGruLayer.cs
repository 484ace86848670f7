using Tiny.Core.Activations;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>Gated recurrent units by the firmware's C: a step is one call.</summary>
    /// <seealso cref="NativeGru"/>
    public sealed class NativeGruLayer : NativeRecurrentLayer
    {
        /// <summary>Room for so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public NativeGruLayer(int units, int channels)
            : base(units, (int)Gru.ParametersOf(units, channels), 4 * units)
        {
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Gru.GruCode; }
        }

        /// <inheritdoc/>
        public override void Advance(float[] x, int at)
        {
            SigmoidTable table = SigmoidTable.Shared;
            FloatKernels.GruStep(x, at, State, Parameters, Scratch, Units, Channels, table.Intercepts, table.Slopes);
        }

        /// <inheritdoc/>
        protected override int CountOf(int units, int channels)
        {
            return (int)Gru.ParametersOf(units, channels);
        }

        /// <inheritdoc/>
        protected override int SumsOf(int units)
        {
            return 4 * units;
        }
    }
}
