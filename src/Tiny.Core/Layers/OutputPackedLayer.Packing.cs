using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    // From the plain int8 of a blob to lanes, and back.
    public sealed partial class OutputPackedLayer
    {
        internal override int WholeBias(int row)
        {
            // The lanes of the first block begin with 2^20 + bias + 128 * sum of its weights.
            int bias = ((int)(weights[row / 3][0] >> (row % 3 == 0 ? 0 : row % 3 == 1 ? 21 : 43)) & 0x1FFFFF) - LaneLimit;
            int width = OutputPackedForward.WidthFor(inputs);
            for (int input = 0; input < width && input < inputs; input++)
            {
                bias -= MiddleLevel * WholeWeight(row, input);
            }

            return bias;
        }

        internal override int WholeWeight(int row, int input)
        {
            int array = row / 3;
            int width = OutputPackedForward.WidthFor(inputs);
            int left = inputs;
            while (input >= width)
            {
                input -= width;
                left -= width;
                array += Groups;
                width = OutputPackedForward.WidthFor(left);
            }

            return Unpack(weights[array][1 + input], row % 3);
        }

        /// <summary>Reads the section of the layer; room is of one float.</summary>
        internal int ReadFrom(BlobReader reader, int at, float[] room)
        {
            int biasesAt = at;
            at = ReadSteps(reader, at + 4 * rows, room);
            PlanEmptying(reader, biasesAt, at);
            int groups = Groups;
            int first = 0;
            int begin = 0;
            int block = 0;
            while (begin < inputs)
            {
                int width = OutputPackedForward.WidthFor(inputs - begin);
                bool begins = begin == 0 || (emptied >> (block - 1) & 1) != 0;
                block++;
                for (int group = 0; group < groups; group++)
                {
                    ReadGroup(reader, weights[first + group], biasesAt, at, 3 * group, begin, width, begins);
                }

                begin += width;
                first += groups;
            }

            return at + BlobFormat.Align(rows * inputs);
        }

        /// <summary>Reads the scaling of the inputs.</summary>
        internal void ReadScaling(BlobReader reader, int at)
        {
            for (int i = 0; i < scaling.Length; i++)
            {
                scaling[i] = reader.FloatAt(at + 4 * i);
            }
        }

        /// <summary>Writes the scaling of the inputs; returns the offset behind it.</summary>
        internal int WriteScaling(byte[] buffer, int at)
        {
            for (int i = 0; i < scaling.Length; i++)
            {
                FloatBits.Write(buffer, at, scaling[i]);
                at += 4;
            }

            return at;
        }

        /// <summary>One array: what its lanes begin with, and the weights of three rows. Idle lanes and places weigh nothing.</summary>
        private void ReadGroup(BlobReader reader, long[] array, int biasesAt, int weightsAt, int row, int begin, int width, bool begins)
        {
            byte[] bytes = reader.Bytes;
            int count = inputs - begin < width ? inputs - begin : width;
            int low = reader.Start + weightsAt + row * inputs + begin;
            int middle = row + 1 < rows ? low + inputs : -1;
            int high = row + 2 < rows ? low + 2 * inputs : -1;
            long sum = 0L;
            int i = 0;
            while (i < count)
            {
                long packed = (sbyte)bytes[low + i];
                if (middle >= 0)
                {
                    packed += (long)(sbyte)bytes[middle + i] << 21;
                }

                if (high >= 0)
                {
                    packed += (long)(sbyte)bytes[high + i] << 43;
                }

                sum += packed;
                i++;
                array[i] = packed;
            }

            while (i < width)
            {
                i++;
                array[i] = 0L;
            }

            // Inputs come as levels less 256: 128 times the weights makes them levels less 128.
            long start = MiddleLevel * sum + (begins ? unchecked(Ones * LaneLimit) : 0L);
            for (int lane = 0; begin == 0 && lane < 3 && row + lane < rows; lane++)
            {
                start += (long)reader.Int32At(biasesAt + 4 * (row + lane)) << (lane == 0 ? 0 : lane == 1 ? 21 : 43);
            }

            array[0] = start;
        }

        /// <summary>Empties the lanes before each block with which some row could leave them.</summary>
        private void PlanEmptying(BlobReader reader, int biasesAt, int weightsAt)
        {
            // Blocks past the 31st are not worth a plan: there the lanes are emptied every time. One block needs none.
            int blocks = CountBlocks(inputs);
            emptied = blocks > 31 ? -1 : 0;
            byte[] bytes = reader.Bytes;
            int at = reader.Start + weightsAt;
            for (int row = 0; row < rows && blocks > 1 && blocks <= 31; row++)
            {
                int bias = reader.Int32At(biasesAt + 4 * row);
                int bound = bias < 0 ? -bias : bias;
                int begin = 0;
                for (int block = 0; begin < inputs; block++)
                {
                    int width = OutputPackedForward.WidthFor(inputs - begin);
                    int end = at + (inputs - begin < width ? inputs - begin : width);
                    int own = 0;
                    for (; at < end; at++)
                    {
                        int weight = (sbyte)bytes[at];
                        own += weight < 0 ? -weight : weight;
                    }

                    own *= MiddleLevel;
                    begin += width;
                    if (block > 0 && (bound + own >= LaneLimit || (emptied >> (block - 1) & 1) != 0))
                    {
                        emptied |= 1 << (block - 1);
                        bound = 0;
                    }

                    bound += own;
                }
            }
        }
    }
}
