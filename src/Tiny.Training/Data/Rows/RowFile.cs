using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tiny.Training.Data.Rows;

/// <summary>
/// A temporary file of rows as float32, in blocks of a fixed number of rows: inputs, then values, then texts. It is gone when the process
/// ends, however that happens: where the system allows it, its name is removed as soon as it is open.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly Stack<RowChunk> chunks = [];
    private readonly string folder;
    private readonly int stored; // inputs of a row as they were written
    private int[]? kept;         // of them, those that are read

    /// <summary>An empty file in a folder.</summary>
    /// <exception cref="DataException">It cannot be made.</exception>
    internal RowFile(string folder, int columns, int blockRows)
    {
        this.folder = folder;
        stored = columns;
        BlockRows = blockRows;
        string path = Path.Combine(folder, $"tiny-{Environment.ProcessId}-{Guid.NewGuid():N}.rows");
        try
        {
            handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: the rows, too many for memory, cannot be kept "
                + $"there: {error.Message} Name another folder with --cache.", error);
        }
    }

    /// <summary>Inputs of a row as they are read.</summary>
    internal int Columns => kept?.Length ?? stored;

    /// <summary>Rows of each block but the last.</summary>
    internal int BlockRows { get; }

    /// <summary>Rows in the file.</summary>
    internal long Rows { get; private set; }

    /// <summary>Blocks in the file.</summary>
    internal int Blocks => (int)((Rows + BlockRows - 1) / BlockRows);

    private long BlockBytes => (long)BlockRows * (stored + 2) * sizeof(float);

    /// <summary>
    /// A chunk with room for this many rows, from a pass that has ended if there is one: passes
    /// follow each other and need no more than two.
    /// </summary>
    internal RowChunk Rent(int rows) => chunks.TryPop(out RowChunk? chunk) && chunk.Answers.Length == rows
        ? chunk
        : new RowChunk(new float[(long)rows * Columns], new float[rows], new int[rows]);

    /// <summary>Takes back a chunk that is used no more.</summary>
    internal void Return(RowChunk chunk) => chunks.Push(chunk);

    /// <summary>Says which inputs of each row are read from now on, ascending; null for all.</summary>
    internal void Keep(int[]? columns) => kept = columns;

    /// <summary>Rows of one block.</summary>
    internal int RowsOf(int block) => (int)Math.Min(BlockRows, Rows - (long)block * BlockRows);

    /// <summary>Appends a block. Only the last may be short.</summary>
    /// <exception cref="DataException">The disk is full.</exception>
    internal void Append(RowBlock block)
    {
        long at = Blocks * BlockBytes;
        try
        {
            at = Write(MemoryMarshal.AsBytes(block.Inputs.AsSpan()), at);
            at = Write(MemoryMarshal.AsBytes(block.Values.AsSpan()), at);
            Write(MemoryMarshal.AsBytes(block.Texts.AsSpan()), at);
        }
        catch (IOException error)
        {
            throw new DataException(
                $"{folder}: no room for the rows after {Rows} of them: {error.Message} They take {BlockBytes / BlockRows} bytes each. "
                + "Name another folder with --cache.", error);
        }

        Rows += block.Count;
    }

    /// <summary>Reads a block's rows to where a chunk has room for them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="inputs">Receives the inputs.</param>
    /// <param name="values">Receives the labels' values.</param>
    /// <param name="texts">Receives the labels' texts.</param>
    /// <exception cref="DataException">Reading failed.</exception>
    internal void Read(int block, Span<float> inputs, Span<float> values, Span<int> texts)
    {
        long at = block * BlockBytes;
        int rows = RowsOf(block);
        try
        {
            ReadInputs(inputs, rows, at);
            at += (long)BlockRows * stored * sizeof(float);
            Read(MemoryMarshal.AsBytes(values[..rows]), at);
            Read(MemoryMarshal.AsBytes(texts[..rows]), at + (long)BlockRows * sizeof(float));
        }
        catch (IOException error)
        {
            throw new DataException($"{folder}: reading the rows kept there failed: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void ReadInputs(Span<float> inputs, int rows, long at)
    {
        if (kept is null)
        {
            Read(MemoryMarshal.AsBytes(inputs[..(rows * stored)]), at);
            return;
        }

        float[] whole = ArrayPool<float>.Shared.Rent(rows * stored);
        Read(MemoryMarshal.AsBytes(whole.AsSpan(0, rows * stored)), at);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                inputs[row * kept.Length + i] = whole[row * stored + kept[i]];
            }
        }

        ArrayPool<float>.Shared.Return(whole);
    }

    private long Write(ReadOnlySpan<byte> bytes, long at)
    {
        RandomAccess.Write(handle, bytes, at);
        return at + bytes.Length;
    }

    private void Read(Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(handle, bytes, at);
            if (read == 0)
            {
                throw new IOException("the file is shorter than what was written to it.");
            }

            bytes = bytes[read..];
            at += read;
        }
    }
}
