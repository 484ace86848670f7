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
                outputs[i] = new float[(network.RowCapacity(i) + 1) & ~1];
            }
        }

        /// <summary>Takes one sample through all layers.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        public void Run(float[] sample)
        {
            network.CheckInputs(sample);
            PackedLayers packed = network.packed;
            float[] x = inputs;
            int i = 0;
            if (packed == null)
            {
                network.scaling.Normalise(x, sample);
            }
            else
            {
                packed.Trace(outputs, sample);
                i = packed.layers.Length;
                x = outputs[i - 1];
            }

            for (int k = 0; k < network.denseCount; k++)
            {
                DenseLayer layer = network.layers[k];
                layer.Sums(outputs[i], x, network.scratch, false);
                layer.Activate(outputs[i]);
                x = outputs[i];
                i++;
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
