using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Adaptation
{
    /// <summary>The weights of a network's layers that learn, to go back to.</summary>
    internal sealed class LayerSnapshot
    {
        private readonly Network network;
        private readonly float[][][] layers; // (layers)(rows)(1 + inputs): bias, then weights; null for a layer that was frozen

        internal LayerSnapshot(Network network)
        {
            this.network = network;
            layers = new float[network.LayerCount][][];
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                layers[i] = layer.Frozen ? null : new float[layer.Rows][];
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    layers[i][row] = new float[1 + layer.Inputs];
                }
            }
        }

        /// <summary>Whether there is room for every layer that learns now: the network may have taken another model since, or a layer been thawed.</summary>
        internal bool Fits()
        {
            bool fits = network.LayerCount == layers.Length;
            for (int i = 0; i < layers.Length && fits; i++)
            {
                Layer layer = network.GetLayer(i);
                float[][] rows = layers[i];
                fits = layer.Frozen || (rows != null && rows.Length == layer.Rows && rows[0].Length == 1 + layer.Inputs);
            }

            return fits;
        }

        /// <summary>Notes the weights as they are.</summary>
        internal void Take()
        {
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    float[] values = layers[i][row];
                    values[0] = layer.GetBias(row);
                    for (int input = 1; input < values.Length; input++)
                    {
                        values[input] = layer.GetWeight(row, input - 1);
                    }
                }
            }
        }

        /// <summary>Gives the network the weights noted.</summary>
        internal void Restore()
        {
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    float[] values = layers[i][row];
                    layer.SetBias(row, values[0]);
                    for (int input = 1; input < values.Length; input++)
                    {
                        layer.SetWeight(row, input - 1, values[input]);
                    }
                }
            }
        }
    }
}
