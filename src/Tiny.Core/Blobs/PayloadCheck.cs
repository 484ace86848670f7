namespace Tiny.Core.Blobs
{
    /// <summary>Checks names and numbers of a payload whose parts are known to stand where the reader says. Allocates nothing.</summary>
    internal static class PayloadCheck
    {
        /// <summary>Each name is a length byte and that many bytes of UTF-8; one for each class, or for each output of a regression.</summary>
        internal static BlobError CheckNames(BlobReader reader)
        {
            int end = reader.NamesAt + reader.NameBytes;
            if (reader.NameBytes > 0)
            {
                int expected = reader.Shape.Task == NetworkTask.Classification ? reader.Shape.ClassCount : reader.Shape.Outputs;
                int at = reader.NamesAt;
                int count = 0;
                while (at < end)
                {
                    at += 1 + reader.ByteAt(at);
                    count++;
                }

                if (at != end || count != expected)
                {
                    return reader.Fault(BlobError.NamesMalformed, reader.NamesAt, count, expected);
                }
            }

            for (int at = end; at < reader.FeaturesAt; at++)
            {
                if (reader.ByteAt(at) != 0)
                {
                    return reader.Fault(BlobError.ReservedNotZero, at, reader.ByteAt(at), 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>No infinities and no NaN, scales of the right sign, sums of int8 layers within their bits.</summary>
        internal static BlobError CheckNumbers(BlobReader reader)
        {
            NetworkShape shape = reader.Shape;
            BlobError error = CheckFinite(reader, reader.NormalisationAt, reader.WeightsAt);
            int at = reader.WeightsAt;
            for (int layer = 0; layer < shape.PackedLayers && error == BlobError.None; layer++)
            {
                error = PackedCheck.Check(reader, layer, at);
                at += (int)BlobFormat.LayerBytesOf(shape, layer);
            }

            if (error == BlobError.None)
            {
                error = CheckFinite(reader, at, reader.Length);
            }

            // Mean and scale of an input; or of a level, scale and offset.
            int scaleAt = shape.InputForm == InputForm.Values ? 4 : 0;
            if (error == BlobError.None)
            {
                error = CheckScales(reader, reader.NormalisationAt + scaleAt, reader.OutputScalingAt, 8, true);
            }

            return error == BlobError.None ? CheckScales(reader, reader.OutputScalingAt + 4, reader.WeightsAt, 8, false) : error;
        }

        /// <summary>A float is finite unless all eight bits of its exponent are set.</summary>
        internal static BlobError CheckFinite(BlobReader reader, int from, int to)
        {
            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = reader.Bytes;
            int start = reader.Start;
            int end = start + to;
            for (int at = start + from + 2; at < end; at += 4)
            {
                if (bytes[at] >= 0x80 && (bytes[at + 1] & 0x7F) == 0x7F)
                {
                    return reader.Fault(BlobError.NumberNotFinite, at - 2 - start, 0, 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>Floats from one offset to another that must be above 0, or may be 0 too.</summary>
        internal static BlobError CheckScales(BlobReader reader, int from, int to, int step, bool zero)
        {
            for (int at = from; at < to; at += step)
            {
                float scale = reader.FloatAt(at);
                if (!(scale > 0f || (zero && scale == 0f)))
                {
                    return reader.Fault(BlobError.ScaleOutOfRange, at, 0, 0);
                }
            }

            return BlobError.None;
        }
    }
}
