using System;
using Tiny.Core.Blobs;

namespace Tiny.Convolution
{
    /// <summary>The channels of two buffers beside each other.</summary>
    public sealed class ConcatLayer : MergeLayer
    {
        private int places;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Concat.ConcatCode; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            places = reader.Dimension(reader.Output, 0) * reader.Dimension(reader.Output, 1);
        }

        /// <inheritdoc/>
        protected override void Run(float[] a, float[] b, float[] z)
        {
            int first = Inputs / places;
            int second = Outputs / places - first;
            int to = 0;
            for (int place = 0; place < places; place++)
            {
                Array.Copy(a, place * first, z, to, first);
                to += first;
                Array.Copy(b, place * second, z, to, second);
                to += second;
            }
        }
    }
}
