using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;

namespace Tiny.Training.Baselines;

/// <summary>The model that looks at no input: it always gives the same answer.</summary>
internal static class ConstantBaseline
{
    /// <summary>How that does on some rows.</summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="answer">A class's index or a value.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancel">Stops it.</param>
    internal static EvaluationResult Evaluate(DataSchema schema, float answer, RowSource rows, CancellationToken cancel)
    {
        ConfusionMatrix? confusion = schema.Task == NetworkTask.Classification ? new ConfusionMatrix(schema.OutputNames.Count) : null;
        RegressionErrors? errors = confusion is null ? new RegressionErrors() : null;
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (int row in chunk.Order.AsSpan(0, chunk.Count))
            {
                confusion?.Add((int)chunk.Answers[row], (int)answer);
                errors?.Add(chunk.Answers[row], answer);
            }
        }

        return new EvaluationResult(rows.Rows, null, confusion, errors);
    }
}
