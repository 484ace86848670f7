using System;
using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Int8
{
    // From the plain int8 of a blob to lanes, and back.
    public partial class LevelDenseLayer
    {
        /// <inheritdoc/>
        public override void Allocate(BlobReader reader)
        {
            base.Allocate(reader);
            int groups = (Rows + 2) / 3;
            int arrays = 0;
            int widest = 0;
            for (int pass = 0; pass < 2; pass++)
            {
                if (pass == 1)
                {
                    Weights = new long[arrays][];
                    arrays = 0;
                }

                for (int at = 0; at < Inputs;)
                {
                    int block = Int8Blocks.OfLevels(Inputs - at);
                    int chunk = ChunkOf(block);
                    for (int i = 0; i < groups * (block / chunk); i++)
                    {
                        if (pass == 1)
                        {
                            Weights[arrays] = new long[1 + chunk];
                        }

                        arrays++;
                    }

                    widest = chunk > widest ? chunk : widest;
                    at += block;
                }
            }

            bool each = reader.InputForm == InputForm.LevelsEach;
            Scaling = new float[each ? 2 * Inputs : 2];
            levels = new byte[widest];
            scratch = each || widest != Inputs ? new float[widest] : null;
            Digits = Scales == null ? null : new long[groups];
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
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            PlanEmptying(reader, biasesAt, at);
            int groups = (Rows + 2) / 3;
            int first = 0;
            int begin = 0;
            int block = 0;
            while (begin < Inputs)
            {
                int end = begin + Int8Blocks.OfLevels(Inputs - begin);
                int chunk = ChunkOf(end - begin);
                bool begins = begin == 0 || (Emptied >> (block - 1) & 1) != 0;
                block++;
                while (begin < end)
                {
                    for (int group = 0; group < groups; group++)
                    {
                        ReadGroup(reader, Weights[first + group], biasesAt, at, 3 * group, begin, chunk, begins);
                    }

                    begins = false;
                    begin += chunk;
                    first += groups;
                }
            }
        }

        /// <summary>One array: what its lanes begin with, and the weights of three rows. Idle lanes and places weigh nothing.</summary>
        private void ReadGroup(BlobReader reader, long[] array, int biasesAt, int weightsAt, int row, int begin, int width, bool begins)
        {
            Array.Clear(array, 0, array.Length);
            byte[] bytes = reader.Bytes;
            int count = Inputs - begin < width ? Inputs - begin : width;
            long start = begins ? unchecked(Ones * LaneLimit) : 0L;
            int shift = 0;
            for (int lane = row; lane < row + 3 && lane < Rows; lane++)
            {
                int at = reader.Start + weightsAt + lane * Inputs + begin - 1;
                int sum = 0;
                for (int i = 1; i <= count; i++)
                {
                    int weight = (sbyte)bytes[at + i];
                    sum += weight;
                    array[i] += (long)weight << shift;
                }

                // Inputs come as levels less 256: 128 times the weights makes them levels less 128.
                sum *= MiddleLevel;
                start += (long)(begin == 0 ? sum + reader.Int32At(biasesAt + 4 * lane) : sum) << shift;
                shift += shift == 0 ? 21 : 22;
            }

            array[0] = start;
        }

        /// <summary>Sets after which blocks the lanes are emptied: here after every one. One block needs none.</summary>
        protected virtual void PlanEmptying(BlobReader reader, int biasesAt, int weightsAt)
        {
            Emptied = Inputs > Int8Blocks.OfLevels(Inputs) ? -1 : 0;
        }
    }
}
