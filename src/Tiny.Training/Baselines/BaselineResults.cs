using System.Globalization;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;

namespace Tiny.Training.Baselines;

/// <summary>What a network has to beat: how two models that need none do on the same rows.</summary>
/// <param name="Answer">The answer that the first always gives: the class with the most
/// training rows, or the mean of the training targets.</param>
/// <param name="Majority">How that does.</param>
/// <param name="Linear">How a linear model does; null where it would cost more than the network.</param>
/// <example>
/// <code>
/// BaselineResults baselines = BaselineResults.Of(trained, data.Schema, rows, rows, ClassWeighting.None);
/// double toBeat = baselines.Majority.Confusion.Accuracy;
/// </code>
/// </example>
public sealed record BaselineResults(string Answer, EvaluationResult Majority, EvaluationResult? Linear)
{
    /// <summary>Makes the baselines of the rows a network has learned from, and evaluates them. Costs a fraction of the training.</summary>
    /// <param name="trained">The network and how long it was trained.</param>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="learning">The rows it has learned from.</param>
    /// <param name="judged">The rows to evaluate the baselines on.</param>
    /// <param name="weighting">How much the rows of each class counted; they count alike for the linear model.</param>
    /// <param name="cancel">Stops it.</param>
    public static BaselineResults Of(
        TrainingResult trained, DataSchema schema, RowSource learning, RowSource judged, ClassWeighting weighting,
        CancellationToken cancel = default)
    {
        TrainedModel model = trained.Model;
        string answer;
        float constant;
        if (schema.Task == NetworkTask.Classification)
        {
            long[] counts = ClassWeights.Count(learning, schema.OutputNames.Count);
            int majority = Array.IndexOf(counts, counts.Max());
            (answer, constant) = (schema.OutputNames[majority], majority);
        }
        else
        {
            constant = model.Targets!.Means[0];
            answer = constant.ToString("G5", CultureInfo.InvariantCulture);
        }

        float[]? weights = ClassWeights.For(weighting, schema, learning);
        return new BaselineResults(
            answer,
            ConstantBaseline.Evaluate(schema, constant, judged, cancel),
            LinearBaseline.Train(model, learning.Rows * trained.Epochs, schema, learning, judged, weights, cancel));
    }
}
