namespace Tiny.Training.Data.Rows;

/// <summary>
/// Takes the rows of a data file as they are read, and keeps them once, as float32: in memory where they
/// fit, else in a temporary file. As long as nobody knows how many will come it holds no more than
/// <see cref="StorageOptions.HeldBytes"/>, so that its memory is flat whatever comes.
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
    /// <param name="schema">What the rows hold, of the columns that are kept.</param>
    /// <param name="key">Their answers.</param>
    /// <param name="kept">The columns that are kept, ascending; null for all.</param>
    internal RowTable Finish(DataSchema schema, AnswerKey key, int[]? kept = null)
    {
        if (!Fits(Rows))
        {
            Spill();
            file!.Append(current);
            file.Keep(kept);
            return new RowTable(schema, file, key, storage);
        }

        RowBlock whole = file is null && held.Count == 0 ? current : Gather();
        file?.Dispose();
        float[] inputs = kept is null ? whole.Inputs : Keep(whole.Inputs, kept);
        float[] answers = new float[Rows];
        key.Apply(whole.Values, whole.Texts, answers);
        return new RowTable(Dataset.From(schema, Cut(inputs, (int)Rows * (kept?.Length ?? columns)), answers), storage);
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

    /// <summary>All rows in one block.</summary>
    private RowBlock Gather()
    {
        held.Add(current);
        RowBlock all = new((int)Rows, columns);
        int at = 0;
        for (int i = 0; file is not null && i < file.Blocks; i++)
        {
            file.Read(i, all.Inputs.AsSpan(at * columns), all.Values.AsSpan(at), all.Texts.AsSpan(at));
            at += file.RowsOf(i);
        }

        foreach (RowBlock block in held)
        {
            block.Inputs.AsSpan(0, block.Count * columns).CopyTo(all.Inputs.AsSpan(at * columns));
            block.Values.AsSpan(0, block.Count).CopyTo(all.Values.AsSpan(at));
            block.Texts.AsSpan(0, block.Count).CopyTo(all.Texts.AsSpan(at));
            at += block.Count;
        }

        return all;
    }

    /// <summary>Moves the columns that are kept together, in place.</summary>
    private float[] Keep(float[] inputs, int[] kept)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                inputs[row * kept.Length + i] = inputs[row * columns + kept[i]];
            }
        }

        return inputs;
    }

    private static float[] Cut(float[] array, int length) => array.Length == length ? array : array[..length];
}
