using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>Checks the weights of an int8 layer: what makes its packed arithmetic exact is seen to here. Allocates nothing.</summary>
    /// <seealso cref="Int8Layers"/>
    public static class Int8Check
    {
        /// <summary>Checks the node at which the reader stands: biases, then scales or shifts and steps, then weights.</summary>
        internal static BlobError Check(BlobReader reader, bool first)
        {
            int rows = Dense.RowsOf(reader);
            int inputs = reader.InputLength;
            int at = reader.WeightsAt;
            int weightsAt = at + 4 * rows;
            BlobError error;
            if (Int8Attributes.GiveFloats(reader))
            {
                error = reader.CheckFinite(weightsAt, weightsAt + 4 * rows);
                if (error == BlobError.None)
                {
                    error = reader.CheckScales(weightsAt, weightsAt + 4 * rows, 4, false);
                }

                weightsAt += 4 * rows;
            }
            else
            {
                Activation activation = (Activation)reader.Attribute(Dense.ActivationAt);
                error = CheckSteps(reader, activation, rows, weightsAt);
                weightsAt += Int8Attributes.StepBytes(activation, rows);
            }

            if (error == BlobError.None)
            {
                error = reader.CheckPadding(weightsAt + rows * inputs, weightsAt + BlobFormat.Align(rows * inputs));
            }

            for (int row = 0; row < rows && error == BlobError.None; row++)
            {
                error = CheckRow(reader, first, inputs, at + 4 * row, weightsAt + row * inputs);
            }

            return error;
        }

        /// <summary>Checks shifts and steps of a layer that gives digits.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="activation">The layer's activation: behind ReLU there is one shift for all rows, and no steps.</param>
        /// <param name="rows">Rows of weights.</param>
        /// <param name="at">Where the shifts stand.</param>
        public static BlobError CheckSteps(BlobReader reader, Activation activation, int rows, int at)
        {
            bool relu = activation == Activation.Relu;
            int count = relu ? 1 : rows;
            int largest = relu ? Int8Layer.LargestReluShift : Int8Layer.LargestShift;
            int stepsAt = at + BlobFormat.Align(count);
            for (int i = at; i < stepsAt; i++)
            {
                int limit = i < at + count ? largest : 0;
                if (reader.ByteAt(i) > limit)
                {
                    return reader.Fault(limit == 0 ? BlobError.ReservedNotZero : BlobError.ShiftOutOfRange, i, reader.ByteAt(i), limit);
                }
            }

            if (relu)
            {
                return BlobError.None;
            }

            BlobError error = reader.CheckFinite(stepsAt, stepsAt + 8);
            return error == BlobError.None ? reader.CheckScales(stepsAt, stepsAt + 8, 4, false) : error;
        }

        /// <summary>sum |weight| * (largest input) of each block, in the first with |bias|, below 2^20; no weight is -128.</summary>
        private static BlobError CheckRow(BlobReader reader, bool first, int inputs, int biasAt, int weightsAt)
        {
            int bias = reader.Int32At(biasAt);
            if (bias <= -Int8Layer.LaneLimit || bias >= Int8Layer.LaneLimit)
            {
                return reader.Fault(BlobError.SumOutOfRange, biasAt, bias, Int8Layer.LaneLimit);
            }

            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = reader.Bytes;
            int largest = first ? LevelDenseLayer.MiddleLevel : Int8Layer.LargestDigit;
            int bound = bias < 0 ? -bias : bias;
            int at = reader.Start + weightsAt;
            int end = at + inputs;
            while (at < end)
            {
                int width = first ? Int8Blocks.OfLevels(end - at) : Int8Blocks.OfDigits(inputs);
                int blockEnd = end - at < width ? end : at + width;
                int magnitudes = 0;
                for (; at < blockEnd; at++)
                {
                    int weight = (sbyte)bytes[at];
                    if (weight < 0)
                    {
                        // -128 has no place: it counts as more than any sum may.
                        weight = weight == -128 ? Int8Layer.LaneLimit : -weight;
                    }

                    magnitudes += weight;
                }

                if (magnitudes >= Int8Layer.LaneLimit || bound + largest * magnitudes >= Int8Layer.LaneLimit)
                {
                    return reader.Fault(BlobError.SumOutOfRange, blockEnd - 1 - reader.Start, bound + magnitudes, Int8Layer.LaneLimit);
                }

                bound = 0;
            }

            return BlobError.None;
        }
    }
}
