using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>Gated recurrent units whose parameters are one array in the order of the blob, as the kernel in C takes them.</summary>
    public sealed class NativeGruLayer : RecurrentLayer
    {
        private readonly float[] parameters;
        private readonly float[] scratch; // (4 * units)

        /// <summary>Room for so many units over so many channels.</summary>
        public NativeGruLayer(int units, int channels)
            : base(units)
        {
            parameters = new float[(int)Gru.ParametersOf(units, channels)];
            scratch = new float[4 * units];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Gru.GruCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return (int)Gru.ParametersOf(Units, Channels); }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            int units = reader.AttributeUInt16(0);
            return (reader.Attribute(RecurrentKind.FlagsAt) & RecurrentKind.Exact) == 0 && 4 * units <= scratch.Length && Gru.ParametersOf(units, reader.Dimension(reader.Input, 2)) <= parameters.Length;
        }

        /// <inheritdoc/>
        public override void Advance(float[] x, int at)
        {
            SigmoidTable table = SigmoidTable.Shared;
            FloatKernels.GruStep(x, at, State, parameters, scratch, Units, Channels, table.Intercepts, table.Slopes);
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            Array.Copy(parameters, first, destination, 0, count);
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                if (source[i] - source[i] != 0f)
                {
                    throw Guard.NotFinite("source", i);
                }
            }

            Array.Copy(source, 0, parameters, first, count);
        }

        /// <inheritdoc/>
        protected override void Shape(int units, int channels)
        {
        }
    }
}
