namespace Tiny.Training.Evaluation;

/// <summary>How well a model does on some rows.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Loss">Mean loss, as training sees it; null where it was not computed.</param>
/// <param name="Confusion">For classification.</param>
/// <param name="Errors">For regression.</param>
/// <seealso cref="CoreEvaluation"/>
public sealed record EvaluationResult(long Rows, double? Loss, ConfusionMatrix? Confusion, RegressionErrors? Errors);
