using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Evaluation;

/// <summary>Evaluates a model with the device library itself: what the device will answer.</summary>
/// <example>
/// <code>
/// EvaluationResult result = CoreEvaluation.Evaluate(network, data.Schema, rows);
/// double accuracy = result.Confusion.Accuracy;
/// </code>
/// </example>
public static class CoreEvaluation
{
    /// <summary>Predicts these rows of the data and compares.</summary>
    /// <exception cref="DataException">The data's answers are not those the model gives.</exception>
    public static EvaluationResult Evaluate(Network network, Dataset data, IReadOnlyList<int> rows, CancellationToken cancel = default) =>
        Evaluate(network, data.Schema, new MemoryRows(data, rows), cancel);

    /// <summary>Predicts all rows of a source and compares.</summary>
    /// <exception cref="DataException">The data's answers are not those the model gives, or it gives no finite answer.</exception>
    public static EvaluationResult Evaluate(Network network, DataSchema schema, RowSource rows, CancellationToken cancel = default)
    {
        if (network.Task != schema.Task)
        {
            throw new DataException("The model "
                + $"does {Name(network.Task)}, the data's label column is for {Name(schema.Task)}. Name the label with --label.");
        }

        bool classes = network.Task == NetworkTask.Classification;
        ConfusionMatrix? confusion = classes ? new ConfusionMatrix(network.ClassCount) : null;
        RegressionErrors? errors = classes ? null : new RegressionErrors();
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        long done = 0;
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            foreach (int row in chunk.Order.AsSpan(0, chunk.Count))
            {
                cancel.ThrowIfCancellationRequested();
                Array.Copy(chunk.Inputs, row * inputs.Length, inputs, 0, inputs.Length);
                int predicted = Predict(network, inputs, outputs, done++);
                confusion?.Add((int)chunk.Answers[row], predicted);
                errors?.Add(chunk.Answers[row], outputs[0]);
            }
        }

        return new EvaluationResult(rows.Rows, null, confusion, errors);
    }

    private static int Predict(Network network, float[] inputs, float[] outputs, long row)
    {
        try
        {
            return network.Predict(inputs, outputs);
        }
        catch (InvalidOperationException error)
        {
            throw new DataException($"Row {row} of those tried: the model has no "
                + $"answer. {error.Message} Train it anew, with a lower --lr or more --l2.", error);
        }
    }

    private static string Name(NetworkTask task) => task == NetworkTask.Classification ? "classification" : "regression";
}
