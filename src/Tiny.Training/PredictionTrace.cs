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
        private readonly float[][] outputs; // (layers)(outputs)

        /// <summary>A trace for this network as it is now.</summary>
        public PredictionTrace(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            outputs = new float[network.LayerCount][];
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = new float[network.GetLayer(i).Outputs];
            }
        }

        /// <summary>Takes one sample through all layers.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        public void Run(float[] sample)
        {
            network.Run(sample, 1);
            network.GetLayer(0).CopyOutputs(outputs[0]);
            for (int i = 1; i < outputs.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                layer.Forward();
                layer.CopyOutputs(outputs[i]);
            }
        }

        /// <summary>What a layer gave in the last run, (its outputs). The same array at every call.</summary>
        public float[] GetOutputs(int layer)
        {
            network.GetLayer(layer);
            return outputs[layer];
        }
    }
}
