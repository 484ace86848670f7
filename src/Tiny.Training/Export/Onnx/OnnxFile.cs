using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace Tiny.Training.Export.Onnx;

/// <summary>Writes ONNX files: nodes and constants in their order, by the numbers that ONNX's specification gives the fields.</summary>
/// <param name="producer">The program that writes.</param>
/// <param name="opset">The version of the operators.</param>
internal sealed class OnnxFile(string producer, int opset)
{
    private const int FormatVersion = 8; // that goes with opset 17
    private const int Float = 1;
    private const int Int64 = 7;
    private const int TypeFloat = 1;
    private const int TypeInt = 2;
    private const int TypeText = 3;
    private const int TypeFloats = 6;
    private const int TypeInts = 7;
    private const int TypeTexts = 8;

    private readonly List<byte[]> nodes = [];
    private readonly List<byte[]> constants = [];
    private readonly List<byte[]> inputs = [];
    private readonly List<byte[]> outputs = [];
    private readonly List<(string Key, string Value)> metadata = [];

    /// <summary>Adds an input of the graph; its first dimension is the batch.</summary>
    internal string Input(string name, params int[] shape)
    {
        inputs.Add(Value(name, shape));
        return name;
    }

    /// <summary>Adds an output of the graph.</summary>
    internal void Output(string name, params int[] shape) => outputs.Add(Value(name, shape));

    /// <summary>Adds a note about the model.</summary>
    internal void Note(string key, string value) => metadata.Add((key, value));

    /// <summary>Adds a constant of float32.</summary>
    internal string Constant(string name, float[] values, params int[] shape) =>
        Constant(name, Float, MemoryMarshal.AsBytes<float>(values), shape);

    /// <summary>Adds a row of whole numbers.</summary>
    internal string Constant(string name, params long[] values) =>
        Constant(name, Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    /// <summary>Adds a node of one output, named as the node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="operator">Its operator.</param>
    /// <param name="read">What it reads.</param>
    /// <param name="attributes">Its attributes: float, int, string, float[], int[] or string[] each.</param>
    internal string Node(string name, string @operator, IEnumerable<string> read, params (string Name, object Value)[] attributes) =>
        NodeOf("", [name], @operator, read, attributes);

    /// <summary>
    /// Adds a node of an operator of another domain, or of several outputs, of which the first that is not left out is its name.
    /// </summary>
    internal string NodeOf(
        string domain, string[] names, string @operator, IEnumerable<string> read, params (string Name, object Value)[] attributes)
    {
        string first = Array.Find(names, name => name.Length > 0)!;
        nodes.Add(Message(output =>
        {
            foreach (string input in read)
            {
                Write(output, 1, input);
            }

            foreach (string name in names)
            {
                Write(output, 2, name);
            }

            Write(output, 3, first);
            Write(output, 4, @operator);
            foreach ((string key, object value) in attributes)
            {
                Write(output, 5, Attribute(key, value));
            }

            if (domain.Length > 0)
            {
                Write(output, 7, domain);
            }
        }));
        return first;
    }

    /// <summary>The file.</summary>
    internal byte[] ToBytes(string name) => Message(output =>
    {
        Write(output, 1, FormatVersion);
        Write(output, 2, producer);
        Write(output, 7, Graph(name));
        Write(output, 8, Message(version => Write(version, 2, opset)));
        foreach ((string key, string value) in metadata)
        {
            Write(output, 14, Message(entry =>
            {
                Write(entry, 1, key);
                Write(entry, 2, value);
            }));
        }
    });

    private byte[] Graph(string name) => Message(output =>
    {
        nodes.ForEach(node => Write(output, 1, node));
        Write(output, 2, name);
        constants.ForEach(constant => Write(output, 5, constant));
        inputs.ForEach(input => Write(output, 11, input));
        outputs.ForEach(given => Write(output, 12, given));
    });

    private string Constant(string name, int type, ReadOnlySpan<byte> raw, int[] shape)
    {
        byte[] bytes = raw.ToArray();
        constants.Add(Message(output =>
        {
            foreach (int size in shape)
            {
                Write(output, 1, size);
            }

            Write(output, 2, type);
            Write(output, 8, name);
            Write(output, 9, bytes);
        }));
        return name;
    }

    private static byte[] Attribute(string name, object value) => Message(output =>
    {
        Write(output, 1, name);
        switch (value)
        {
            case float number:
                output.WriteTag(2, WireFormat.WireType.Fixed32);
                output.WriteFloat(number);
                Write(output, 20, TypeFloat);
                break;
            case int number:
                Write(output, 3, number);
                Write(output, 20, TypeInt);
                break;
            case string text:
                Write(output, 4, text);
                Write(output, 20, TypeText);
                break;
            case float[] numbers:
                foreach (float number in numbers)
                {
                    output.WriteTag(7, WireFormat.WireType.Fixed32);
                    output.WriteFloat(number);
                }

                Write(output, 20, TypeFloats);
                break;
            case string[] texts:
                foreach (string text in texts)
                {
                    Write(output, 9, text);
                }

                Write(output, 20, TypeTexts);
                break;
            default:
                foreach (int number in (int[])value)
                {
                    Write(output, 8, number);
                }

                Write(output, 20, TypeInts);
                break;
        }
    });

    private static byte[] Value(string name, int[] shape) => Message(output =>
    {
        Write(output, 1, name);
        Write(output, 2, Message(type => Write(type, 1, Message(tensor =>
        {
            Write(tensor, 1, Float);
            Write(tensor, 2, Message(sizes =>
            {
                Write(sizes, 1, Message(batch => Write(batch, 2, "N")));
                foreach (int size in shape)
                {
                    Write(sizes, 1, Message(dimension => Write(dimension, 1, size)));
                }
            }));
        }))));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream stream = new();
        using CodedOutputStream output = new(stream);
        write(output);
        output.Flush();
        return stream.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }

    private static void Write(CodedOutputStream output, int field, string text) => Write(output, field, Encoding.UTF8.GetBytes(text));

    private static void Write(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }
}
