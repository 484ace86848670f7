using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>
/// What a layer is to be. Each kind of layer has a description of its own, which makes the layer once it is known what that takes.
/// </summary>
/// <example>
/// <code>
/// LayerDescription[] layers =
/// [
///     new Conv2DDescription(8, new WindowDescription(5), Activation.Relu),
///     new GlobalAverageDescription(),
///     new DenseDescription(3, Activation.Linear),
/// ];
/// Shape sample = new(50, 1, 3);                              // 50 samples of 3 channels
/// TrainingNetwork training = new(sample, NodeDescription.Chain(layers), Loss.SoftmaxCrossEntropy);
/// </code>
/// </example>
public abstract record LayerDescription
{
    /// <summary>Share of the outputs dropped in training, from 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>The layer, without memory for its weights.</summary>
    /// <param name="inputs">The shape of what it takes from each node that it reads.</param>
    /// <exception cref="ArgumentException">No such layer can stand there.</exception>
    public abstract TrainingLayer Create(IReadOnlyList<Shape> inputs);

    /// <summary>Whether it matters to the layer how its inputs lie in height, width and channels.</summary>
    public virtual bool TakesShape => false;

    /// <summary>The same layer with another activation, for a layer of weights that takes up the normalization behind it.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="parameter">Its parameter; null for the usual one.</param>
    /// <exception cref="ArgumentException">It has none to change.</exception>
    public virtual LayerDescription WithActivation(Activation activation, float? parameter) =>
        throw new ArgumentException("Batch normalization stands behind a layer of weights, into which it is folded.");

    /// <summary>The one shape that a layer reads.</summary>
    /// <exception cref="ArgumentException">It reads several.</exception>
    protected internal static Shape OnlyOne(IReadOnlyList<Shape> inputs) =>
        inputs.Count == 1 ? inputs[0] : throw new ArgumentException($"The layer reads one node, not {inputs.Count}.", nameof(inputs));
}
