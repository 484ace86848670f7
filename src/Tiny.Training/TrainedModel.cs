using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training;

/// <summary>A network with all that belongs to it: everything a blob carries.</summary>
/// <param name="Network">The layers and their weights.</param>
/// <param name="Task">What the outputs mean.</param>
/// <param name="Inputs">Normalization of the inputs.</param>
/// <param name="Targets">Scaling of the targets; null for classification.</param>
/// <param name="OutputNames">Names of the classes, or of the target.</param>
/// <param name="ColumnsChecksum">Checksum of the input columns' names, 0 for none.</param>
/// <param name="Features">The features that the inputs are; null for columns of a table.</param>
/// <seealso cref="Trainer"/>
public sealed record TrainedModel(
    TrainingNetwork Network,
    NetworkTask Task,
    Normalizer Inputs,
    Normalizer? Targets,
    IReadOnlyList<string> OutputNames,
    int ColumnsChecksum,
    FeatureDescription? Features = null);
