using System;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    /// <summary>
    /// Predicts and keeps what every layer gave: to find the first layer at which two devices differ. Takes its memory when it is made; running
    /// allocates nothing.
    /// </summary>
    public sealed class PredictionTrace
    {
        private readonly Network network;
        private readonly float[] inputs;    // (inputs), normalised
        private readonly float[][] outputs; // (layers)(rows)

        /// <summary>A trace for this network, with memory for any model the network has room for.</summary>
        public PredictionTrace(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            inputs = new float[network.Scaling.InputCapacity];
            outputs = new float[network.LayerCapacity][];
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = new float[network.RowCapacity(i)];
            }
        }

        /// <summary>Takes one sample through all layers.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        public void Run(float[] sample)
        {
            network.CheckInputs(sample);
            network.Scaling.Normalise(inputs, sample);
            float[] x = inputs;
            for (int i = 0; i < network.LayerCount; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                layer.Sums(outputs[i], x);
                layer.Activate(outputs[i]);
                x = outputs[i];
            }
        }

        /// <summary>What a layer gave in the last run: its first Outputs elements count. The same array at every call.</summary>
        public float[] GetOutputs(int layer)
        {
            network.GetLayer(layer);
            return outputs[layer];
        }
    }
}
