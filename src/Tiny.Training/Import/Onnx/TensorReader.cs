using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tiny.Training.Import.Onnx;

/// <summary>
/// Reads tensors: their numbers in any of the forms that ONNX has, float16 and bfloat16 widened, those of other files included.
/// </summary>
/// <param name="folder">Where files beside the model are; null where it has none.</param>
internal sealed class TensorReader(string? folder)
{
    private const int MostDimensions = 8;
    private const int MostElements = 1 << 28;
    private const int MostTexts = 1 << 16;
    private const int MostIntegers = 1 << 22;
    private const int External = 1;

    /// <summary>Names of element types by their codes.</summary>
    private static readonly string[] TypeNames =
        ["none", "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double", "uint32", "uint64",
        "complex64", "complex128", "bfloat16"];

    /// <summary>The last type other than float32 that floating-point numbers were converted from; null for none.</summary>
    internal string? ConvertedFrom { get; private set; }

    /// <summary>The name of an element type.</summary>
    internal static string NameOf(int type) => type >= 0 && type < TypeNames.Length ? TypeNames[type] : $"type {type}";

    /// <summary>Reads a tensor.</summary>
    /// <returns>Its name and content.</returns>
    internal (string Name, Tensor Tensor) Read(WireSlice message)
    {
        Parts parts = new();
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: reader.AddIntegers(parts.Dimensions, MostDimensions); break;
                case 2: parts.Type = (int)Math.Clamp(reader.Integer(), -1, 1000); break;
                case 4: reader.AddFloats(parts.Floats); break;
                case 5 or 7 or 11: reader.AddIntegers(parts.Integers, MostIntegers); break;
                case 6: AddText(parts, reader.Slice()); break;
                case 8: parts.Name = reader.Text(); break;
                case 9: parts.Raw = reader.Slice(); break;
                case 10: reader.AddDoubles(parts.Doubles); break;
                case 13: AddEntry(parts.External, reader.Slice()); break;
                case 14: parts.Location = (int)reader.Integer(); break;
                default: reader.Skip(); break;
            }
        }

        return (parts.Name, ToTensor(parts));
    }

    /// <summary>Adds a key and its value.</summary>
    internal static void AddEntry(Dictionary<string, string> to, WireSlice message)
    {
        string key = "";
        string value = "";
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: key = reader.Text(); break;
                case 2: value = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        to[key] = value;
        WireReader.Limit(to.Count, MostTexts);
    }

    private static void AddText(Parts parts, WireSlice text)
    {
        parts.Texts.Add(text.Text);
        WireReader.Limit(parts.Texts.Count, MostTexts);
    }

    private Tensor ToTensor(Parts parts)
    {
        if (parts.Dimensions.Any(size => size is < 0 or > MostElements)
            || Dims.Count(parts.Dimensions.Select(size => (int)size)) > MostElements)
        {
            throw parts.Fault("has dimensions "
                + $"[{string.Join(", ", parts.Dimensions)}]: expected none below 0, and fewer than {MostElements:#,0} elements.");
        }

        int[] shape = [.. parts.Dimensions.Select(size => (int)size)];
        ReadOnlySpan<byte> raw = parts.Location == External ? ExternalBytes(parts) : parts.Raw is WireSlice slice ? slice.Bytes : default;
        bool isRaw = parts.Location == External || parts.Raw is not null;
        Array data = parts.Type switch
        {
            1 => isRaw ? Cast<float>(parts, raw).ToArray() : parts.Floats.ToArray(),
            11 => Converted(parts, isRaw ? Cast<double>(parts, raw).ToArray() : parts.Doubles.ToArray()),
            10 => Converted(parts, Halves(
                isRaw ? Cast<ushort>(parts, raw) : Shorts(parts), bits => (float)BitConverter.UInt16BitsToHalf(bits))),
            16 => Converted(parts, Halves(
                isRaw ? Cast<ushort>(parts, raw) : Shorts(parts), bits => BitConverter.Int32BitsToSingle(bits << 16))),
            8 => parts.Texts.ToArray(),
            7 => isRaw ? Cast<long>(parts, raw).ToArray() : parts.Integers.ToArray(),
            2 or 9 => isRaw ? Whole(raw, 1, bytes => bytes[0]) : parts.Integers.ToArray(),
            3 => isRaw ? Whole(raw, 1, bytes => (sbyte)bytes[0]) : parts.Integers.ToArray(),
            4 => isRaw ? Whole(raw, 2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)) : parts.Integers.ToArray(),
            5 => isRaw ? Whole(raw, 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)) : parts.Integers.ToArray(),
            6 => isRaw ? Whole(raw, 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)) : parts.Integers.ToArray(),
            12 => isRaw ? Whole(raw, 4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)) : parts.Integers.ToArray(),
            13 => isRaw ? Cast<long>(parts, raw).ToArray() : parts.Integers.ToArray(),
            _ => throw parts.Fault($"is of element type {NameOf(parts.Type)}. Save the model with float32 weights."),
        };
        return data.Length == Dims.Count(shape)
            ? new Tensor(shape, data)
            : throw parts.Fault($"has {data.Length:#,0} elements, "
            + $"expected {Dims.Count(shape):#,0} by its dimensions {Dims.Words(shape)}. The file is damaged or was cut off.");
    }

    private Array Converted(Parts parts, Array data)
    {
        ConvertedFrom = NameOf(parts.Type);
        return data;
    }

    private static ushort[] Shorts(Parts parts) => [.. parts.Integers.Select(bits => (ushort)bits)];

    private static float[] Halves(ReadOnlySpan<ushort> bits, Func<ushort, float> widen)
    {
        float[] values = new float[bits.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = widen(bits[i]);
        }

        return values;
    }

    private static long[] Whole(ReadOnlySpan<byte> raw, int size, Func<byte[], long> read)
    {
        long[] values = new long[raw.Length / size];
        byte[] bytes = new byte[size];
        for (int i = 0; i < values.Length; i++)
        {
            raw.Slice(i * size, size).CopyTo(bytes);
            values[i] = read(bytes);
        }

        return values;
    }

    private static ReadOnlySpan<T> Cast<T>(Parts parts, ReadOnlySpan<byte> raw)
        where T : unmanaged
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        return raw.Length % size == 0
            ? MemoryMarshal.Cast<byte, T>(raw)
            : throw parts.Fault($"has {raw.Length:#,0} bytes of data, expected a multiple of {size}. The file is damaged or was cut off.");
    }

    private byte[] ExternalBytes(Parts parts)
    {
        string location = parts.External.GetValueOrDefault("location", "");
        if (folder is null || location.Length == 0 || Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
        {
            throw parts.Fault("has its data in another file, "
                + $"\"{location}\", which must lie beside the model or below. Save the model in one file, or put that file there.");
        }

        string path = Path.Combine(folder, location);
        long size = parts.Dimensions.Aggregate(1L, (product, dimension) => product * dimension) * SizeOf(parts);
        try
        {
            using FileStream file = File.OpenRead(path);
            long offset = Number(parts, "offset", 0);
            long length = Number(parts, "length", size);
            if (length != size || offset < 0 || offset > file.Length - length)
            {
                throw parts.Fault($"has its data in {path} from byte {offset:#,0}, {length:#,0} bytes; expected {size:#,0} bytes, and the "
                    + $"file has {file.Length:#,0}.");
            }

            byte[] bytes = new byte[length];
            file.Position = offset;
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (Files.FileFault.Is(error))
        {
            throw parts.Fault($"has its data in {path}, which cannot be read: {Files.FileFault.Reason(error)}. Put that file beside the "
                + "model, or save the model in one file.");
        }
    }

    private static long Number(Parts parts, string key, long otherwise) =>
        !parts.External.TryGetValue(key, out string? text)
        ? otherwise : long.TryParse(text, out long number)
        ? number : throw parts.Fault($"has {key} \"{text}\" of its data in another file, expected a number.");

    private static int SizeOf(Parts parts) => parts.Type switch
    {
        2 or 3 or 9 => 1,
        4 or 5 or 10 or 16 => 2,
        7 or 11 or 13 => 8,
        _ => 4,
    };

    private sealed class Parts
    {
        internal string Name { get; set; } = "";

        internal int Type { get; set; }

        internal int Location { get; set; }

        internal WireSlice? Raw { get; set; }

        internal List<long> Dimensions { get; } = [];

        internal List<float> Floats { get; } = [];

        internal List<double> Doubles { get; } = [];

        internal List<long> Integers { get; } = [];

        internal List<string> Texts { get; } = [];

        internal Dictionary<string, string> External { get; } = [];

        internal ImportException Fault(string found) => new($"the tensor \"{Name}\" {found}");
    }
}
