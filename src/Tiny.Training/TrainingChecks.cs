using System.Globalization;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Optimization;

namespace Tiny.Training;

/// <summary>What can be wrong with a training run: told before it begins where that is possible, else by its true cause.</summary>
internal static class TrainingChecks
{
    /// <summary>Refuses options that do not go with what the rows hold.</summary>
    /// <exception cref="DataException">A model of this data could not be written.</exception>
    /// <exception cref="SelectionException">The loss or the class weights are for another task.</exception>
    internal static void Check(DataSchema schema, TrainingOptions options)
    {
        ModelLimits.Check(schema);
        if (LossChoice.Fault(Trainer.LossFor(schema, options), schema.Task, $"{schema.OutputNames[0]} has values") is string fault)
        {
            throw new SelectionException(fault);
        }

        if (options.ClassWeighting != ClassWeighting.None && schema.Task == NetworkTask.Regression)
        {
            throw new SelectionException(ClassWeights.Fault($"{schema.OutputNames[0]} has values"));
        }
    }

    /// <summary>Refuses rows in which there is nothing to learn.</summary>
    /// <exception cref="DataException">They are too few, or all of one class.</exception>
    internal static void Check(DataSchema schema, RowSource rows)
    {
        if (rows.Rows < 2)
        {
            throw new DataException($"Only {rows.Rows} row is left to train on, expected at least 2. Give more data, or a smaller test "
                + "share.");
        }

        if (schema.Task == NetworkTask.Classification && OnlyClass(rows) is int only)
        {
            throw new DataException(
                "All training rows are of one class, "
                    + $"\"{schema.OutputNames[only]}\": there is nothing to tell apart. Check --label and the split.");
        }
    }

    /// <summary>Why the loss or the weights are no finite numbers any more.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="steps">Steps taken.</param>
    internal static DataException Diverged(TrainingOptions options, int epoch, long steps)
    {
        if (steps == 0)
        {
            // Normalized inputs and targets are finite and moderate: what is not was refused when the statistics were taken.
            return new DataException("The loss is not a finite number before the first step: the layers' sums grow beyond float32 by "
                + "themselves. Take fewer --layers, or another --activation; a lower --lr does not help.");
        }

        float rate = options.LearningRate ?? Optimizer.DefaultRate(options.Optimizer);
        string decay = rate * options.L2 >= 1 ? " or --l2" : "";
        return new DataException(string.Create(CultureInfo.InvariantCulture,
            $"Training diverged in epoch {epoch}, after step {steps}: the loss or the weights are no finite numbers any more; the steps "
                + $"are too long. Lower --lr (now {rate}){decay}."));
    }

    /// <summary>The class of all rows; null if there are two.</summary>
    private static int? OnlyClass(RowSource rows)
    {
        float? only = null;
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                float answer = chunk.Answers[chunk.Order[i]];
                if (answer != (only ??= answer))
                {
                    return null;
                }
            }
        }

        return (int?)only;
    }
}
