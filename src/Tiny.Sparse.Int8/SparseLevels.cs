using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Sparse.Int8
{
    /// <summary>
    /// Fully connected int8 layers of which only some weights are there, three rows together: always the first of a network, as they
    /// take the sample as levels. Attributes as those of <see cref="LevelDense"/>, with a buffer of sums always. Weights: biases,
    /// scales or shifts as there; the indices of each group of three rows; for each input three weights.
    /// </summary>
    /// <example>
    /// <code>
    /// SparseLevels.Register();                                   // once, before a model with sparse int8 layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class SparseLevels : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int SparseLevelsCode = 18;

        private const int GivesFloatsAt = 3;
        private const int SumsAt = 4;

        /// <summary>Makes dense and sparse int8 layers known to the core.</summary>
        public static void Register()
        {
            // Longer kernels of dense layers, where a program has registered them, stay.
            if (LayerKinds.Find(LevelDense.LevelDenseCode) == null)
            {
                Int8Layers.Register();
            }

            LayerKinds.Register(new SparseLevels());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return SparseLevelsCode; }
        }

        /// <summary>Where the indices of the node stand.</summary>
        public static int IndexAt(BlobReader reader)
        {
            return reader.WeightsAt + (int)HeadBytes(reader);
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            if (reader.Input != BlobFormat.Sample)
            {
                return reader.FaultOfNode(BlobError.InputFormDoesNotFit, (int)InputForm.Values, (int)InputForm.Levels);
            }

            Activation activation;
            BlobError error = Dense.CheckActivation(reader, Dense.ActivationAt, SumsAt + 1, out activation);
            if (error != BlobError.None)
            {
                return error;
            }

            int gives = reader.Attribute(GivesFloatsAt);
            if (gives > 1)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, gives, 1);
            }

            if (gives == 0 && activation == Activation.Maxout)
            {
                return reader.FaultOfNode(BlobError.ActivationNotForInt8, (int)activation, 0);
            }

            int rows = Dense.RowsOf(reader);
            int groups = (rows + 2) / 3;
            IndexReader index = IndexReader.Of(reader);
            long bytes = index.Measure(reader, reader.WeightsAt < 0 ? -1 : IndexAt(reader), groups);
            if (bytes < 0)
            {
                return reader.Fault(BlobError.IndexMalformed, IndexAt(reader), index.Bits, index.Weights);
            }

            reader.NodeActivation = activation;
            reader.SetWeights(HeadBytes(reader) + bytes + ((3L * index.Weights + 3) & ~3L));
            error = CheckBuffers(reader, rows, gives == 1);
            return error == BlobError.None
                ? reader.SetOutput(1, 1, reader.AttributeUInt16(0), gives == 1 ? BlobFormat.Floats : BlobFormat.Longs) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            int rows = Dense.RowsOf(reader);
            int stepsAt = reader.WeightsAt + 4 * rows;
            BlobError error;
            if (reader.Attribute(GivesFloatsAt) == 1)
            {
                error = reader.CheckFinite(stepsAt, stepsAt + 4 * rows);
                error = error == BlobError.None ? reader.CheckScales(stepsAt, stepsAt + 4 * rows, 4, false) : error;
            }
            else
            {
                error = Int8Check.CheckSteps(reader, (Activation)reader.Attribute(Dense.ActivationAt), rows, stepsAt);
            }

            int groups = (rows + 2) / 3;
            IndexReader index = IndexReader.Of(reader);
            error = error == BlobError.None && index.Raw != 0
                ? reader.Fault(BlobError.IndexMalformed, IndexAt(reader) + 1, index.Raw, 0) : error;
            error = error == BlobError.None ? index.Check(reader, IndexAt(reader), groups) : error;
            return error == BlobError.None ? CheckSums(reader, index, rows) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            SparseLevelLayer layer = new SparseLevelLayer(reader);
            layer.Allocate(reader);
            return layer;
        }

        /// <summary>Bytes of biases, and of scales or shifts and steps.</summary>
        private static long HeadBytes(BlobReader reader)
        {
            return Int8Attributes.WeightBytes(
                (Activation)reader.Attribute(Dense.ActivationAt), Dense.RowsOf(reader), 0, reader.Attribute(GivesFloatsAt) == 1);
        }

        private static BlobError CheckBuffers(BlobReader reader, int rows, bool floats)
        {
            int sums = reader.Attribute(SumsAt);
            BlobError error = reader.CheckBuffer(sums, BlobFormat.Integers);
            int summed = (rows + 2) / 3 * 3;
            if (error == BlobError.None && reader.BufferLength(sums) < summed)
            {
                error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(sums), summed);
            }

            if (error == BlobError.None && floats && rows > reader.BufferLength(reader.Output))
            {
                error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(reader.Output), rows);
            }

            return error;
        }

        /// <summary>
        /// |bias| + 128 sum |weight| of each row is below 2^20, so that no lane overflows; no weight
        /// is -128, and what fills up the last group is 0.
        /// </summary>
        private static BlobError CheckSums(BlobReader reader, IndexReader index, int rows)
        {
            int at = reader.WeightsAt + reader.WeightBytes - BlobFormat.Align(3 * index.Weights);
            int end = at + 3 * index.Weights;
            index.Begin(reader, IndexAt(reader), (rows + 2) / 3);
            for (int row = 0; row < rows; row += 3)
            {
                int count = index.NextRow();
                for (int lane = 0; lane < 3; lane++)
                {
                    bool idle = row + lane >= rows;
                    int bias = idle ? 0 : reader.Int32At(reader.WeightsAt + 4 * (row + lane));
                    long bound = bias < 0 ? -(long)bias : bias;
                    for (int i = 0; i < count; i++)
                    {
                        int weight = (sbyte)reader.ByteAt(at + 3 * i + lane);
                        bound += weight == -128 || (idle && weight != 0)
                            ? Int8Layer.LaneLimit : LevelDenseLayer.MiddleLevel * (weight < 0 ? -weight : weight);
                    }

                    if (bound >= Int8Layer.LaneLimit)
                    {
                        return reader.Fault(BlobError.SumOutOfRange, at, row + lane, Int8Layer.LaneLimit);
                    }
                }

                at += 3 * count;
            }

            return reader.CheckPadding(end, BlobFormat.Align(end));
        }
    }
}
