namespace Tiny.Training.Layers;

/// <summary>What a layer is to be. Each kind of layer has a description of its own, which makes the layer once it is known what that takes.</summary>
public abstract record LayerDescription
{
    /// <summary>Share of the outputs dropped in training, from 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>The layer, without memory for its weights.</summary>
    /// <param name="inputs">The shape of what it takes from each node that it reads.</param>
    /// <exception cref="ArgumentException">No such layer can stand there.</exception>
    public abstract TrainingLayer Create(IReadOnlyList<Shape> inputs);
}
