using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>Recurrent units whose parameters are one array in the order of the blob, as the kernels in C take them.</summary>
    /// <seealso cref="NativeGru"/>
    public abstract class NativeRecurrentLayer : RecurrentLayer
    {
        /// <summary>The parameters, in the order of the blob.</summary>
        protected readonly float[] Parameters;

        /// <summary>(4 * units) for gated recurrent units, (units) for FastGRNN: the sums of a step.</summary>
        protected readonly float[] Scratch;

        /// <summary>Room for so many units, so many parameters and so many sums of a step.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="parameters">Parameters.</param>
        /// <param name="sums">Sums of a step.</param>
        protected NativeRecurrentLayer(int units, int parameters, int sums)
            : base(units)
        {
            Parameters = new float[parameters];
            Scratch = new float[sums];
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return CountOf(Units, Channels); }
        }

        /// <summary>
        /// Whether so many units, and so many parameters, have room. Units whose gates are exact have none: they are managed.
        /// </summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            int units = reader.AttributeUInt16(0);
            bool exact = (reader.Attribute(RecurrentKind.FlagsAt) & RecurrentKind.Exact) != 0;
            return !exact && units <= State.Length && SumsOf(units) <= Scratch.Length
                && CountOf(units, reader.Dimension(reader.Input, 2)) <= Parameters.Length;
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            Array.Copy(Parameters, first, destination, 0, count);
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                if (!Guard.IsFinite(source[i]))
                {
                    throw Guard.NotFinite("source", i);
                }
            }

            Array.Copy(source, 0, Parameters, first, count);
        }

        /// <summary>Parameters of so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        protected abstract int CountOf(int units, int channels);

        /// <summary>Sums of a step of so many units.</summary>
        /// <param name="units">Units, 1 or more.</param>
        protected abstract int SumsOf(int units);

        /// <summary>Nothing: the kernel goes by units and channels alone.</summary>
        protected override void Shape(int units, int channels)
        {
        }
    }
}
