using System.Text;

namespace Tiny.Cli.Tests.Output;

/// <summary>
/// An ONNX file of two products with relu between, whose nodes have the names of a test; written field by field, by the numbers that
/// ONNX's specification gives them.
/// </summary>
internal static class LongNamedGraph
{
    private const int Units = 4;
    private const int Classes = 3;

    /// <summary>The file's bytes.</summary>
    /// <param name="names">The names of the three nodes.</param>
    internal static byte[] Make(string[] names)
    {
        byte[] graph =
        [
            .. Node(names[0], "Gemm", "x", "w0", "b0"), .. Node(names[1], "Relu", names[0]),
            .. Node(names[2], "Gemm", names[1], "w1", "b1"), .. Text(2, "graph"),
            .. Constant("w0", Units, Units), .. Constant("b0", Units), .. Constant("w1", Units, Classes), .. Constant("b1", Classes),
            .. Message(11, Value("x", Units)), .. Message(12, Value(names[2], Classes)),
        ];
        return [.. Number(1, 8), .. Text(2, "test"), .. Message(7, graph), .. Message(8, Number(2, 17))];
    }

    private static byte[] Node(string name, string kind, params string[] read) => Message(1,
        [.. read.SelectMany(input => Text(1, input)), .. Text(2, name), .. Text(3, name), .. Text(4, kind)]);

    private static byte[] Constant(string name, params int[] shape)
    {
        float[] values = [.. Enumerable.Range(1, shape.Aggregate(1, (a, b) => a * b)).Select(i => MathF.Sin(i))];
        return Message(5, [.. shape.SelectMany(length => Number(1, length)), .. Number(2, 1), .. Text(8, name),
            .. Message(9, [.. values.SelectMany(BitConverter.GetBytes)])]);
    }

    /// <summary>A name with its type: rows of so many float32.</summary>
    private static byte[] Value(string name, int width) =>
        [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, 1), .. Message(2, [.. Dimension(1), .. Dimension(width)])]))];

    private static byte[] Dimension(int length) => Message(1, Number(1, length));

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
        {
            yield return (byte)((value & 127) | 128);
        }

        yield return (byte)value;
    }
}
