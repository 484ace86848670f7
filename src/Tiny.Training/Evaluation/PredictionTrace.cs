using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Saving;

namespace Tiny.Training.Evaluation;

/// <summary>Predicts and keeps what every layer gave: to find the first layer at which two devices differ, or to calibrate on.</summary>
/// <example>
/// <code>
/// PredictionTrace trace = new(network);
/// trace.Run(features);
/// float[] first = trace.GetOutputs(0);                       // what the first layer gave
/// </code>
/// </example>
public sealed class PredictionTrace
{
    private readonly Network network;
    private readonly float[][] outputs; // (layers)(outputs)

    /// <summary>A trace for this network as it is now.</summary>
    public PredictionTrace(Network network)
    {
        this.network = network;
        outputs = [.. Enumerable.Range(0, network.LayerCount).Select(i => new float[network.GetLayer(i).Outputs])];
    }

    /// <summary>Takes one sample through all layers.</summary>
    /// <param name="sample">(Inputs), in the user's units, all finite.</param>
    /// <exception cref="ArgumentException">The sample does not fit.</exception>
    public void Run(float[] sample)
    {
        network.Run(sample, 1);
        LayerUnpackers.CopyOutputs(network.GetLayer(0), outputs[0]);
        for (int i = 1; i < outputs.Length; i++)
        {
            network.GetLayer(i).Forward();
            LayerUnpackers.CopyOutputs(network.GetLayer(i), outputs[i]);
        }

        if (network.OutputFunction == Activation.Softmax)
        {
            Softmax.Run(outputs[^1], outputs[^1], outputs[^1].Length);
        }
    }

    /// <summary>
    /// What a layer gave in the last run, (its outputs). The same array at every call. The last
    /// layer's are behind softmax where the network ends in it.
    /// </summary>
    /// <param name="layer">From 0 to LayerCount - 1.</param>
    public float[] GetOutputs(int layer) => outputs[layer];
}
