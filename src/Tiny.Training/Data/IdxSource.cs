using System.Buffers.Binary;
using Tiny.Training.Layers;

namespace Tiny.Training.Data;

/// <summary>
/// Reads an IDX file (the format of MNIST) as a stream, an element of its first dimension at a time:
/// two zero bytes, element type, dimensions, big-endian sizes, then the elements.
/// </summary>
/// <example>
/// <code>
/// using IdxSource source = new("images.idx");
/// float[] elements = new float[source.ElementsEach];
/// while (source.ReadRow(elements))
/// {
///     Console.WriteLine(elements[0]);
/// }
/// </code>
/// </example>
public sealed class IdxSource : IDisposable
{
    private readonly DataFile file;
    private readonly byte elementType;
    private readonly int headerBytes;
    private readonly byte[] row;
    private int rowsRead;

    /// <summary>Opens a file, plain or gzip.</summary>
    /// <exception cref="DataException">The file is missing or no IDX file.</exception>
    public IdxSource(string path)
        : this(DataFile.Open(path))
    {
    }

    /// <summary>Reads from a file that was opened, which goes when the source does.</summary>
    /// <exception cref="DataException">It is no IDX file.</exception>
    public IdxSource(DataFile file)
    {
        this.file = file;
        Path = file.Path;
        string path = Path;
        try
        {
            byte[] start = new byte[4];
            int read = ReadAtLeast(start);
            if (read < 4 || start[0] != 0 || start[1] != 0 || !IsElementType(start[2]) || start[3] == 0)
            {
                throw new DataException($"{path}: byte 0: not an IDX file; expected two zero bytes, an element type and a number of "
                    + "dimensions.");
            }

            elementType = start[2];
            byte[] sizes = new byte[4 * start[3]];
            headerBytes = 4 + sizes.Length;
            if (ReadAtLeast(sizes) < sizes.Length)
            {
                throw new DataException($"{path}: the file ends within its header of {headerBytes} bytes.");
            }

            Count = BinaryPrimitives.ReadInt32BigEndian(sizes);
            long each = 1;
            List<int> dimensions = [];
            for (int at = 4; at < sizes.Length && each <= 65535; at += 4)
            {
                each *= BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(at));
                dimensions.Add((int)BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(at)));
            }

            if (Count <= 0 || each is <= 0 or > 65535)
            {
                throw new DataException($"{path}: byte "
                    + $"4: {Count} rows of {each} elements; expected at least one row of 1 to 65535 elements.");
            }

            ElementsEach = (int)each;
            Shape = dimensions is [int height, int width]
                ? new Shape(height, width, 1) : dimensions is [int high, int wide, int channels] ? new Shape(high, wide, channels) : null;
            row = new byte[ElementsEach * ElementBytes(elementType)];
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Rows: the size of the first dimension.</summary>
    public int Count { get; }

    /// <summary>Elements of a row: the product of the other dimensions.</summary>
    public int ElementsEach { get; }

    /// <summary>The shape of a row: of two dimensions an image, of three one with channels; null for others.</summary>
    public Shape? Shape { get; }

    /// <summary>Whether the code is one of IDX's element types.</summary>
    /// <param name="code">The third byte of the file.</param>
    public static bool IsElementType(byte code) => ElementBytes(code) > 0;

    /// <summary>Sees to it that this file holds one label for each row of another.</summary>
    /// <exception cref="DataException">It does not.</exception>
    internal void CheckAreLabelsOf(IdxSource rows)
    {
        if (ElementsEach != 1)
        {
            throw new DataException($"{Path}: each label has {ElementsEach} elements, expected one.");
        }

        if (Count != rows.Count)
        {
            throw new DataException($"{Path}: "
                + $"holds {Count} labels, but {rows.Path} holds {rows.Count} rows. Pass the labels of the same data.");
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="elements">Receives its elements, (<see cref="ElementsEach"/>).</param>
    /// <returns>False after the last.</returns>
    /// <exception cref="DataException">The file is shorter or longer than its header says, or an element is not finite.</exception>
    public bool ReadRow(Span<float> elements)
    {
        if (rowsRead == Count)
        {
            return ReadAtLeast(row.AsSpan(0, 1)) == 0 ? false : throw Length(headerBytes + (long)Count * row.Length, "goes on after them");
        }

        int got = ReadAtLeast(row);
        if (got < row.Length)
        {
            long elementsRead = (long)rowsRead * row.Length + got;
            throw Length(headerBytes + elementsRead, $"ends after {elementsRead}");
        }

        Convert(elements);
        rowsRead++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static int ElementBytes(byte code) => code switch
    {
        0x08 or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };

    private void Convert(Span<float> elements)
    {
        int bytes = ElementBytes(elementType);
        for (int i = 0; i < elements.Length; i++)
        {
            ReadOnlySpan<byte> at = row.AsSpan(i * bytes);
            elements[i] = elementType switch
            {
                0x08 => at[0],
                0x09 => (sbyte)at[0],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(at),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(at),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(at),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(at),
            };
            if (!float.IsFinite(elements[i]))
            {
                throw new DataException($"{Path}: row {rowsRead}, element {i}: {elements[i]}, expected a finite number.");
            }
        }
    }

    private int ReadAtLeast(Span<byte> bytes)
    {
        try
        {
            return file.Stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(Path, error);
        }
    }

    private DataException Length(long at, string found) =>
        new($"{Path}: byte {at}: the header "
        + $"promises {Count} x {ElementsEach} elements, {(long)Count * row.Length} bytes, but the file {found}. Download it again.");
}
