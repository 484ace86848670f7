using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Training.Layers;
using Tiny.Training.Optimization;
using Tiny.Training.Pruning;

namespace Tiny.Training;

/// <summary>Everything about a training run but its data. The defaults are meant to be good.</summary>
/// <example>
/// <code>
/// TrainingOptions options = new()
/// {
///     HiddenLayers = [32, 16],
///     Activation = Activation.Tanh,
///     Epochs = 200,
///     Patience = 20,                                         // stops when held-back rows get no better
/// };
/// </code>
/// </example>
public sealed record TrainingOptions
{
    /// <summary>Outputs of each hidden layer; empty for a linear model.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [16];

    /// <summary>The layers before the output layer, of any kinds; null for dense ones as <see cref="HiddenLayers"/> says.</summary>
    public IReadOnlyList<LayerDescription>? Layers { get; init; }

    /// <summary>
    /// Whether the network is to give its own inputs again, as an autoencoder: answers are left
    /// out of account, and so are layers other than dense ones.
    /// </summary>
    public bool Reconstructs { get; init; }

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Slope of leaky ReLU or alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <summary>The loss; null for softmax cross-entropy with classes and mean squared error with values.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate; null for the optimizer's usual one.</summary>
    public float? LearningRate { get; init; }

    /// <summary>How the rate changes.</summary>
    public Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <summary>Times to go through the data; null to choose by its size, see <see cref="EpochsFor"/>.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows of a batch. More than there are rows means all of them.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>L2 (weight decay): each gradient gets this times the weight, biases excepted.</summary>
    public float L2 { get; init; } = 1e-3f;

    /// <summary>
    /// The longest gradient that is stepped along, by its norm over all parameters (gradient
    /// clipping); a longer one is shortened. 0 for none.
    /// </summary>
    public float Clip { get; init; }

    /// <summary>Share of each hidden layer's outputs dropped in training.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// Stop when the loss on held-back rows has not improved for this many epochs, and go back to the best; 0 for never. A tenth of the
    /// training rows is held back.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>Which weights training takes away; null for none.</summary>
    public PruningOptions? Pruning { get; init; }

    /// <summary>How rows are changed each time they are learned from; null for not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>How much the rows of each class count in the loss.</summary>
    public ClassWeighting ClassWeighting { get; init; }

    /// <summary>The most threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Fixes everything that is drawn: initial weights, order of rows, dropout, held-back rows.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Epochs when none are named: enough for about 10,000 steps, from 10 to 1000.</summary>
    /// <param name="rows">Rows that are learned from.</param>
    public int EpochsFor(long rows)
    {
        long steps = (rows + Batch - 1) / Batch;
        return Epochs ?? (int)Math.Clamp(10_000 / steps, 10, 1000);
    }
}
