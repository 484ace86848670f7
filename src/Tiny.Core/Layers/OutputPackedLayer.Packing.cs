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

        private void ReadGroup(BlobReader reader, long[] array, int biasesAt, int weightsAt, int row, int begin, int width, bool begins)
        {
            long start = 0L;
            for (int lane = 2; lane >= 0; lane--)
            {
                // Idle lanes and places weigh nothing.
                long sum = begins ? LaneLimit : 0L;
                int at = weightsAt + (row + lane) * inputs + begin;
                if (row + lane < rows)
                {
                    sum += begin == 0 ? reader.Int32At(biasesAt + 4 * (row + lane)) : 0;
                    for (int i = 0; i < width && begin + i < inputs; i++)
                    {
                        sum += MiddleLevel * (sbyte)reader.ByteAt(at + i);
                    }
                }

                start += sum << (lane == 0 ? 0 : lane == 1 ? 21 : 43);
            }

            array[0] = start;
            for (int i = 0; i < width; i++)
            {
                long packed = 0L;
                for (int lane = 0; lane < 3; lane++)
                {
                    if (row + lane < rows && begin + i < inputs)
                    {
                        long weight = (sbyte)reader.ByteAt(weightsAt + (row + lane) * inputs + begin + i);
                        packed += weight << (lane == 0 ? 0 : lane == 1 ? 21 : 43);
                    }
                }

                array[1 + i] = packed;
            }
        }

        /// <summary>Empties the lanes before each block with which some row could leave them.</summary>
        private void PlanEmptying(BlobReader reader, int biasesAt, int weightsAt)
        {
            // Blocks past the 31st are not worth a plan: there the lanes are emptied every time.
            emptied = CountBlocks(inputs) > 31 ? -1 : 0;
            for (int row = 0; row < rows && emptied != -1; row++)
            {
                int bound = Magnitude(reader.Int32At(biasesAt + 4 * row));
                int begin = 0;
                for (int block = 0; begin < inputs; block++)
                {
                    int end = begin + OutputPackedForward.WidthFor(inputs - begin);
                    int own = 0;
                    for (; begin < end && begin < inputs; begin++)
                    {
                        own += MiddleLevel * Magnitude((sbyte)reader.ByteAt(weightsAt + row * inputs + begin));
                    }

                    if (block > 0 && (bound + own >= LaneLimit || (emptied >> (block - 1) & 1) != 0))
                    {
                        emptied |= 1 << (block - 1);
                        bound = 0;
                    }

                    bound += own;
                }
            }
        }

        private static int Magnitude(int value)
        {
            return value < 0 ? -value : value;
        }
    }
}
