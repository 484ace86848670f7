using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training;

/// <summary>Works out how much a row of each class counts in the loss.</summary>
/// <seealso cref="Trainer"/>
public static class ClassWeights
{
    /// <summary>That there are no classes to weigh, in words.</summary>
    /// <param name="reason">Why the task is a regression, such as "y has values".</param>
    public static string Fault(string reason) => $"--class-weights is for classes, but {reason}: leave it off.";

    /// <summary>
    /// (classes) the weights for training on these rows; null where all rows count alike. A class without rows has weight 1.
    /// </summary>
    internal static float[]? For(ClassWeighting weighting, DataSchema schema, RowSource rows)
    {
        if (weighting == ClassWeighting.None)
        {
            return null;
        }

        long[] counts = Count(rows, schema.OutputNames.Count);
        int present = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 1f : (float)((double)rows.Rows / present / count))];
    }

    /// <summary>(classes) how many rows each has.</summary>
    internal static long[] Count(RowSource rows, int classes)
    {
        long[] counts = new long[classes];
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            foreach (int row in chunk.Order.AsSpan(0, chunk.Count))
            {
                counts[(int)chunk.Answers[row]]++;
            }
        }

        return counts;
    }
}
