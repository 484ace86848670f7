namespace Tiny.Training.Pruning;

/// <summary>The indices of a sparse layer as a blob has them, in gaps of 4, 8 or 16 bits: whichever are the fewest bytes.</summary>
internal static class SparseIndex
{
    /// <summary>The bytes, a multiple of 4.</summary>
    /// <param name="rows">(rows)(weights of the row) the inputs, ascending.</param>
    /// <param name="raw">Whether the weights are for the sample as it is.</param>
    internal static byte[] Of(IReadOnlyList<int[]> rows, bool raw = false) =>
        new[] { 4, 8, 16 }.Select(bits => Of(rows, bits, raw)).MinBy(bytes => bytes.Length)!;

    private static byte[] Of(IReadOnlyList<int[]> rows, int bits, bool raw)
    {
        int most = (1 << bits) - 1;
        List<int> gaps = [];
        foreach (int[] inputs in rows)
        {
            int last = -1;
            foreach (int input in inputs)
            {
                int gap = input - last - 1;
                for (; gap >= most; gap -= most)
                {
                    gaps.Add(most);
                }

                gaps.Add(gap);
                last = input;
            }
        }

        List<byte> bytes = [(byte)bits, (byte)(raw ? 1 : 0), 0, 0, .. BitConverter.GetBytes(rows.Sum(row => row.Length)),
            .. BitConverter.GetBytes(gaps.Count)];
        bytes.AddRange(rows.SelectMany(row => BitConverter.GetBytes((ushort)row.Length)));
        Align(bytes);
        bytes.AddRange(bits switch
        {
            4 => gaps.Chunk(2).Select(two => (byte)(two[0] | (two.Length > 1 ? two[1] << 4 : 0))),
            8 => gaps.Select(gap => (byte)gap),
            _ => gaps.SelectMany(gap => BitConverter.GetBytes((ushort)gap)),
        });
        Align(bytes);
        return [.. bytes];
    }

    private static void Align(List<byte> bytes)
    {
        while (bytes.Count % 4 != 0)
        {
            bytes.Add(0);
        }
    }
}
