using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>What the passes of a network's layers share, and what one of them reads.</summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public sealed class PassContext
{
    internal PassContext(int capacity, float[] parameters, WorkTeam team, MatrixProducts products, IReadOnlyList<LayerInput> inputs)
    {
        Capacity = capacity;
        Parameters = parameters;
        Team = team;
        Products = products;
        Inputs = inputs;
    }

    /// <summary>The most rows of a batch.</summary>
    public int Capacity { get; }

    /// <summary>(parameters), all of the network's weights and biases.</summary>
    public float[] Parameters { get; }

    /// <summary>What the layer reads.</summary>
    public IReadOnlyList<LayerInput> Inputs { get; }

    /// <summary>Whether the batch at hand is learned from, and not just tried.</summary>
    public bool IsLearning { get; internal set; }

    /// <summary>The threads that work.</summary>
    internal WorkTeam Team { get; }

    /// <summary>Products of matrices.</summary>
    internal MatrixProducts Products { get; }
}
