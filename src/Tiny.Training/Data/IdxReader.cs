using System.Buffers.Binary;

namespace Tiny.Training.Data;

/// <summary>Reads IDX files (the format of MNIST): two zero bytes, element type, dimensions, big-endian sizes, then the elements.</summary>
public static class IdxReader
{
    /// <summary>Whether the code is one of IDX's element types.</summary>
    public static bool IsElementType(byte code) => ElementBytes(code) > 0;

    /// <summary>Reads a data file and the file of its labels.</summary>
    /// <exception cref="DataException">A file is missing or not as its header says, or they do not fit each other.</exception>
    public static Dataset Read(string path, string labelsPath)
    {
        IdxArray data = ReadArray(path);
        IdxArray labels = ReadArray(labelsPath);
        if (labels.ElementsEach != 1)
        {
            throw new DataException($"{labelsPath}: each label has {labels.ElementsEach} elements, expected one.");
        }

        if (labels.Count != data.Count)
        {
            throw new DataException(
                $"{labelsPath}: holds {labels.Count} labels, but {path} holds {data.Count} rows. Pass the labels of the same data.");
        }

        int[] classes = new int[labels.Count];
        int highest = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            float label = labels.Elements[i];
            if (label != MathF.Floor(label) || label is < 0 or > 65535)
            {
                throw new DataException($"{labelsPath}: label {i} is {label}, expected a whole number from 0 to 65535.");
            }

            classes[i] = (int)label;
            highest = Math.Max(highest, classes[i]);
        }

        string[] names = [.. Enumerable.Range(0, highest + 1).Select(i => i.ToString())];
        return Dataset.ForClassification(data.Elements, DataColumns.Unnamed(data.ElementsEach, shareUnit: true), classes, names);
    }

    /// <summary>Reads the rows of a data file without labels.</summary>
    /// <exception cref="DataException">The file is missing or not as its header says.</exception>
    public static IdxArray ReadArray(string path)
    {
        using Stream stream = DataFile.Open(path);
        try
        {
            return ReadArray(path, stream);
        }
        catch (InvalidDataException error)
        {
            throw new DataException($"{path}: the gzip file is damaged: {error.Message}", error);
        }
    }

    private static IdxArray ReadArray(string path, Stream stream)
    {
        byte[] start = new byte[4];
        int read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        int elementBytes = read == 4 ? ElementBytes(start[2]) : 0;
        if (read < 4 || start[0] != 0 || start[1] != 0 || elementBytes == 0 || start[3] == 0)
        {
            throw new DataException($"{path}: byte 0: not an IDX file; expected two zero bytes, an element type and a number of dimensions.");
        }

        int dimensions = start[3];
        byte[] sizes = new byte[4 * dimensions];
        int header = 4 + sizes.Length;
        if (stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
        {
            throw new DataException($"{path}: the file ends within its header of {header} bytes.");
        }

        int count = BinaryPrimitives.ReadInt32BigEndian(sizes);
        long each = 1;
        for (int d = 1; d < dimensions; d++)
        {
            each *= BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(4 * d));
        }

        if (count <= 0 || each is <= 0 or > 65535 || count * each > Array.MaxLength)
        {
            throw new DataException($"{path}: byte 4: {count} rows of {each} elements; expected at least one row of 1 to 65535 elements.");
        }

        byte[] payload = new byte[count * each * elementBytes];
        int got = stream.ReadAtLeast(payload, payload.Length, throwOnEndOfStream: false);
        if (got < payload.Length || stream.ReadByte() >= 0)
        {
            string found = got < payload.Length ? $"ends after {got}" : "goes on after them";
            throw new DataException(
                $"{path}: byte {header + got}: the header promises {count} x {each} elements, {payload.Length} bytes, but the file {found}. "
                + "Download it again.");
        }

        float[] elements = new float[count * (int)each];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Element(start[2], payload.AsSpan(i * elementBytes));
            if (!float.IsFinite(elements[i]))
            {
                throw new DataException($"{path}: row {i / each}, element {i % each}: {elements[i]}, expected a finite number.");
            }
        }

        return new IdxArray(elements, count, (int)each);
    }

    private static int ElementBytes(byte code) => code switch
    {
        0x08 or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };

    private static float Element(byte code, ReadOnlySpan<byte> bytes) => code switch
    {
        0x08 => bytes[0],
        0x09 => (sbyte)bytes[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(bytes),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(bytes),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
