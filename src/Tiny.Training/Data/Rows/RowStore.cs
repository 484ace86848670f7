namespace Tiny.Training.Data.Rows;

/// <summary>
/// Takes the rows of a data file as they are read, and keeps them once, as float32: in memory where they fit, else in a temporary file. As long as
/// nobody knows how many will come it holds no more than <see cref="StorageOptions.HeldBytes"/>, so that its memory is flat whatever comes.
/// </summary>
internal sealed class RowStore
{
    private readonly int columns;
    private readonly StorageOptions storage;
    private readonly int blockRows;
    private readonly int mostHeld; // blocks
    private readonly List<RowBlock> held = [];
    private RowFile? file;
    private RowBlock current;

    /// <summary>A store for rows of this many inputs.</summary>
    /// <param name="columns">Inputs of a row.</param>
    /// <param name="storage">How much memory they may take, and where they go otherwise.</param>
    /// <param name="expected">How many rows will come, where that is known.</param>
    internal RowStore(int columns, StorageOptions storage, int? expected = null)
    {
        this.columns = columns;
        this.storage = storage;
        blockRows = Math.Max(1, storage.BlockBytes / (columns * sizeof(float)));
        mostHeld = (int)(Math.Min(storage.MemoryBytes, storage.HeldBytes) / ((long)blockRows * columns * sizeof(float)));
        current = new RowBlock(expected is int rows && Fits(rows) ? rows : blockRows, columns);
    }

    /// <summary>Rows taken.</summary>
    internal long Rows { get; private set; }

    /// <summary>Where the next row's inputs are to be written, before it is added.</summary>
    internal Span<float> Next()
    {
        if (current.Count == current.Capacity)
        {
            Put();
        }

        return current.Inputs.AsSpan(current.Count * columns, columns);
    }

    /// <summary>Adds the row whose inputs were written.</summary>
    /// <param name="value">The label as a number, where it is one.</param>
    /// <param name="text">The label's number in the order in which labels were first seen.</param>
    internal void Add(float value, int text)
    {
        current.Values[current.Count] = value;
        current.Texts[current.Count] = text;
        current.Count++;
        Rows++;
    }

    /// <summary>Closes the store and gives what it holds.</summary>
    internal RowTable Finish(DataSchema schema, AnswerKey key)
    {
        if (!Fits(Rows))
        {
            Spill();
            file!.Append(current);
            return new RowTable(schema, file, key, storage.BufferBytes);
        }

        if (file is null && held.Count == 0)
        {
            return new RowTable(ToDataset(schema, key, Cut(current.Inputs, (int)Rows * columns), current.Values, current.Texts));
        }

        held.Add(current);
        float[] inputs = new float[Rows * columns];
        float[] values = new float[Rows];
        int[] texts = new int[Rows];
        int at = 0;
        for (int i = 0; file is not null && i < file.Blocks; i++)
        {
            file.Read(i, inputs.AsSpan(at * columns), values.AsSpan(at), texts.AsSpan(at));
            at += file.RowsOf(i);
        }

        foreach (RowBlock block in held)
        {
            block.Inputs.AsSpan(0, block.Count * columns).CopyTo(inputs.AsSpan(at * columns));
            block.Values.AsSpan(0, block.Count).CopyTo(values.AsSpan(at));
            block.Texts.AsSpan(0, block.Count).CopyTo(texts.AsSpan(at));
            at += block.Count;
        }

        file?.Dispose();
        return new RowTable(ToDataset(schema, key, inputs, values, texts));
    }

    /// <summary>Lets go of the file when the rows will not be finished.</summary>
    internal void Abandon() => file?.Dispose();

    private bool Fits(long rows) => rows * columns * sizeof(float) <= storage.MemoryBytes && rows * columns <= Array.MaxLength;

    /// <summary>Puts the full block away and makes room for the next: the same again where there is a file already.</summary>
    private void Put()
    {
        if (file is null && held.Count < mostHeld)
        {
            held.Add(current);
            current = new RowBlock(blockRows, columns);
            return;
        }

        Spill();
        file!.Append(current);
        current.Count = 0;
    }

    /// <summary>Moves what is held to the file.</summary>
    private void Spill()
    {
        file ??= new RowFile(storage.Folder, columns, blockRows);
        foreach (RowBlock block in held)
        {
            file.Append(block);
        }

        held.Clear();
    }

    private Dataset ToDataset(DataSchema schema, AnswerKey key, float[] inputs, float[] values, int[] texts)
    {
        float[] answers = new float[Rows];
        key.Apply(values, texts, answers);
        return Dataset.From(schema, inputs, answers);
    }

    private static float[] Cut(float[] array, int length) => array.Length == length ? array : array[..length];
}
