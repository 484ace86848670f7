using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8;

namespace Tiny.Native.Int8
{
    /// <summary>The first int8 layer, of levels from 0 to 255.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeLevelDenseLayer : NativeInt8Layer
    {
        /// <summary>
        /// (2) or (2 inputs): scale and offset of all inputs, or of each; x * scale + offset is the level less 256, cut toward 0.
        /// </summary>
        public float[] Scaling;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return LevelDense.LevelDenseCode; }
        }

        /// <inheritdoc/>
        public override void Allocate(BlobReader reader)
        {
            base.Allocate(reader);
            Scaling = new float[reader.InputForm == InputForm.LevelsEach ? 2 * Inputs : 2];
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return base.HasRoomFor(reader) && (reader.InputForm == InputForm.LevelsEach) == (Scaling.Length != 2);
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            for (int i = 0; i < Scaling.Length; i++)
            {
                Scaling[i] = reader.FloatAt(reader.NormalizationAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Tiny.Core.Scaling ignored)
        {
            int fault = Int8Kernels.Levels(sample, Taken, Scaling, Scaling.Length == 2 ? 0 : 1, Inputs);
            if (fault >= 0)
            {
                throw Guard.NotFinite("inputs", fault);
            }

            Run(Taken);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            Run(given);
        }
    }
}
