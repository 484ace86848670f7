using Tiny.Core.Layers;

namespace Tiny.Saving
{
    /// <summary>The unpackers that a program knows, by the codes of layer kinds. Float layers need none.</summary>
    /// <example>
    /// <code>
    /// Layer layer = network.GetLayer(0);
    /// float[] parameters = new float[layer.ParameterCount];
    /// LayerUnpackers.CopyParameters(layer, parameters, 0, parameters.Length);
    /// </code>
    /// </example>
    public static class LayerUnpackers
    {
        private static KindEntry[] all = { };

        /// <summary>Makes known what reads layers of a kind back.</summary>
        /// <param name="unpacker">The unpacker.</param>
        /// <exception cref="System.ArgumentNullException">There is no unpacker.</exception>
        public static void Register(LayerUnpacker unpacker)
        {
            all = KindEntry.With(all, unpacker);
        }

        /// <summary>
        /// What reads layers of a kind back; null if their weights are their parameters as float32, or if nothing is registered.
        /// </summary>
        /// <param name="code">The code of the kind.</param>
        public static LayerUnpacker Find(int code)
        {
            return (LayerUnpacker)KindEntry.Find(all, code);
        }

        /// <summary>Copies what a layer last gave, as floats, whatever its kind.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="values">(outputs) or longer.</param>
        public static void CopyOutputs(Layer layer, float[] values)
        {
            if (layer.Output != null)
            {
                layer.CopyOutputs(values);
            }
            else
            {
                Find(layer.Kind).CopyOutputs(layer, values);
            }
        }

        /// <summary>Copies some of a layer's parameters, in the order of the blob, whatever its kind.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="System.InvalidOperationException">The layer is packed, and its unpacker is not registered.</exception>
        public static void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            LayerUnpacker unpacker = Find(layer.Kind);
            if (unpacker == null)
            {
                layer.CopyParameters(destination, first, count);
            }
            else
            {
                unpacker.CopyParameters(layer, destination, first, count);
            }
        }
    }
}
