using Google.Protobuf;

namespace Tiny.Training.Import.Onnx;

/// <summary>
/// Reads the fields of one protobuf message in place: pieces of the file are pointed at, not
/// copied, so that what a file makes this take is bounded by its size.
/// </summary>
/// <param name="message">The message.</param>
internal sealed class WireReader(WireSlice message)
{
    private readonly CodedInputStream input = new(message.File, message.Start, message.Length);
    private uint tag;

    /// <summary>The number of the field at which the reader stands.</summary>
    internal int Field => WireFormat.GetTagFieldNumber(tag);

    /// <summary>Where in the file the reader stands.</summary>
    internal int Position => (int)input.Position;

    /// <summary>Whether the field is bytes, text, a message or packed numbers.</summary>
    private bool IsDelimited => WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;

    /// <summary>Goes on to the next field; false behind the last.</summary>
    /// <exception cref="InvalidProtocolBufferException">There is no field.</exception>
    internal bool Next() => (tag = input.ReadTag()) != 0;

    /// <summary>Passes over the field.</summary>
    internal void Skip() => input.SkipLastField();

    /// <summary>The field as a whole number.</summary>
    internal long Integer()
    {
        Expect(WireFormat.WireType.Varint);
        return input.ReadInt64();
    }

    /// <summary>The field as a float.</summary>
    internal float Single()
    {
        Expect(WireFormat.WireType.Fixed32);
        return input.ReadFloat();
    }

    /// <summary>The field's content.</summary>
    internal WireSlice Slice()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        int start = Position;
        input.SkipLastField();
        while (message.File[start++] >= 0x80)
        {
            // The length in front of the content: all its bytes but the last have the high bit.
        }

        return new WireSlice(message.File, start, Position - start);
    }

    /// <summary>The field as text.</summary>
    internal string Text() => Slice().Text;

    /// <summary>Adds the whole numbers of a repeated field, packed or one by one.</summary>
    internal void AddIntegers(List<long> to, int most)
    {
        if (!IsDelimited)
        {
            to.Add(Integer());
        }
        else
        {
            WireSlice packed = Slice();
            CodedInputStream numbers = new(packed.File, packed.Start, packed.Length);
            while (!numbers.IsAtEnd && to.Count <= most)
            {
                to.Add(numbers.ReadInt64());
            }
        }

        Limit(to.Count, most);
    }

    /// <summary>Adds the floats of a repeated field, packed or one by one.</summary>
    internal void AddFloats(List<float> to)
    {
        if (IsDelimited)
        {
            AddAll(to, Slice());
        }
        else
        {
            to.Add(Single());
        }
    }

    /// <summary>Adds the doubles of a repeated field, packed or one by one.</summary>
    internal void AddDoubles(List<double> to)
    {
        if (IsDelimited)
        {
            AddAll(to, Slice());
        }
        else
        {
            Expect(WireFormat.WireType.Fixed64);
            to.Add(input.ReadDouble());
        }
    }

    /// <exception cref="ImportException">There are more than a model here could have any use for.</exception>
    internal static void Limit(int count, int most)
    {
        if (count > most)
        {
            throw new ImportException(
                $"more than {most:#,0} of what a small model has a few of. This is no model that a microcontroller could hold.");
        }
    }

    private static void AddAll<T>(List<T> to, WireSlice packed)
        where T : unmanaged
    {
        to.EnsureCapacity(to.Count + packed.Length / System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        to.AddRange(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(packed.Bytes));
    }

    private void Expect(WireFormat.WireType type)
    {
        if (WireFormat.GetTagWireType(tag) != type)
        {
            throw new ImportException(
                $"byte {Position:#,0}: field {Field} is of wire "
                    + $"type {WireFormat.GetTagWireType(tag)}, expected {type}. The file is damaged, or no ONNX model.");
        }
    }
}
