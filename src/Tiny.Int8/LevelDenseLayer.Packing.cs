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
            byte[] bytes = reader.Bytes;
            int count = Inputs - begin < width ? Inputs - begin : width;
            int low = reader.Start + weightsAt + row * Inputs + begin;
            int middle = row + 1 < Rows ? low + Inputs : -1;
            int high = row + 2 < Rows ? low + 2 * Inputs : -1;
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
            for (int lane = 0; begin == 0 && lane < 3 && row + lane < Rows; lane++)
            {
                start += (long)reader.Int32At(biasesAt + 4 * (row + lane)) << (lane == 0 ? 0 : lane == 1 ? 21 : 43);
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
