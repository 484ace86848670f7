namespace Tiny.Training.Data.Rows;

/// <summary>Rows to go through again and again, chunk by chunk: in memory, or streamed from a file larger than it.</summary>
/// <example>
/// <code>
/// rows.Begin(order: 1);                                      // another order for each number
/// while (rows.Next() is RowChunk chunk)
/// {
///     for (int i = 0; i &lt; chunk.Count; i++)
///     {
///         Console.WriteLine(chunk.Answers[chunk.Order[i]]);
///     }
/// }
/// </code>
/// </example>
public abstract class RowSource : IDisposable
{
    /// <summary>How many rows.</summary>
    public abstract long Rows { get; }

    /// <summary>In words, what else than the rows and the state given to <see cref="Begin"/> their order depends on.</summary>
    public virtual string Storage => GetType().Name;

    /// <summary>Begins a pass.</summary>
    /// <param name="order">Fixes the order of the rows, a state of <see cref="Learning.SeededRandom"/>; null for that of the file.</param>
    public abstract void Begin(int? order);

    /// <summary>The next rows of the pass, valid until the next call; null at its end.</summary>
    public abstract RowChunk? Next();

    /// <summary>Splits off a share of the rows to watch while the others are learned.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="seed">Draws the rows.</param>
    /// <exception cref="DataException">There are too few.</exception>
    public abstract (RowSource Learning, RowSource HeldBack) HoldBack(double share, int seed);

    /// <summary>
    /// At most so many rows, evenly spaced, as a data set in memory; fewer, but one, where they would take more memory than this.
    /// </summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="memoryBytes">The most bytes that their inputs may take.</param>
    public Dataset Sample(DataSchema schema, int most, long memoryBytes)
    {
        int columns = schema.ColumnCount;
        long fitting = Math.Max(1, Math.Min(memoryBytes / sizeof(float), Array.MaxLength) / columns);
        int count = (int)Math.Min(Math.Min(most, Rows), fitting);
        float[] inputs = new float[(long)count * columns];
        float[] answers = new float[count];
        int taken = 0;
        long row = 0;
        Begin(null);
        while (taken < count && Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count && taken < count; i++, row++)
            {
                if (row == taken * Rows / count)
                {
                    chunk.Inputs.AsSpan(chunk.Order[i] * columns, columns).CopyTo(inputs.AsSpan(taken * columns));
                    answers[taken++] = chunk.Answers[chunk.Order[i]];
                }
            }
        }

        return Dataset.From(schema, inputs, answers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the source holds besides memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
