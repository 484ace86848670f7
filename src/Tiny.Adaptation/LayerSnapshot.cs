using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Adaptation
{
    /// <summary>The parameters of a network's layers that learn, to go back to.</summary>
    internal sealed class LayerSnapshot
    {
        // A piece for each so many parameters: fragmented heaps give no large arrays.
        private const int Piece = 64;

        private readonly Network network;
        private readonly float[][][] layers; // (layers)(pieces)(parameters); null for a layer that was frozen

        internal LayerSnapshot(Network network)
        {
            this.network = network;
            layers = new float[network.LayerCount][][];
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                int left = Learns(layer) ? layer.ParameterCount : 0;
                layers[i] = left == 0 ? null : new float[(left + Piece - 1) / Piece][];
                for (int piece = 0; left > 0; piece++)
                {
                    layers[i][piece] = new float[left < Piece ? left : Piece];
                    left -= Piece;
                }
            }
        }

        /// <summary>Whether learning changes a layer.</summary>
        internal static bool Learns(Layer layer)
        {
            return !layer.Frozen && LearnerKinds.Find(layer.Kind) != null;
        }

        /// <summary>
        /// Whether there is room for every layer that learns now: the network may have taken another model since, or a layer been thawed.
        /// </summary>
        internal bool Fits()
        {
            bool fits = network.LayerCount == layers.Length;
            for (int i = 0; i < layers.Length && fits; i++)
            {
                Layer layer = network.GetLayer(i);
                fits = !Learns(layer) || layer.ParameterCount == CountOf(layers[i]);
            }

            return fits;
        }

        /// <summary>Notes the parameters as they are.</summary>
        internal void Take()
        {
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                float[][] pieces = Learns(layer) ? layers[i] : null;
                for (int piece = 0; pieces != null && piece < pieces.Length; piece++)
                {
                    layer.CopyParameters(pieces[piece], piece * Piece, pieces[piece].Length);
                }
            }
        }

        /// <summary>Gives the network the parameters noted.</summary>
        internal void Restore()
        {
            for (int i = 0; i < layers.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                float[][] pieces = Learns(layer) ? layers[i] : null;
                for (int piece = 0; pieces != null && piece < pieces.Length; piece++)
                {
                    layer.SetParameters(pieces[piece], piece * Piece, pieces[piece].Length);
                }
            }
        }

        private static int CountOf(float[][] pieces)
        {
            return pieces == null ? 0 : (pieces.Length - 1) * Piece + pieces[pieces.Length - 1].Length;
        }
    }
}
