using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8.Kernels;

namespace Tiny.Int8
{
    /// <summary>An int8 layer behind another: it takes three of its inputs in each long, and sums one row at a time.</summary>
    /// <remarks>
    /// A digit long holds inputs at bits 0, 21 and 43, a weight long their weights at bits 43, 22 and 0, so the three products that belong
    /// together meet at bit 43, and the top 21 bits of a sum are the row's. The cross products stay below: over the 22 longs of a block
    /// they come to at most 22 * 127^2 * (2^22 + 2^21 + 1) &lt; 2^42, and sums begin with 2^42, so nothing is borrowed from
    /// the top. The top holds what is below 2^20: sum |weight| * 127 of 64 inputs always is, and a blob in which the first
    /// block's, with the bias, reaches 2^20 is refused. A layer of more than 64 inputs has blocks of 63, which are 21 whole
    /// longs. Block b of a row is one array: what the sum begins with, then its weights.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8Layers"/>
    public class DigitDenseLayer : Int8Layer
    {
        /// <summary>What a sum begins with.</summary>
        public const long Start = 1L << 42;

        private long[] scratch; // (digits of a block), null where there is one block
        private long[] from;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return DigitDense.DigitDenseCode; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            from = (long[])buffers[reader.Input];
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            long[][] weights = Weights;
            int rows = Rows;
            int[] sums = Sums;
            if (scratch != null)
            {
                RunBlocks(weights, rows, sums);
            }
            else if (Output != null)
            {
                Run(from, weights, 0, rows, Output, Scales, sums, weights[0].Length - 1);
                Activate();
                return;
            }
            else
            {
                Array.Clear(sums, 0, rows);
                Run(from, weights, 0, rows, null, null, sums, weights[0].Length - 1);
            }

            Finish();
        }

        private void RunBlocks(long[][] weights, int rows, int[] sums)
        {
            Array.Clear(sums, 0, rows);
            long[] block = scratch;
            int longs = Int8Blocks.OfDigits(Inputs) / 3;
            int at = 0;
            for (int first = 0; first < weights.Length; first += rows)
            {
                int left = (Inputs + 2) / 3 - at;
                Array.Clear(block, 0, block.Length);
                Array.Copy(from, at, block, 0, left < longs ? left : longs);
                at += longs;
                Run(block, weights, first, rows, null, null, sums, weights[first].Length - 1);
            }
        }

        /// <inheritdoc/>
        public override void Allocate(BlobReader reader)
        {
            base.Allocate(reader);
            int span = Int8Blocks.OfDigits(Inputs);
            int blocks = (Inputs + span - 1) / span;
            Weights = new long[blocks * Rows][];
            for (int i = 0; i < Weights.Length; i++)
            {
                int left = Inputs - i / Rows * span;
                Weights[i] = new long[1 + WidthFor(((left < span ? left : span) + 2) / 3)];
            }

            scratch = blocks > 1 || Weights[0].Length - 1 > reader.BufferLength(reader.Input) ? new long[Weights[0].Length - 1] : null;
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            int rows = Rows;
            int inputs = Inputs;
            long[][] weights = Weights;
            int span = Int8Blocks.OfDigits(inputs);
            for (int row = 0; row < rows; row++)
            {
                for (int i = row; i < weights.Length; i += rows)
                {
                    Array.Clear(weights[i], 0, weights[i].Length);
                    weights[i][0] = Start;
                }

                weights[row][0] += (long)reader.Int32At(biasesAt + 4 * row) << 43;
                for (int input = 0; input < inputs; input++)
                {
                    long weight = (sbyte)reader.ByteAt(at + row * inputs + input);
                    int place = input % span % 3;
                    weights[input / span * rows + row][1 + input % span / 3] += weight << (place == 0 ? 43 : place == 1 ? 22 : 0);
                }
            }
        }

        /// <summary>Longs of weights that the kernel takes for so many digits.</summary>
        /// <param name="longs">Longs of digits, 1 or more.</param>
        protected virtual int WidthFor(int longs)
        {
            return DigitProducts.WidthFor(longs);
        }

        /// <summary>
        /// Adds one block of inputs to the sums; or where z is not null, gives it the sums of the only block, each by its scale.
        /// </summary>
        /// <param name="block">(longs of the block), three digits in each.</param>
        /// <param name="weights">(blocks * rows)(1 + longs of the block).</param>
        /// <param name="first">The block's first row of weights.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="z">Null, or (rows). Receives the sums of the only block, each by its scale.</param>
        /// <param name="scales">(rows), null where z is.</param>
        /// <param name="sums">(rows), is added to; null where z is not.</param>
        /// <param name="width">Longs of the block.</param>
        protected virtual void Run(long[] block, long[][] weights, int first, int rows, float[] z, float[] scales, int[] sums, int width)
        {
            DigitProducts.Run(block, weights, first, rows, z, scales, sums, width);
        }
    }
}
