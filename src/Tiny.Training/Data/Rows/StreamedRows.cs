using System.Globalization;
using Tiny.Learning;

namespace Tiny.Training.Data.Rows;

/// <summary>
/// Rows of a file too large for memory. A pass takes the file's blocks in a new order, as many at a time as the shuffle buffer holds, and
/// the rows of a buffer in a new order again. While one buffer is used, the next is read.
/// </summary>
/// <remarks>
/// A buffer holds blocks from anywhere in the file, so data sorted by class or time is mixed well; only rows of the same
/// block, which stood near each other, meet in the same buffer more often than chance would have it.
/// </remarks>
internal sealed class StreamedRows : RowSource
{
    private readonly RowFile file;
    private readonly AnswerKey key;
    private readonly RowFilter filter;
    private readonly int bufferBytes;
    private readonly int[] blocks; // that hold rows of this source
    private readonly int[] order;  // of blocks, in this pass
    private readonly int blocksAtOnce;
    private readonly SeededRandom random = new(0);
    private readonly float[] values;
    private readonly int[] texts;
    private RowChunk? used;
    private RowChunk? spare;
    private Task<RowChunk>? reading;
    private bool shuffles;
    private int read; // blocks of this pass read or being read

    internal StreamedRows(RowFile file, AnswerKey key, RowFilter filter, int bufferBytes, int[]? blocks = null)
    {
        this.file = file;
        this.key = key;
        this.filter = filter;
        this.bufferBytes = bufferBytes;
        int first = (int)(filter.First / file.BlockRows);
        int end = (int)((filter.End + file.BlockRows - 1) / file.BlockRows);
        this.blocks = blocks ?? [.. Enumerable.Range(first, end - first)];
        order = new int[this.blocks.Length];
        int rowBytes = (file.Columns + 2) * sizeof(float);
        blocksAtOnce = Math.Max(1, bufferBytes / (file.BlockRows * rowBytes));
        values = new float[blocksAtOnce * file.BlockRows];
        texts = new int[values.Length];
        Rows = blocks is null ? filter.Count() : blocks.Sum(CountIn);
    }

    /// <inheritdoc/>
    public override long Rows { get; }

    /// <inheritdoc/>
    public override string Storage =>
        string.Create(CultureInfo.InvariantCulture, $"streamed in blocks of {file.BlockRows} rows, {blocksAtOnce} at a time");

    /// <inheritdoc/>
    public override void Begin(int? orderState)
    {
        reading?.GetAwaiter().GetResult(); // throws what was thrown, not an AggregateException around it
        blocks.CopyTo(order, 0);
        shuffles = orderState is not null;
        if (orderState is int state)
        {
            random.State = state;
            DataSplit.Shuffle(order, random);
        }

        read = 0;
        used ??= file.Rent(values.Length);
        spare ??= file.Rent(values.Length);
        reading = Read(spare);
    }

    /// <inheritdoc/>
    public override RowChunk? Next()
    {
        if (reading is null)
        {
            GiveBack(ref used);
            GiveBack(ref spare);
            return null;
        }

        RowChunk next = reading.GetAwaiter().GetResult();
        (used, spare) = (next, used);
        reading = read < order.Length ? Read(spare!) : null;
        return next.Count > 0 || reading is null ? next : Next();
    }

    /// <inheritdoc/>
    /// <remarks>Whole blocks, drawn by the seed: reading them does not mean reading the others too.</remarks>
    public override (RowSource Learning, RowSource HeldBack) HoldBack(double share, int seed)
    {
        int[] drawn = [.. blocks];
        DataSplit.Shuffle(drawn, new SeededRandom(seed));
        int count = (int)Math.Round(drawn.Length * share);
        if (count == 0)
        {
            throw new DataException($"{Rows} training rows are too few to hold a tenth back for --patience. Leave --patience off.");
        }

        int[] heldBack = [.. drawn[..count].Order()];
        int[] learning = [.. drawn[count..].Order()];
        return (new StreamedRows(file, key, filter, bufferBytes, learning), new StreamedRows(file, key, filter, bufferBytes, heldBack));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A fault of reading is told to whoever asks for the rows; it must not hide another that led here.
        reading?.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        reading = null;
    }

    private void GiveBack(ref RowChunk? chunk)
    {
        if (chunk is not null)
        {
            file.Return(chunk);
            chunk = null;
        }
    }

    private Task<RowChunk> Read(RowChunk chunk)
    {
        int first = read;
        read = Math.Min(order.Length, read + blocksAtOnce);
        int end = read;
        return Task.Run(() => Fill(chunk, first, end));
    }

    /// <summary>Fills a chunk with blocks of the pass. One at a time, so the order of draws is fixed.</summary>
    private RowChunk Fill(RowChunk chunk, int first, int end)
    {
        int at = 0;
        chunk.Count = 0;
        for (int i = first; i < end; i++)
        {
            int block = order[i];
            int rows = file.RowsOf(block);
            file.Read(block, chunk.Inputs.AsSpan(at * file.Columns), values.AsSpan(at), texts.AsSpan(at));
            key.Apply(values.AsSpan(at, rows), texts.AsSpan(at, rows), chunk.Answers.AsSpan(at, rows));
            for (int row = 0; row < rows; row++, at++)
            {
                if (Belongs((long)block * file.BlockRows + row))
                {
                    chunk.Order[chunk.Count++] = at;
                }
            }
        }

        if (shuffles)
        {
            DataSplit.Shuffle(chunk.Order.AsSpan(0, chunk.Count), random);
        }

        return chunk;
    }

    private bool Belongs(long row) => row >= filter.First && row < filter.End && filter.Contains(row);

    private long CountIn(int block)
    {
        long count = 0;
        for (int row = 0; row < file.RowsOf(block); row++)
        {
            count += Belongs((long)block * file.BlockRows + row) ? 1 : 0;
        }

        return count;
    }
}
