using System;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>An int8 layer behind another: it takes three of its inputs in each long, and sums one row at a time.</summary>
    /// <remarks>
    /// A digit long holds inputs at bits 0, 21 and 43, a weight long their weights at bits 43, 22 and 0, so the three products that belong
    /// together meet at bit 43, and the top 21 bits of a sum are the row's. The cross products stay below: over the 22 longs of a block
    /// they come to at most 22 * 127^2 * (2^22 + 2^21 + 1) &lt; 2^42, and sums begin with 2^42, so nothing is borrowed from the top. The top
    /// holds what is below 2^20: sum |weight| * 127 of 64 inputs always is, and a blob in which the first block's, with the bias, reaches
    /// 2^20 is refused. A layer of more than 64 inputs has blocks of 63, which are 21 whole longs.
    /// Block b of a row is one array: what the sum begins with, then its weights.
    /// </remarks>
    public sealed class InputPackedLayer : PackedLayer
    {
        private const long Start = 1L << 42;

        private readonly long[] scratch; // (digits of a block), null where there is one block

        internal InputPackedLayer(NetworkShape shape, int layer)
            : base(shape, layer, CountBlocks(shape.GetInputs(layer)) * shape.GetRows(layer))
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = new long[1 + WidthOfBlock(inputs, i / rows)];
            }

            scratch = CountBlocks(inputs) > 1 ? new long[WidthOfBlock(inputs, 0)] : null;
        }

        internal static int CountBlocks(int inputs)
        {
            return (inputs + Span(inputs) - 1) / Span(inputs);
        }

        /// <summary>Longs of the weights of a block.</summary>
        internal static int WidthOfBlock(int inputs, int block)
        {
            int left = inputs - block * Span(inputs);
            return InputPackedForward.WidthFor(((left < Span(inputs) ? left : Span(inputs)) + 2) / 3);
        }

        /// <summary>Inputs from one block to the next.</summary>
        internal static int Span(int inputs)
        {
            return inputs <= InputPackedForward.Widest ? InputPackedForward.Widest : InputPackedForward.Widest - 1;
        }

        /// <summary>One sample through the layer: to digits, or for the last int8 layer to sums as floats.</summary>
        /// <param name="digits">The inputs, and room for the outputs.</param>
        /// <param name="sums">(rows), null where the layer does without.</param>
        /// <param name="z">(rows) receives the sums of the last int8 layer.</param>
        internal void Run(long[] digits, int[] sums, float[] z)
        {
            if (scratch == null && scales != null)
            {
                InputPackedForward.Run(digits, weights, 0, rows, z, scales, null, weights[0].Length - 1);
                return;
            }

            Array.Clear(sums, 0, rows);
            int longs = Span(inputs) / 3;
            int at = 0;
            for (int first = 0; first < weights.Length; first += rows)
            {
                int width = weights[first].Length - 1;
                long[] block = digits;
                if (scratch != null)
                {
                    block = scratch;
                    int left = (inputs + 2) / 3 - at;
                    Array.Clear(block, 0, width);
                    Array.Copy(digits, at, block, 0, left < longs ? left : longs);
                    at += longs;
                }

                InputPackedForward.Run(block, weights, first, rows, null, null, sums, width);
            }

            if (scales != null)
            {
                Scale(z, sums);
            }
            else
            {
                PackDigits(digits, sums);
            }
        }

        internal override int WholeBias(int row)
        {
            return (int)((weights[row][0] - Start) >> 43);
        }

        internal override int WholeWeight(int row, int input)
        {
            int span = Span(inputs);
            long packed = weights[input / span * rows + row][1 + input % span / 3];
            int low = (sbyte)packed;
            int middle = (sbyte)((packed - low) >> 22);
            int place = input % span % 3;
            return place == 2 ? low : place == 1 ? middle : (sbyte)((packed - low - ((long)middle << 22)) >> 43);
        }

        /// <summary>Reads the section of the layer; room is of one float.</summary>
        internal int ReadFrom(BlobReader reader, int at, float[] room)
        {
            int biasesAt = at;
            int span = Span(inputs);
            at = ReadSteps(reader, at + 4 * rows, room);
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

            return at + BlobFormat.Align(rows * inputs);
        }
    }
}
