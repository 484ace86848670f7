using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Evaluation;

/// <summary>Evaluates a model with the device library itself: what the device will answer.</summary>
public static class CoreEvaluation
{
    /// <summary>Predicts these rows of the data and compares.</summary>
    /// <exception cref="DataException">The data's answers are not those the model gives.</exception>
    public static EvaluationResult Evaluate(Network network, Dataset data, IReadOnlyList<int> rows, CancellationToken cancel = default)
    {
        if (network.Task != data.Task)
        {
            throw new DataException($"The model does {Name(network.Task)}, the data's label column is for {Name(data.Task)}. Name the label with --label.");
        }

        bool classes = network.Task == NetworkTask.Classification;
        ConfusionMatrix? confusion = classes ? new ConfusionMatrix(network.ClassCount) : null;
        RegressionErrors? errors = classes ? null : new RegressionErrors();
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        foreach (int row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            data.Row(row).CopyTo(inputs);
            int predicted = network.Predict(inputs, outputs);
            confusion?.Add(data.Classes[row], predicted);
            errors?.Add(classes ? 0 : data.Targets[row], outputs[0]);
        }

        return new EvaluationResult(rows.Count, null, confusion, errors);
    }

    private static string Name(NetworkTask task) => task == NetworkTask.Classification ? "classification" : "regression";
}
