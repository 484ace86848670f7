using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>A layer that nodes become, as long as more of them may be taken up into it.</summary>
internal abstract class Draft
{
    /// <summary>A layer that reads others.</summary>
    /// <param name="inputs">What it reads; null for the sample.</param>
    /// <param name="node">The node that it stands for.</param>
    protected Draft(IReadOnlyList<Draft?> inputs, OnnxNode node)
    {
        Inputs = inputs;
        Node = node;
        foreach (Draft? input in inputs.OfType<Draft>())
        {
            input.Readers++;
        }
    }

    /// <summary>What it reads; null for the sample.</summary>
    internal IReadOnlyList<Draft?> Inputs { get; }

    /// <summary>The node that it stands for.</summary>
    internal OnnxNode Node { get; }

    /// <summary>Height, width and channels of what it gives.</summary>
    internal Shape Output { get; set; }

    /// <summary>Its activation.</summary>
    internal Activation Function { get; set; }

    /// <summary>The activation's parameter, if it has one.</summary>
    internal float? Parameter { get; set; }

    /// <summary>Layers that read it.</summary>
    internal int Readers { get; private set; }

    /// <summary>Whether what it gives has several readers in the graph.</summary>
    internal bool IsShared { get; set; }

    /// <summary>Whether nothing more may be taken up.</summary>
    internal bool IsFrozen => IsShared || Readers > 0;

    /// <summary>Whether it can have an activation, and has none yet.</summary>
    internal virtual bool TakesActivation => false;

    /// <summary>Whether its values can be multiplied and added to, channel by channel, by changing its weights.</summary>
    internal virtual bool TakesFactors => false;

    /// <summary>What the trainer and the plan call it.</summary>
    internal abstract LayerDescription Describe();

    /// <summary>Its parameters in the order of a blob.</summary>
    internal virtual float[] Parameters() => [];

    /// <summary>Multiplies and adds to its values, channel by channel.</summary>
    internal virtual void Scale(double[] factors, double[] summands) => throw new InvalidOperationException();

    /// <summary>Finds out what it gives, and refuses what no plan could say.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <exception cref="ImportException">It does not fit.</exception>
    internal void Measure(params IReadOnlyList<Shape> inputs)
    {
        try
        {
            Shape output = Describe().Create(inputs).Output;
            if (Dims.Count([output.Height, output.Width, output.Channels]) > BlobFormat.MostValues)
            {
                throw Node.Fault($"gives {output.Height} "
                    + $"x {output.Width} x {output.Channels} values; a layer gives at most {BlobFormat.MostValues:#,0}.");
            }

            Output = output;
        }
        catch (ArgumentException error)
        {
            throw Node.Fault($"{error.Message.Split(" (Parameter")[0]} See src/IMPORT.md for what layers take.");
        }
    }
}
