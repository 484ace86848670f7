using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>
/// A network as the trainer holds it: a graph of layers in the order of execution, and all parameters in one
/// array, so that an optimizer sees one vector. What a device runs is a <see cref="Network"/>.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class TrainingNetwork
{
    /// <summary>A network of layers one behind the other, with all parameters 0.</summary>
    /// <param name="inputs">Values of a sample, 1 or more.</param>
    /// <param name="layers">The layers, 1 or more.</param>
    /// <param name="loss">What training minimizes.</param>
    /// <exception cref="ArgumentException">There is no layer, the layers do not fit each other,
    /// or their parameters do not fit one array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no inputs.</exception>
    public TrainingNetwork(int inputs, IReadOnlyList<LayerDescription> layers, Loss loss)
        : this(Shape.Vector(inputs), NodeDescription.Chain(layers), loss)
    {
    }

    /// <summary>A network of nodes with all parameters 0; the last gives the network's outputs.</summary>
    /// <param name="sample">The shape of a sample.</param>
    /// <param name="nodes">The layers in the order of execution.</param>
    /// <param name="loss">What training minimizes.</param>
    /// <exception cref="ArgumentException">
    /// There is no node, one reads what is not there yet or is read by nobody, the layers do not
    /// fit each other, or their parameters do not fit one array.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no values.</exception>
    public TrainingNetwork(Shape sample, IReadOnlyList<NodeDescription> nodes, Loss loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sample.Values, 1, nameof(sample));
        Sample = sample;
        Loss = loss;
        Nodes = nodes;
        Layers = Create(sample, nodes);
        long offset = 0;
        foreach (TrainingLayer layer in Layers)
        {
            layer.ParametersAt = (int)Math.Min(offset, int.MaxValue);
            offset += layer.ParameterLength;
        }

        if (offset > Array.MaxLength)
        {
            throw new ArgumentException($"The parameters of {nodes.Count} layers do not fit one array.", nameof(nodes));
        }

        Parameters = CacheLines.Allocate((int)offset);
    }

    /// <summary>What the network takes.</summary>
    public Shape Sample { get; }

    /// <summary>Values it takes.</summary>
    public int Inputs => Sample.Values;

    /// <summary>What training minimizes.</summary>
    public Loss Loss { get; }

    /// <summary>What is done with what the last layer gives: softmax where the loss is that of probabilities.</summary>
    public Activation OutputFunction => FunctionOf(Loss);

    /// <summary>The nodes, in the order of execution.</summary>
    public IReadOnlyList<NodeDescription> Nodes { get; }

    /// <summary>(nodes) their layers.</summary>
    public IReadOnlyList<TrainingLayer> Layers { get; }

    /// <summary>Values the network gives.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>(parameters), all weights and biases, layer by layer, each as its kind has them.</summary>
    public float[] Parameters { get; }

    /// <summary>
    /// (parameters) all bits set for a parameter that is there, 0 for one that was pruned and stays 0; null where nothing is pruned.
    /// </summary>
    public int[]? Kept { get; set; }

    /// <summary>Weights and biases.</summary>
    public int ParameterCount => (int)Layers.Sum(layer => layer.ParameterCount);

    /// <summary>What is done with what the last layer gives.</summary>
    public static Activation FunctionOf(Loss loss) => loss == Loss.SoftmaxCrossEntropy ? Activation.Softmax : Activation.Linear;

    /// <summary>The layers of a network, without memory for parameters.</summary>
    /// <exception cref="ArgumentException">They do not make a network.</exception>
    public static IReadOnlyList<TrainingLayer> Create(Shape sample, IReadOnlyList<NodeDescription> nodes)
    {
        if (nodes.Count == 0)
        {
            throw new ArgumentException("A network has at least one layer.", nameof(nodes));
        }

        TrainingLayer[] layers = new TrainingLayer[nodes.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            int node = i;
            if (nodes[i].Inputs.Count == 0 || nodes[i].Inputs.Any(input => input < NodeDescription.Sample || input >= node))
            {
                throw new ArgumentException(
                    $"Node {i} reads {string.Join(", ", nodes[i].Inputs)}, expected nodes before it.", nameof(nodes));
            }

            layers[i] = nodes[i].Layer.Create([.. nodes[i].Inputs.Select(input => input < 0 ? sample : layers[input].Output)]);
        }

        int[] unread = [.. Enumerable.Range(0, nodes.Count - 1).Where(i => !nodes.Any(node => node.Inputs.Contains(i)))];
        return unread.Length == 0 ? layers : throw new ArgumentException($"Nobody reads what node {unread[0]} gives.", nameof(nodes));
    }

    /// <summary>Draws all weights anew, as the device's learners of the same kinds do.</summary>
    public void Initialize(SeededRandom random)
    {
        Array.Clear(Parameters);
        foreach (TrainingLayer layer in Layers)
        {
            layer.Draw(Parameters, random);
        }
    }

    /// <summary>
    /// Makes the last layer answer 0 whatever comes. Where all targets are 0 it stays so: its loss is 0, and no gradient moves a weight.
    /// </summary>
    internal void Silence() => Parameters.AsSpan(Layers[^1].ParametersAt, (int)Layers[^1].ParameterLength).Clear();
}
