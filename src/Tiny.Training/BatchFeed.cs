using Tiny.Training.Data.Rows;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training;

/// <summary>Fills batches with the rows of a source: inputs normalized, answers as what the outputs should be.</summary>
/// <param name="inputs">Normalization of the inputs.</param>
/// <param name="targets">Scaling of the targets; null for classification.</param>
/// <param name="batch">The batch to fill.</param>
/// <param name="classWeights">(classes) how much a row of each class counts; null where all count alike.</param>
internal sealed class BatchFeed(Normalizer inputs, Normalizer? targets, Batch batch, float[]? classWeights = null)
{
    /// <summary>Whether outputs should be the normalized inputs.</summary>
    internal bool Reconstructs { get; init; }

    /// <summary>The rows that the normalization was fitted to: none of them needs to be held within its limit.</summary>
    internal RowSource? Fitted { get; init; }

    private RowSource? source;
    private RowChunk? chunk;
    private int at;

    /// <summary>Begins a pass through a source.</summary>
    internal void Begin(RowSource rows, int? order)
    {
        source = rows;
        rows.Begin(order);
        chunk = null;
    }

    /// <summary>Fills the batch with the next rows of the pass; fewer at its end.</summary>
    /// <returns>How many rows, 0 after the last.</returns>
    internal int Fill()
    {
        batch.Rows = 0;
        while (batch.Rows < batch.Capacity && Available() is int available and > 0)
        {
            int count = Math.Min(available, batch.Capacity - batch.Rows);
            ReadOnlySpan<int> rows = chunk!.Order.AsSpan(at, count);
            if (source == Fitted)
            {
                inputs.Gather(chunk.Inputs, rows, batch, batch.Rows);
            }
            else
            {
                inputs.Apply(chunk.Inputs, rows, batch, batch.Rows);
            }

            for (int i = 0; i < count; i++)
            {
                SetAnswer(batch.Rows + i, chunk.Answers[rows[i]]);
                if (Reconstructs)
                {
                    int columns = inputs.Means.Length;
                    inputs.Apply(chunk.Inputs.AsSpan(rows[i] * columns, columns), batch.Target(batch.Rows + i));
                }
            }

            at += count;
            batch.Rows += count;
        }

        return batch.Rows;
    }

    /// <summary>Passes over rows that were used before.</summary>
    internal void Skip(long rows)
    {
        while (rows > 0 && Available() is int available and > 0)
        {
            int count = (int)Math.Min(available, rows);
            at += count;
            rows -= count;
        }
    }

    /// <summary>Rows left of the chunk, or of the next where it is used up.</summary>
    private int Available()
    {
        if (chunk is null || at == chunk.Count)
        {
            chunk = source!.Next();
            at = 0;
        }

        return chunk is null ? 0 : chunk.Count - at;
    }

    private void SetAnswer(int row, float answer)
    {
        batch.Answers[row] = answer;
        if (classWeights is not null)
        {
            batch.Weights![row] = classWeights[(int)answer];
        }

        if (Reconstructs)
        {
            return;
        }

        Span<float> target = batch.Target(row);
        if (targets is not null)
        {
            targets.Apply([answer], target);
        }
        else if (target.Length == 1)
        {
            target[0] = answer;
        }
        else
        {
            target.Clear();
            target[(int)answer] = 1f;
        }
    }
}
