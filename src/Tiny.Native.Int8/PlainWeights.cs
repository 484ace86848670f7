using System;
using Tiny.Core.Blobs;

namespace Tiny.Native.Int8
{
    /// <summary>
    /// The int8 weights of a layer, one byte each. Those of the blob that a network is made from stay where they are, in that
    /// array; those of a model that is loaded later are copied, as its array is the caller's to use again.
    /// </summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class PlainWeights
    {
        /// <summary>The bytes that hold the weights, and the biases before them.</summary>
        public byte[] Bytes;

        /// <summary>Where the biases begin.</summary>
        public int BiasesAt;

        /// <summary>Where the weights begin.</summary>
        public int WeightsAt;

        /// <summary>Bytes from the biases on that are the node's: biases, scales or shifts, weights.</summary>
        public readonly int Length;

        /// <summary>(rows) what sums begin with.</summary>
        public readonly int[] Starts;

        private byte[] own;
        private bool stays;

        /// <summary>For the node at which the reader stands: of a blob, or of a plan, whose weights are loaded later.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="rows">Rows of weights, 1 or more.</param>
        public PlainWeights(BlobReader reader, int rows)
        {
            Starts = new int[rows];
            Length = reader.WeightBytes;
            stays = reader.WeightsAt >= 0;
            if (!stays)
            {
                own = new byte[Length];
            }
        }

        /// <summary>Takes the memory that loading another model needs: so that where there is none, the network stays as it was.</summary>
        public void Prepare()
        {
            if (own == null)
            {
                own = new byte[Length];
            }
        }

        /// <summary>Takes the weights of the node.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="biasesAt">Where its biases stand.</param>
        /// <param name="at">Where its weights stand.</param>
        /// <param name="inputs">Weights of a row.</param>
        /// <param name="zero">The byte that counts as 0 in what the layer reads.</param>
        public void Take(BlobReader reader, int biasesAt, int at, int inputs, int zero)
        {
            if (stays)
            {
                Bytes = reader.Bytes;
                BiasesAt = reader.Start + biasesAt;
                WeightsAt = reader.Start + at;
                stays = false;
            }
            else
            {
                Array.Copy(reader.Bytes, reader.Start + reader.WeightsAt, own, 0, Length);
                Bytes = own;
                BiasesAt = biasesAt - reader.WeightsAt;
                WeightsAt = at - reader.WeightsAt;
            }

            Int8Kernels.RowStarts(Bytes, BiasesAt, WeightsAt, Starts, inputs, Starts.Length, zero);
        }
    }
}
