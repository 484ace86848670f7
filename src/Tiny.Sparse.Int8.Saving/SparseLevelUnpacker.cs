using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Int8.Saving;
using Tiny.Saving;
using Tiny.Sparse.Saving;

namespace Tiny.Sparse.Int8.Saving
{
    /// <summary>Writes sparse int8 layers into blobs, and looks into them.</summary>
    /// <example>
    /// <code>
    /// SparseLevels.Register();
    /// SparseLevelUnpacker.Register();                            // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public class SparseLevelUnpacker : LayerUnpacker
    {
        private readonly Int8Unpacker plain = new Int8Unpacker(SparseLevels.SparseLevelsCode);

        /// <summary>Models with sparse int8 layers can be saved as whole blobs.</summary>
        public static void Register()
        {
            Int8Saving.Register();
            LayerUnpackers.Register(new SparseLevelUnpacker());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return SparseLevels.SparseLevelsCode; }
        }

        /// <summary>The bias of a row.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="row">From 0 to rows - 1.</param>
        public static int BiasOf(SparseLevelLayer layer, int row)
        {
            // The lanes begin with 2^20 + bias - 128 sum of weights.
            int shift = row % 3 == 0 ? 0 : row % 3 == 1 ? 21 : 43;
            int bias = ((int)(layer.Starts[row / 3] >> shift) & 0x1FFFFF) - Int8Layer.LaneLimit;
            int run = FirstRun(layer, row / 3);
            long[] array;
            do
            {
                array = layer.Weights[run++];
                for (int i = SparseRows.CountOf(array.Length) - 1; i >= 0; i--)
                {
                    bias += LevelDenseLayer.MiddleLevel * PackedWeights.Unpack(array[i], row % 3);
                }
            }
            while (array.Length == SparseRows.Width);

            return bias;
        }

        /// <inheritdoc/>
        public override int Measure(Layer layer)
        {
            SparseLevelLayer sparse = (SparseLevelLayer)layer;
            return HeadBytes(sparse) + IndexWriter.Measure(sparse.Index, sparse.Starts.Length)
                + BlobFormat.Align(sparse.ParameterCount - sparse.Rows);
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            SparseLevelLayer sparse = (SparseLevelLayer)layer;
            int rows = sparse.Rows;
            for (int row = 0; row < rows; row++)
            {
                FloatBits.WriteInt32(buffer, at + 4 * row, BiasOf(sparse, row));
            }

            plain.WriteHead(sparse, buffer, at + 4 * rows);
            at = IndexWriter.Write(sparse.Index, sparse.Starts.Length, buffer, at + HeadBytes(sparse));
            int begin = at;
            for (int run = 0; run < sparse.Weights.Length; run++)
            {
                long[] array = sparse.Weights[run];
                int count = SparseRows.CountOf(array.Length);
                for (int i = 0; i < 3 * count; i++)
                {
                    buffer[at++] = (byte)PackedWeights.Unpack(array[i / 3], i % 3);
                }
            }

            return begin + BlobFormat.Align(at - begin);
        }

        /// <inheritdoc/>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            float[] scaling = ((SparseLevelLayer)layer).Scaling;
            for (int i = 0; i < scaling.Length; i++)
            {
                FloatBits.Write(buffer, at, scaling[i]);
                at += 4;
            }

            return at;
        }

        /// <summary>
        /// Copies biases, then weights by threes, in whole numbers; where the layer gives floats times their row's scale.
        /// </summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            SparseLevelLayer sparse = (SparseLevelLayer)layer;
            int index = 0;
            for (int row = 0; row < sparse.Rows; row++)
            {
                Put(destination, index++ - first, count, BiasOf(sparse, row) * ScaleOf(sparse, row));
            }

            int group = 0;
            for (int run = 0; run < sparse.Weights.Length; run++)
            {
                long[] array = sparse.Weights[run];
                for (int i = 0; i < 3 * SparseRows.CountOf(array.Length); i++)
                {
                    Put(destination, index++ - first, count,
                        PackedWeights.Unpack(array[i / 3], i % 3) * ScaleOf(sparse, 3 * group + i % 3));
                }

                group += array.Length == SparseRows.Width ? 0 : 1;
            }
        }

        /// <inheritdoc/>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            plain.CopyOutputs(layer, values);
        }

        private static void Put(float[] destination, int at, int count, float value)
        {
            if (at >= 0 && at < count)
            {
                destination[at] = value;
            }
        }

        private static float ScaleOf(SparseLevelLayer layer, int row)
        {
            return layer.Scales == null || row >= layer.Rows ? 1f : layer.Scales[row];
        }

        private static int HeadBytes(SparseLevelLayer layer)
        {
            return (int)Int8Attributes.WeightBytes(layer.Activation, layer.Rows, 0, layer.Scales != null);
        }

        private static int FirstRun(SparseLevelLayer layer, int group)
        {
            int run = 0;
            for (; group > 0; run++)
            {
                group -= layer.Weights[run].Length == SparseRows.Width ? 0 : 1;
            }

            return run;
        }
    }
}
