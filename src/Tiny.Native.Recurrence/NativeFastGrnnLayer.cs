using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>FastGRNN units by the firmware's C: a step is one call.</summary>
    /// <seealso cref="NativeFastGrnn"/>
    public sealed class NativeFastGrnnLayer : NativeRecurrentLayer
    {
        private const int Shares = 2; // zeta and nu, the last parameters

        /// <summary>Room for so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public NativeFastGrnnLayer(int units, int channels)
            : base(units, (int)FastGrnn.ParametersOf(units, channels), units)
        {
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return FastGrnn.FastGrnnCode; }
        }

        /// <inheritdoc/>
        public override void Advance(float[] x, int at)
        {
            SigmoidTable table = SigmoidTable.Shared;
            FloatKernels.FastGrnnStep(x, at, State, Parameters, Scratch, Units, Channels, table.Intercepts, table.Slopes);
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">A number is not finite, or zeta or nu not from 0 to 1; then nothing changes.</exception>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            int from = ParameterCount - Shares - first;
            for (int i = from < 0 ? 0 : from; i < count; i++)
            {
                // What is not finite is refused below, with the words for that.
                if (Guard.IsFinite(source[i]) && !FastGrnnLayer.IsShare(source[i]))
                {
                    throw new ArgumentException("source[" + i + "] is zeta or nu, expected from 0 to 1.", "source");
                }
            }

            base.SetParameters(source, first, count);
        }

        /// <inheritdoc/>
        protected override int CountOf(int units, int channels)
        {
            return (int)FastGrnn.ParametersOf(units, channels);
        }

        /// <inheritdoc/>
        protected override int SumsOf(int units)
        {
            return units;
        }
    }
}
