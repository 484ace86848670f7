using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    /// <summary>The int8 layers of a network, from the user's inputs to the outputs of the last of them as floats.</summary>
    internal sealed class PackedLayers
    {
        internal readonly PackedLayer[] layers;
        private readonly long[] digits; // three to a long; as wide as what reads or writes them
        private readonly int[] sums;    // (widest layer, made a multiple of 3), null where no layer needs it

        internal PackedLayers(NetworkShape shape)
        {
            layers = new PackedLayer[shape.PackedLayers];
            layers[0] = new OutputPackedLayer(shape, 0);
            for (int i = 1; i < layers.Length; i++)
            {
                layers[i] = new InputPackedLayer(shape, i);
            }

            int widest = WidestOf(layers);
            digits = new long[DigitsOf(layers)];
            sums = NeedsSums(layers) ? new int[(widest + 2) / 3 * 3] : null;
        }

        internal OutputPackedLayer First
        {
            get { return (OutputPackedLayer)layers[0]; }
        }

        internal PackedLayer Last
        {
            get { return layers[layers.Length - 1]; }
        }

        /// <summary>Rows of the widest int8 layer.</summary>
        internal static int WidestOf(PackedLayer[] layers)
        {
            int widest = 0;
            for (int i = 0; i < layers.Length; i++)
            {
                widest = layers[i].rows > widest ? layers[i].rows : widest;
            }

            return widest;
        }

        /// <summary>Longs of digits: a third of the widest layer's rows, or the width at which a kernel reads them.</summary>
        internal static int DigitsOf(PackedLayer[] layers)
        {
            int longs = (WidestOf(layers) + 2) / 3;
            for (int i = 1; i < layers.Length; i++)
            {
                int read = InputPackedLayer.WidthOfBlock(layers[i].inputs, 0);
                longs = read > longs && InputPackedLayer.CountBlocks(layers[i].inputs) == 1 ? read : longs;
            }

            return longs;
        }

        /// <summary>
        /// Whether sums must leave the longs they were made in: for all but a first layer of one block with ReLU, and a last one of one
        /// block behind it.
        /// </summary>
        internal static bool NeedsSums(PackedLayer[] layers)
        {
            return layers.Length != 2 || layers[0].activation != Activation.Relu
                || OutputPackedLayer.CountBlocks(layers[0].inputs) > 1 || InputPackedLayer.CountBlocks(layers[1].inputs) > 1;
        }

        /// <summary>z (rows of the last, made even) from x, or where that is null from levels; the sums of the last layer.</summary>
        internal void Run(float[] z, float[] x, byte[] levels)
        {
            PackedLayer[] all = layers;
            ((OutputPackedLayer)all[0]).Run(x, levels, digits, sums, z);
            for (int i = 1; i < all.Length; i++)
            {
                ((InputPackedLayer)all[i]).Run(digits, sums, z);
            }
        }

        /// <summary>The same, with what each layer gives: its digits, the last one's activated outputs. outputs is (layers)(rows).</summary>
        internal void Trace(float[][] outputs, float[] x)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                PackedLayer layer = layers[i];
                float[] given = outputs[i];
                if (i == 0)
                {
                    First.Run(x, null, digits, sums, given);
                }
                else
                {
                    ((InputPackedLayer)layer).Run(digits, sums, given);
                }

                if (i == layers.Length - 1)
                {
                    layer.Activate(given);
                }
                else
                {
                    for (int row = 0; row < layer.rows; row++)
                    {
                        given[row] = PackedLayer.Unpack(digits[row / 3], row % 3);
                    }
                }
            }
        }

        /// <summary>Reads every layer; room is of one float. Returns the offset behind them.</summary>
        internal int ReadFrom(BlobReader reader, int at, float[] room)
        {
            First.ReadScaling(reader, reader.NormalisationAt);
            for (int i = 0; i < layers.Length; i++)
            {
                at = ReadLayer(reader, i, at, room);
            }

            return at;
        }

        /// <summary>Reads one layer; returns the offset behind it.</summary>
        internal int ReadLayer(BlobReader reader, int layer, int at, float[] room)
        {
            return layer == 0 ? First.ReadFrom(reader, at, room) : ((InputPackedLayer)layers[layer]).ReadFrom(reader, at, room);
        }

        /// <summary>Whether the layers are those of a shape.</summary>
        internal bool AreOf(NetworkShape shape)
        {
            bool same = layers.Length == shape.PackedLayers && First.InputForm == shape.InputForm;
            for (int i = 0; i < layers.Length && same; i++)
            {
                PackedLayer layer = layers[i];
                same = layer.inputs == shape.GetInputs(i) && layer.rows == shape.GetRows(i) && layer.activation == shape.GetActivation(i);
            }

            return same;
        }
    }
}
