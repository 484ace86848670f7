using System.Numerics.Tensors;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training.Evaluation;

/// <summary>Evaluates a network in training with the trainer's own arithmetic, batch by batch.</summary>
/// <param name="schema">What the rows hold.</param>
/// <param name="targets">Scaling of the targets; null for classification.</param>
/// <param name="batch">The batch that is filled.</param>
/// <param name="feed">Fills it.</param>
internal sealed class BatchEvaluation(DataSchema schema, Normalizer? targets, Batch batch, BatchFeed feed)
{
    /// <summary>The network's figures for some rows: the loss as training sees it, errors in the target's unit.</summary>
    internal EvaluationResult Evaluate(Backpropagation network, RowSource rows, CancellationToken cancel)
    {
        ConfusionMatrix? confusion = schema.Task == NetworkTask.Classification ? new ConfusionMatrix(schema.OutputNames.Count) : null;
        RegressionErrors? errors = confusion is null && targets is not null ? new RegressionErrors() : null;
        double losses = 0;
        double weights = 0;
        feed.Begin(rows, null);
        while (feed.Fill() > 0)
        {
            cancel.ThrowIfCancellationRequested();
            network.Forward(batch);
            losses += network.SumOfLosses();
            weights += batch.Weights is null ? batch.Rows : TensorPrimitives.Sum<float>(batch.Weights.AsSpan(0, batch.Rows));
            for (int i = 0; i < batch.Rows; i++)
            {
                ReadOnlySpan<float> output = network.Output(i);
                confusion?.Add((int)batch.Answers[i],
                    output.Length == 1 ? (output[0] >= 0.5f ? 1 : 0) : TensorPrimitives.IndexOfMax(output));
                errors?.Add(batch.Answers[i], Restore(output[0]));
            }
        }

        return new EvaluationResult(rows.Rows, losses / weights, confusion, errors);
    }

    private float Restore(float output) => targets!.Scales[0] == 0f
        ? output + targets.Means[0] : output / targets.Scales[0] + targets.Means[0];
}
