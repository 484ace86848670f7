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

            int bound = bias < 0 ? -bias : bias;
            int largest = first ? OutputPackedLayer.MiddleLevel : PackedLayer.LargestDigit;
            int end = first ? OutputPackedForward.WidthFor(inputs) : InputPackedLayer.Span(inputs);
            for (int input = 0; input < inputs; input++)
            {
                if (input == end)
                {
                    bound = 0;
                    end += first ? OutputPackedForward.WidthFor(inputs - end) : InputPackedLayer.Span(inputs);
                }

                int weight = (sbyte)reader.ByteAt(weightsAt + input);
                bound += largest * (weight < 0 ? -weight : weight);
                if (weight == -128 || bound >= PackedLayer.LaneLimit)
                {
                    return reader.Fault(BlobError.SumOutOfRange, weightsAt + input, bound, PackedLayer.LaneLimit);
                }
            }

            return BlobError.None;
        }
    }
}
