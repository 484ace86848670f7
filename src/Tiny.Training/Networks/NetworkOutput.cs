using Tiny.Core.Activations;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Networks;

/// <summary>The end of a network: softmax or nothing behind the last layer, and what the loss reads and writes there.</summary>
internal sealed class NetworkOutput
{
    private readonly LayerPass last;
    private readonly bool softmax;
    private readonly bool ofSums;

    internal NetworkOutput(TrainingNetwork network, LayerPass last)
    {
        this.last = last;
        softmax = network.OutputFunction == Activation.Softmax;
        ofSums = last.Layer.GivesSumsTo(network.Loss);
        Values = softmax ? new float[last.Output.Values.Length] : last.Output.Values;
    }

    /// <summary>Values of a row.</summary>
    internal int Count => last.Layer.Outputs;

    /// <summary>(capacity, outputs) the network's answers.</summary>
    internal float[] Values { get; }

    /// <summary>(capacity, outputs) what softmax was taken of, or the last layer's activation.</summary>
    internal float[] Sums => ofSums ? last.Sums : last.Output.Values;

    /// <summary>
    /// (capacity, outputs) where the loss leaves its gradient: that on the sums where it is known at once, else that on the outputs.
    /// </summary>
    internal float[] Gradients => ofSums ? last.SumGradients : last.Output.Gradients;

    /// <summary>Where a value of a row stands in all of them.</summary>
    internal int Index(int row, int column) => last.Output.Index(row, column);

    /// <summary>Does what is left to do behind the last layer.</summary>
    internal void Forward(int rows)
    {
        if (softmax)
        {
            BatchActivation.Softmax(Values, last.Output, rows);
        }
    }

    /// <summary>Takes the loss's gradient into the last layer.</summary>
    internal void Backward(int rows)
    {
        if (!ofSums)
        {
            last.TakeGradient(rows, 0, Blocks.Count(Count));
        }
    }
}
