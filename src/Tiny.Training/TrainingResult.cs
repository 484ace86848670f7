using Tiny.Training.Evaluation;

namespace Tiny.Training;

/// <summary>How a training run ended.</summary>
/// <param name="Model">The model.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Seconds">Seconds of training, reading and evaluating not counted.</param>
/// <param name="Train">How the model does on the rows it was trained on.</param>
/// <param name="Test">How it does on the test rows; null without any.</param>
/// <seealso cref="Trainer"/>
public sealed record TrainingResult(TrainedModel Model, int Epochs, double Seconds, EvaluationResult Train, EvaluationResult? Test);
