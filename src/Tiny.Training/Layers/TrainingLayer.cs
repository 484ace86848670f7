using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Matrices;
using Tiny.Training.Pruning;

namespace Tiny.Training.Layers;

/// <summary>
/// A layer of a network in training: its shape, where its parameters stand in the network's
/// array, and what becomes of it in a blob. What it does with batches is in its
/// <see cref="LayerPass"/>. To teach the trainer a kind, derive from this, from
/// <see cref="LayerPass"/> and from <see cref="LayerDescription"/>; nothing else changes.
/// </summary>
/// <seealso cref="LayerDescription"/>
public abstract class TrainingLayer
{
    /// <summary>A layer of this shape.</summary>
    /// <param name="inputs">Values it takes.</param>
    /// <param name="output">What it gives.</param>
    /// <param name="dropout">Share of its outputs dropped in training.</param>
    /// <exception cref="ArgumentOutOfRangeException">It gives nothing, or drops all.</exception>
    protected TrainingLayer(int inputs, Shape output, float dropout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Values, 1);
        if (dropout is not (>= 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), $"Dropout is {dropout}, expected 0 to below 1.");
        }

        Inputs = inputs;
        Output = output;
        Dropout = dropout;
    }

    /// <summary>Values it takes.</summary>
    public int Inputs { get; }

    /// <summary>What it gives.</summary>
    public Shape Output { get; }

    /// <summary>Values it gives.</summary>
    public int Outputs => Output.Values;

    /// <summary>Share of its outputs dropped in training.</summary>
    public float Dropout { get; }

    /// <summary>Its activation; linear for a layer that has none.</summary>
    public virtual Activation Activation => Activation.Linear;

    /// <summary>Weights and biases, as a blob has them.</summary>
    public virtual long ParameterCount => 0;

    /// <summary>
    /// Floats of the network's array that the layer takes: a multiple of
    /// <see cref="Blocks.Width"/>. What only fills up is 0 and must stay so.
    /// </summary>
    public virtual long ParameterLength => (ParameterCount + Blocks.Width - 1) / Blocks.Width * Blocks.Width;

    /// <summary>Where in the network's array its parameters begin.</summary>
    public int ParametersAt { get; internal set; }

    /// <summary>
    /// Its weights as rows of a weight for each input, of which pruning may take some away; null for a layer whose weights all stay.
    /// </summary>
    public virtual WeightGrid? Grid => null;

    /// <summary>The widest matrix that a pass keeps of a batch, in columns: to reckon memory.</summary>
    public virtual int Widest => Outputs;

    /// <summary>Columns of all matrices that a pass keeps of a batch.</summary>
    public virtual long Columns => 2L * Blocks.Count(Outputs) * Blocks.Width;

    /// <summary>What one row takes, in multiply-adds of a dense layer that take as long: by it work is shared out.</summary>
    public virtual long Work => ParameterCount;

    /// <summary>The code of its kind in a blob.</summary>
    public abstract int Kind { get; }

    /// <summary>Floats that its node writes on the device, if more than it gives.</summary>
    public virtual int Room => Outputs;

    /// <summary>The attributes of its node.</summary>
    /// <param name="inputs">The buffers of the plan that it reads: the first stands in the node itself.</param>
    /// <returns>The bytes.</returns>
    public abstract byte[] Attributes(IReadOnlyList<int> inputs);

    /// <summary>The layer in words, all that its arithmetic depends on: by it a checkpoint knows its own network.</summary>
    public abstract string Describe();

    /// <summary>Draws the weights anew, as <see cref="LayerInitializer.Draw"/> of its kind does.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public virtual void Draw(float[] parameters, SeededRandom random)
    {
    }

    /// <summary>Copies the parameters in the order of a blob.</summary>
    /// <param name="parameters">(parameters) of the network.</param>
    /// <param name="destination">(<see cref="ParameterCount"/>).</param>
    public virtual void CopyParameters(float[] parameters, float[] destination) =>
        Array.Copy(parameters, ParametersAt, destination, 0, destination.Length);

    /// <summary>What takes batches through the layer.</summary>
    public abstract LayerPass CreatePass(PassContext context);

    /// <summary>
    /// Whether the loss of a network that ends in this layer is a function of its sums, and its
    /// gradient one on them, not on what the layer gives.
    /// </summary>
    internal bool GivesSumsTo(Loss loss) => loss == Loss.BinaryCrossEntropy && Activation == Activation.Sigmoid;
}
