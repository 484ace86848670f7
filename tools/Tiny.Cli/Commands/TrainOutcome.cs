using Tiny.Cli.Options;
using Tiny.Core;
using Tiny.Training;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Commands;

/// <summary>What a training run comes to.</summary>
/// <param name="Network">The model as the device loads it.</param>
/// <param name="Blob">The model.</param>
/// <param name="Result">The trainer's figures.</param>
/// <param name="Core">The device library's figures on the rows tried.</param>
/// <param name="Quantized">The int8 model beside the float32 one it was made of, if int8 was asked for.</param>
/// <param name="Epochs">The epochs.</param>
internal sealed record TrainOutcome(
    Network Network, byte[] Blob, TrainingResult Result, EvaluationResult Core, QuantizedModel? Quantized,
    IReadOnlyList<EpochProgress> Epochs);
