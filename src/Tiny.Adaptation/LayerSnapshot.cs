using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Adaptation
{
    /// <summary>The weights of a network's layers that learn, to go back to.</summary>
    internal sealed class LayerSnapshot
    {
        private readonly Network network;
        private readonly float[][] rows; // (rows of all layers that learn)(1 + inputs): bias, then weights

        internal LayerSnapshot(Network network)
        {
            this.network = network;
            int count = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                count += network.GetLayer(i).Frozen ? 0 : network.GetLayer(i).Rows;
            }

            rows = new float[count][];
            int at = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    rows[at++] = new float[1 + layer.Inputs];
                }
            }
        }

        /// <summary>Notes the weights as they are.</summary>
        internal void Take()
        {
            int at = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    float[] values = rows[at++];
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
            int at = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int row = 0; row < layer.Rows && !layer.Frozen; row++)
                {
                    float[] values = rows[at++];
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
