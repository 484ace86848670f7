using Tiny.Core.Activations;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;

namespace Tiny.Core.Blobs
{
    /// <summary>Checks the section of an int8 layer: what makes its packed arithmetic exact is seen to here. Allocates nothing.</summary>
    internal static class PackedCheck
    {
        internal static BlobError Check(BlobReader reader, int layer, int at)
        {
            NetworkShape shape = reader.Shape;
            int rows = shape.GetRows(layer);
            int inputs = shape.GetInputs(layer);
            int weightsAt = at + 4 * rows;
            BlobError error;
            if (shape.IsLastPacked(layer))
            {
                error = PayloadCheck.CheckFinite(reader, weightsAt, weightsAt + 4 * rows);
                if (error == BlobError.None)
                {
                    error = PayloadCheck.CheckScales(reader, weightsAt, weightsAt + 4 * rows, 4, false);
                }

                weightsAt += 4 * rows;
            }
            else
            {
                Activation activation = shape.GetActivation(layer);
                error = CheckSteps(reader, activation, rows, weightsAt);
                weightsAt += BlobFormat.StepBytes(activation, rows);
            }

            int end = weightsAt + rows * inputs;
            for (; error == BlobError.None && end < weightsAt + BlobFormat.Align(rows * inputs); end++)
            {
                error = reader.ByteAt(end) == 0 ? error : reader.Fault(BlobError.ReservedNotZero, end, reader.ByteAt(end), 0);
            }

            for (int row = 0; row < rows && error == BlobError.None; row++)
            {
                error = CheckRow(reader, layer == 0, inputs, at + 4 * row, weightsAt + row * inputs);
            }

            return error;
        }

        private static BlobError CheckSteps(BlobReader reader, Activation activation, int rows, int at)
        {
            bool relu = activation == Activation.Relu;
            int count = relu ? 1 : rows;
            int largest = relu ? PackedLayer.LargestReluShift : PackedLayer.LargestShift;
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

            BlobError error = PayloadCheck.CheckFinite(reader, stepsAt, stepsAt + 8);
            return error == BlobError.None ? PayloadCheck.CheckScales(reader, stepsAt, stepsAt + 8, 4, false) : error;
        }

        /// <summary>sum |weight| * (largest input) of each block, in the first with |bias|, below 2^20; no weight is -128.</summary>
        private static BlobError CheckRow(BlobReader reader, bool first, int inputs, int biasAt, int weightsAt)
        {
            int bias = reader.Int32At(biasAt);
            if (bias <= -PackedLayer.LaneLimit || bias >= PackedLayer.LaneLimit)
            {
                return reader.Fault(BlobError.SumOutOfRange, biasAt, bias, PackedLayer.LaneLimit);
            }

            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = reader.Bytes;
            int largest = first ? OutputPackedLayer.MiddleLevel : PackedLayer.LargestDigit;
            int bound = bias < 0 ? -bias : bias;
            int at = reader.Start + weightsAt;
            int end = at + inputs;
            while (at < end)
            {
                int width = first ? OutputPackedForward.WidthFor(end - at) : InputPackedLayer.Span(inputs);
                int blockEnd = end - at < width ? end : at + width;
                int magnitudes = 0;
                for (; at < blockEnd; at++)
                {
                    int weight = (sbyte)bytes[at];
                    if (weight < 0)
                    {
                        // -128 has no place: it counts as more than any sum may.
                        weight = weight == -128 ? PackedLayer.LaneLimit : -weight;
                    }

                    magnitudes += weight;
                }

                if (magnitudes >= PackedLayer.LaneLimit || bound + largest * magnitudes >= PackedLayer.LaneLimit)
                {
                    return reader.Fault(BlobError.SumOutOfRange, blockEnd - 1 - reader.Start, bound + magnitudes, PackedLayer.LaneLimit);
                }

                bound = 0;
            }

            return BlobError.None;
        }
    }
}
