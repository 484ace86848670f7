using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Training.Networks;

/// <summary>A multilayer perceptron as the trainer holds it: all parameters in one array, so that an optimiser sees one vector.</summary>
public sealed class Perceptron
{
    /// <summary>A perceptron with all parameters 0.</summary>
    /// <exception cref="ArgumentException">There is no layer, the layers do not fit each other, or their parameters do not fit one array.</exception>
    public Perceptron(int inputs, IReadOnlyList<LayerDescription> layers, Loss loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A network has at least one layer.", nameof(layers));
        }

        Inputs = inputs;
        Loss = loss;
        long offset = 0;
        int width = inputs;
        PerceptronLayer[] made = new PerceptronLayer[layers.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = new PerceptronLayer(layers[i], width, (int)offset);
            offset += made[i].ParameterLength;
            width = made[i].Outputs;
            if (offset > Array.MaxLength)
            {
                throw new ArgumentException($"The parameters of {i + 1} layers do not fit one array.", nameof(layers));
            }
        }

        Layers = made;
        Parameters = new float[offset];
    }

    /// <summary>Values the network takes.</summary>
    public int Inputs { get; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; }

    /// <summary>The layers, from the inputs on.</summary>
    public IReadOnlyList<PerceptronLayer> Layers { get; }

    /// <summary>Values the network gives.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>
    /// All weights and biases, layer by layer: weights (inputs, rows) in <see cref="Matrices.Blocks"/>, then biases (rows). What fills up the last
    /// block of a layer is 0 and stays so: nothing that is not 0 ever comes out as its gradient.
    /// </summary>
    public float[] Parameters { get; }

    /// <summary>Weights and biases.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Draws all weights anew, biases 0: He's limits before ReLU and its kin, Glorot's else.</summary>
    public void Initialise(SeededRandom random)
    {
        Array.Clear(Parameters);
        foreach (PerceptronLayer layer in Layers)
        {
            bool he = ActivationTraits.IsRectifier(layer.Activation);
            float limit = MathF.Sqrt(6f / (he ? layer.Inputs : layer.Inputs + layer.Outputs));
            Span<float> weights = layer.Weights(Parameters).Span;
            for (int input = 0; input < layer.Inputs; input++)
            {
                for (int row = 0; row < layer.Rows; row++)
                {
                    weights[layer.WeightIndex(input, row)] = random.NextSymmetric(limit);
                }
            }
        }
    }

    /// <summary>
    /// Makes the last layer answer 0 whatever comes. Where all targets are 0 it stays so: its loss is 0, and no gradient moves a weight.
    /// </summary>
    internal void Silence()
    {
        Layers[^1].Weights(Parameters).Span.Clear();
        Layers[^1].Biases(Parameters).Span.Clear();
    }

    /// <summary>The shape as the device library knows it.</summary>
    public NetworkShape ToShape(NetworkTask task)
    {
        NetworkShape shape = new(Inputs, task, Loss);
        foreach (PerceptronLayer layer in Layers)
        {
            shape.AddLayer(layer.Outputs, layer.Activation, layer.ActivationParameter);
        }

        return shape;
    }
}
