using Tiny.Core.Activations;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>A dense layer: its sizes, and where its parameters stand in the network's array.</summary>
public sealed class PerceptronLayer
{
    internal PerceptronLayer(LayerDescription description, int inputs, int offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(description.Outputs, 1);
        if (description.Dropout is not (>= 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(description), $"Dropout is {description.Dropout}, expected 0 to below 1.");
        }

        WeightsAt = offset;
        Inputs = inputs;
        Outputs = description.Outputs;
        Activation = description.Activation;
        ActivationParameter = description.ActivationParameter ?? ActivationTraits.DefaultParameter(Activation);
        Rows = Outputs * ActivationTraits.RowsPerOutput(Activation);
        HasBias = description.HasBias;
        Dropout = description.Dropout;
    }

    /// <summary>Inputs.</summary>
    public int Inputs { get; }

    /// <summary>Outputs.</summary>
    public int Outputs { get; }

    /// <summary>Sums: as many as outputs, twice as many for maxout.</summary>
    public int Rows { get; }

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <summary>Slope of leaky ReLU, alpha of ELU, else 0.</summary>
    public float ActivationParameter { get; }

    /// <summary>Whether the biases are trained.</summary>
    public bool HasBias { get; }

    /// <summary>Share of the outputs dropped in training.</summary>
    public float Dropout { get; }

    /// <summary>Weights and biases, without what fills up the blocks.</summary>
    public int ParameterCount => (Inputs + 1) * Rows;

    /// <summary>Floats of the network's array that the layer takes.</summary>
    internal long ParameterLength => (long)Blocks.Count(Rows) * Blocks.Width * (Inputs + 1);

    /// <summary>Where in the network's array the weights begin.</summary>
    internal int WeightsAt { get; }

    /// <summary>Where in the network's array the biases begin.</summary>
    internal int BiasesAt => WeightsAt + Blocks.Length(Inputs, Rows);

    /// <summary>(inputs, rows) in <see cref="Blocks"/>, within an array laid out as the network's parameters.</summary>
    public Memory<float> Weights(float[] parameters) => parameters.AsMemory(WeightsAt, Blocks.Length(Inputs, Rows));

    /// <summary>(rows) in blocks of one row, so one behind the other, within an array laid out as the network's parameters.</summary>
    public Memory<float> Biases(float[] parameters) => parameters.AsMemory(BiasesAt, Blocks.Length(1, Rows));

    /// <summary>Where among the weights one stands.</summary>
    public int WeightIndex(int input, int row) => Blocks.Index(Inputs, input, row);
}
