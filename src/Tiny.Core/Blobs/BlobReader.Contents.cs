namespace Tiny.Core.Blobs
{
    // What stands behind the plan: names, features, scaling, weights.
    public sealed partial class BlobReader
    {
        /// <summary>
        /// Checks that floats from one offset to another are finite: unless all eight bits of its exponent are set, a float is.
        /// </summary>
        /// <param name="from">The first byte, from the start of the blob.</param>
        /// <param name="to">The byte behind the last.</param>
        /// <returns>None, or what is wrong.</returns>
        public BlobError CheckFinite(int from, int to)
        {
            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = Bytes;
            int first = Start;
            int end = first + to;
            for (int at = first + from + 2; at < end; at += 4)
            {
                if (bytes[at] >= 0x80 && (bytes[at + 1] & 0x7F) == 0x7F)
                {
                    return Fault(BlobError.NumberNotFinite, at - 2 - first, 0, 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>Checks that floats from one offset to another, so many bytes apart, are above 0, or may be 0 too.</summary>
        /// <param name="from">The first byte, from the start of the blob.</param>
        /// <param name="to">The byte behind the last.</param>
        /// <param name="step">Bytes from one float to the next.</param>
        /// <param name="zero">Whether 0 is right too.</param>
        /// <returns>None, or what is wrong.</returns>
        public BlobError CheckScales(int from, int to, int step, bool zero)
        {
            for (int at = from; at < to; at += step)
            {
                float scale = FloatAt(at);
                if (!(scale > 0f || (zero && scale == 0f)))
                {
                    return Fault(BlobError.ScaleOutOfRange, at, 0, 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>Checks that bytes from one offset to another, which fill up to a multiple of 4, are 0.</summary>
        /// <param name="from">The first byte, from the start of the blob.</param>
        /// <param name="to">The byte behind the last.</param>
        /// <returns>None, or what is wrong.</returns>
        public BlobError CheckPadding(int from, int to)
        {
            if (to > Length)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, to);
            }

            for (int at = from; at < to; at++)
            {
                if (ByteAt(at) != 0)
                {
                    return Fault(BlobError.ReservedNotZero, at, ByteAt(at), 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>Finds where all stands, which must end where the blob does, and checks every number of it.</summary>
        private BlobError CheckContents(bool weighted)
        {
            BlobError error = FindNames();
            if (error != BlobError.None)
            {
                return error;
            }

            NormalizationAt = featuresAt + FeatureBytes;
            outputScalingAt = NormalizationAt + BlobFormat.NormalizationBytes(Inputs, InputForm);
            int weights = outputScalingAt + (Task == NetworkTask.Regression ? 8 * Outputs : 0);
            if (weights > Length)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, weights);
            }

            error = CheckFinite(NormalizationAt, weights);
            if (error == BlobError.None && weighted)
            {
                error = CheckNodes(weights);
                bool extras = (ByteAt(BlobFormat.SectionsAt) & BlobFormat.HasExtras) != 0;
                if (error == BlobError.None && (WeightsEnd < Length) != extras)
                {
                    error = Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, WeightsEnd);
                }
            }

            // Mean and scale of an input; or of a level, scale and offset.
            int scaleAt = InputForm == InputForm.Values ? 4 : 0;
            if (error == BlobError.None)
            {
                error = CheckScales(NormalizationAt + scaleAt, outputScalingAt, 8, true);
            }

            return error == BlobError.None ? CheckScales(outputScalingAt + 4, weights, 8, false) : error;
        }

        /// <summary>
        /// Names are a length byte and that many bytes of UTF-8 each: one for each class, or for each output of a regression.
        /// </summary>
        private BlobError FindNames()
        {
            namesAt = BlobFormat.Align(nextNodeAt);
            BlobError error = CheckPadding(nextNodeAt, namesAt);
            if (error != BlobError.None)
            {
                return error;
            }

            int expected = (ByteAt(BlobFormat.SectionsAt) & BlobFormat.HasNames) == 0
                ? 0 : Task == NetworkTask.Classification && Outputs == 1 ? 2 : Outputs;
            int at = namesAt;
            int count = 0;
            while (count < expected && at < Length)
            {
                at += 1 + ByteAt(at);
                count++;
            }

            if (count != expected || at > Length)
            {
                return Fault(BlobError.NamesMalformed, namesAt, count, expected);
            }

            NameBytes = at - namesAt;
            featuresAt = BlobFormat.Align(at);
            return CheckPadding(at, featuresAt);
        }
    }
}
