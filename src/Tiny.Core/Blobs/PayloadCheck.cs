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

            for (int at = end; at < reader.NormalisationAt; at++)
            {
                if (reader.ByteAt(at) != 0)
                {
                    return reader.Fault(BlobError.ReservedNotZero, at, reader.ByteAt(at), 0);
                }
            }

            return BlobError.None;
        }

        /// <summary>No infinities and no NaN: a float is finite unless all eight bits of its exponent are set.</summary>
        internal static BlobError CheckNumbers(BlobReader reader)
        {
            // Every weight passes here: on the bytes themselves, without a call for each.
            byte[] bytes = reader.Bytes;
            int start = reader.Start;
            int end = start + reader.Length;
            for (int at = start + reader.NormalisationAt + 2; at < end; at += 4)
            {
                if (bytes[at] >= 0x80 && (bytes[at + 1] & 0x7F) == 0x7F)
                {
                    return reader.Fault(BlobError.NumberNotFinite, at - 2 - start, 0, 0);
                }
            }

            for (int at = reader.NormalisationAt + 4; at < reader.OutputScalingAt; at += 8)
            {
                if (reader.FloatAt(at) < 0f)
                {
                    return reader.Fault(BlobError.ScaleOutOfRange, at, 0, 0);
                }
            }

            for (int at = reader.OutputScalingAt + 4; at < reader.WeightsAt; at += 8)
            {
                if (!(reader.FloatAt(at) > 0f))
                {
                    return reader.Fault(BlobError.ScaleOutOfRange, at, 0, 0);
                }
            }

            return BlobError.None;
        }
    }
}
