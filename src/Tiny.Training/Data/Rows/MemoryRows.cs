using Tiny.Core;
using Tiny.Learning;

namespace Tiny.Training.Data.Rows;

/// <summary>Rows of a data set in memory: one chunk, in a new order each pass. Passes allocate nothing.</summary>
/// <seealso cref="Tiny.Training.Trainer"/>
public sealed class MemoryRows : RowSource
{
    private readonly Dataset data;
    private readonly int[] rows;
    private readonly RowChunk chunk;
    private readonly SeededRandom random = new(0);
    private bool begun;

    /// <summary>These rows of a data set.</summary>
    public MemoryRows(Dataset data, IReadOnlyList<int> rows)
    {
        this.data = data;
        this.rows = [.. rows];
        float[] answers = data.Task == NetworkTask.Classification ? [.. data.Classes.Select(index => (float)index)] : data.Targets;
        chunk = new RowChunk(data.Inputs, answers, new int[this.rows.Length]);
    }

    /// <summary>Their numbers in the data set.</summary>
    public IReadOnlyList<int> Numbers => rows;

    /// <inheritdoc/>
    public override long Rows => rows.Length;

    /// <inheritdoc/>
    public override string Storage => "in memory";

    /// <inheritdoc/>
    public override void Begin(int? order)
    {
        rows.CopyTo(chunk.Order, 0);
        chunk.Count = rows.Length;
        begun = rows.Length > 0;
        if (order is int state)
        {
            random.State = state;
            DataSplit.Shuffle<int>(chunk.Order, random);
        }
    }

    /// <inheritdoc/>
    public override RowChunk? Next()
    {
        RowChunk? next = begun ? chunk : null;
        begun = false;
        return next;
    }

    /// <inheritdoc/>
    public override (RowSource Learning, RowSource HeldBack) HoldBack(double share, int seed)
    {
        DataSplit split = DataSplit.Stratified(data, rows, share, seed);
        return split.Test.Length > 0
            ? (new MemoryRows(data, split.Train), new MemoryRows(data, split.Test))
            : throw new DataException(
            $"{rows.Length} training rows are too few to hold a tenth back for --patience. Leave --patience off.");
    }
}
