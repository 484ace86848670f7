namespace Tiny.Core.Tests.Layers;

/// <summary>An int8 layer in plain whole numbers, and its section of a blob.</summary>
internal sealed class PlainInt8
{
    internal int[][] Weights { get; private init; } = [];

    internal int[] Biases { get; private init; } = [];

    /// <summary>
    /// Weights as large as the bits of a sum allow with inputs this large, of one sign, of the other, or by turns; or drawn.
    /// </summary>
    internal static PlainInt8 Draw(int inputs, int rows, string kind, int largestInput)
    {
        Random random = new(31 * inputs + rows);
        int block = largestInput == 128 ? (inputs <= 111 ? Math.Min(inputs, 64) : 128) : Math.Min(inputs, 64);
        int largest = Math.Min(127, ((1 << 20) - 10_000) / (block * largestInput));
        int[][] weights = [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, inputs).Select(i => kind switch
        {
            "highest" => largest,
            "lowest" => -largest,
            "alternating" => (i + row) % 2 == 0 ? largest : -largest,
            _ => random.Next(-largest, largest + 1),
        }).ToArray())];
        return new PlainInt8 { Weights = weights, Biases = [.. Enumerable.Range(0, rows).Select(_ => random.Next(-5000, 5001))] };
    }

    /// <summary>Levels that drive the sums to their extremes, or drawn ones.</summary>
    internal byte[] Levels(string kind)
    {
        Random random = new(Weights[0].Length);
        return [.. Enumerable.Range(0, Weights[0].Length).Select(i => kind switch
        {
            "highest" => (byte)255,
            "lowest" => (byte)0,
            "alternating" => (byte)(i % 2 == 0 ? 255 : 0),
            _ => (byte)random.Next(256),
        })];
    }

    internal int[] Sums(int[] inputs) => [.. Weights.Select((row, i) => Biases[i] + row.Zip(inputs, (w, x) => w * x).Sum())];

    /// <summary>The section with a scale of 0.5 for each row, or with one shift.</summary>
    internal byte[] Section(bool last, int shift = 0) =>
        Section(last ? [.. Weights.SelectMany(_ => BitConverter.GetBytes(0.5f))] : [(byte)shift, 0, 0, 0]);

    internal byte[] TableSection(int shift, float sumStep, float digitStep)
    {
        byte[] shifts = new byte[(Weights.Length + 3) / 4 * 4];
        Array.Fill(shifts, (byte)shift, 0, Weights.Length);
        return Section([.. shifts, .. BitConverter.GetBytes(sumStep), .. BitConverter.GetBytes(digitStep)]);
    }

    private byte[] Section(byte[] steps)
    {
        byte[] weights = [.. Weights.SelectMany(row => row.Select(weight => (byte)weight))];
        return [.. Biases.SelectMany(BitConverter.GetBytes), .. steps, .. weights, .. new byte[(4 - weights.Length % 4) % 4]];
    }
}
