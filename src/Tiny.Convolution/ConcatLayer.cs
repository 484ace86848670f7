using System;
using Tiny.Core.Blobs;

namespace Tiny.Convolution
{
    /// <summary>The channels of two buffers beside each other.</summary>
    /// <seealso cref="Concat"/>
    public sealed class ConcatLayer : MergeLayer
    {
        /// <summary>Places of what it gives.</summary>
        public int Places;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Concat.ConcatCode; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Places = reader.Dimension(reader.Output, 0) * reader.Dimension(reader.Output, 1);
        }

        /// <inheritdoc/>
        protected override void Run(float[] a, float[] b, float[] z)
        {
            int first = Inputs / Places;
            int second = Outputs / Places - first;
            int to = 0;
            for (int place = 0; place < Places; place++)
            {
                Array.Copy(a, place * first, z, to, first);
                to += first;
                Array.Copy(b, place * second, z, to, second);
                to += second;
            }
        }
    }
}
