using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// What convolutions and depthwise convolutions with int8 weights have in common: window (10 bytes), activation (1),
    /// pool (1), and the activation's parameter (4) if it has one; biases, shifts and steps, weights.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public abstract class FilterKind : ByteKind
    {
        /// <summary>The largest square of neighbors of which the largest is given.</summary>
        public const int LargestPool = 8;

        private readonly int windowAt;

        /// <summary>A kind of this code whose window stands there among the attributes.</summary>
        /// <param name="code">The code of the kind.</param>
        /// <param name="windowAt">Where among the attributes the window begins.</param>
        protected FilterKind(int code, int windowAt)
            : base(code)
        {
            this.windowAt = windowAt;
        }

        /// <summary>
        /// The largest pool behind this activation: where it falls nowhere, the largest digit is that of the largest sum; swish falls.
        /// </summary>
        public static int MostPool(Activation activation)
        {
            return activation == Activation.Swish ? 1 : LargestPool;
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            int[] window = ByteWindow.Of(reader);
            int activationAt = windowAt + ByteWindow.Bytes;
            Activation activation;
            BlobError error = Dense.CheckActivation(reader, activationAt, activationAt + 2, out activation);
            if (error == BlobError.None)
            {
                error = CheckInput(reader, activationAt);
            }

            if (error == BlobError.None)
            {
                error = ByteWindow.Read(reader, windowAt, window);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            bool depthwise = windowAt == OwnAt;
            bool relu = activation == Activation.Relu;
            int pool = reader.Attribute(activationAt + 1);
            int most = MostPool(activation);
            if (activation == Activation.Maxout)
            {
                return reader.FaultOfNode(BlobError.ActivationNotForInt8, (int)activation, 0);
            }

            if (pool < 1 || pool > most)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, pool, most);
            }

            // Levels may be made of a few rows at a time: of so many as three rows of what is given take.
            int rows = window[ByteWindow.OutputHeight] / pool;
            bool whole = depthwise || ByteWindow.IsPadded(window) || rows < 3
                || window[ByteWindow.StrideDown] > ByteWindow.RowsUnder(window, 1);
            error = CheckLevels(reader, whole
                ? reader.Inputs : ByteWindow.RowsUnder(window, 3 * pool) * window[ByteWindow.InputWidth] * window[ByteWindow.Channels]);
            if (error != BlobError.None)
            {
                return error;
            }

            int filters = depthwise ? window[ByteWindow.Channels] : reader.AttributeUInt16(OwnAt);
            int each = window[ByteWindow.Height] * window[ByteWindow.Width] * (depthwise ? 1 : window[ByteWindow.Channels]);
            reader.NodeActivation = activation;
            reader.SetWeights(4L * filters + Int8Attributes.StepBytes(activation, filters) + (((long)filters * each + 3) & ~3L));
            return reader.SetOutput(window[ByteWindow.OutputHeight] / pool, window[ByteWindow.OutputWidth] / pool, filters,
                relu ? BlobFormat.Digits : BlobFormat.SignedDigits);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            int[] window = ByteWindow.Of(reader);
            ByteWindow.Read(reader, windowAt, window);
            bool depthwise = windowAt == OwnAt;
            int filters = depthwise ? window[ByteWindow.Channels] : reader.AttributeUInt16(OwnAt);
            int each = window[ByteWindow.Height] * window[ByteWindow.Width] * (depthwise ? 1 : window[ByteWindow.Channels]);
            int biasesAt = reader.WeightsAt;
            int stepsAt = biasesAt + 4 * filters;
            Activation activation = (Activation)reader.Attribute(windowAt + ByteWindow.Bytes);
            int weightsAt = stepsAt + Int8Attributes.StepBytes(activation, filters);
            BlobError error = Int8Check.CheckSteps(reader, activation, filters, stepsAt);
            if (error == BlobError.None)
            {
                error = reader.CheckPadding(weightsAt + filters * each, weightsAt + BlobFormat.Align(filters * each));
            }

            int limit = reader.Attribute(windowAt + ByteWindow.Bytes + 1) > 1 ? Int8Layer.LaneLimit / 2 : Int8Layer.LaneLimit;
            for (int filter = 0; filter < filters && error == BlobError.None; filter++)
            {
                error = CheckFilter(reader, biasesAt + 4 * filter, weightsAt + filter * each, each, limit);
            }

            return error;
        }

        /// <summary>No input may bring the sum of a filter to the limit; no weight is -128.</summary>
        private static BlobError CheckFilter(BlobReader reader, int biasAt, int at, int count, int limit)
        {
            int type = TypeOf(reader);
            int zero = reader.Attribute(ZeroAt);
            long least = type == BlobFormat.SignedDigits ? Int8Layer.LargestDigit : zero;
            long largest = type == BlobFormat.Levels ? LevelDenseLayer.Levels - 1 - zero : Int8Layer.LargestDigit;
            long bias = reader.Int32At(biasAt);

            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = reader.Bytes;
            int from = reader.Start + at;
            int end = from + count;
            int positive = 0;
            int negative = 0;
            while (from < end)
            {
                int weight = (sbyte)bytes[from];
                if (weight >= 0)
                {
                    positive += weight;
                }
                else
                {
                    // -128 has no place: it counts as more than any sum may.
                    negative -= weight == -128 ? -Int8Layer.LaneLimit : weight;
                }

                from++;
            }

            long high = bias + positive * largest + negative * least;
            long low = bias - negative * largest - positive * least;
            return bias > -limit && bias < limit && high < limit && low > -limit && negative < Int8Layer.LaneLimit
                ? BlobError.None
                : reader.Fault(BlobError.SumOutOfRange, end - 1 - reader.Start, (int)bias + positive + negative, limit);
        }
    }
}
