using Google.Protobuf;

namespace Tiny.Import.Tests.Graphs;

/// <summary>A product of two inputs with weights of float16, which the product's own writer does not write.</summary>
internal sealed class HalfModel
{
    private const int Float16 = 10;

    internal byte[] ToBytes() => Message(model =>
    {
        Number(model, 1, 8);
        Bytes(model, 7, Message(graph =>
        {
            Bytes(graph, 1, Message(node =>
            {
                Text(node, 1, "x");
                Text(node, 1, "w");
                Text(node, 2, "y");
                Text(node, 4, "MatMul");
            }));
            Bytes(graph, 5, Message(tensor =>
            {
                Number(tensor, 1, 2);
                Number(tensor, 1, 1);
                Number(tensor, 2, Float16);
                Number(tensor, 5, BitConverter.HalfToUInt16Bits((Half)0.5f));
                Number(tensor, 5, BitConverter.HalfToUInt16Bits((Half)(-1.25f)));
                Text(tensor, 8, "w");
            }));
            Bytes(graph, 11, Value("x", 2));
            Bytes(graph, 12, Value("y", 1));
        }));
        Bytes(model, 8, Message(opset => Number(opset, 2, 13)));
    });

    internal static byte[] Value(string name, int size, int type = Float16) => Message(value =>
    {
        Text(value, 1, name);
        Bytes(value, 2, Message(kind => Bytes(kind, 1, Message(tensor =>
        {
            Number(tensor, 1, type);
            Bytes(tensor, 2, Message(shape =>
            {
                Bytes(shape, 1, Message(dimension => Number(dimension, 1, 1)));
                Bytes(shape, 1, Message(dimension => Number(dimension, 1, size)));
            }));
        }))));
    });

    internal static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream stream = new();
        using CodedOutputStream output = new(stream);
        write(output);
        output.Flush();
        return stream.ToArray();
    }

    internal static void Number(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }

    internal static void Text(CodedOutputStream output, int field, string text) =>
        Bytes(output, field, System.Text.Encoding.UTF8.GetBytes(text));

    internal static void Bytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
