using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// A gated recurrent unit (Cho et al. 2014) with float32 weights, in the form of PyTorch and of ONNX with linear_before_reset = 1, over
    /// samples x of a signal, the state h 0 before the first: z = s(bz + Wz x + Uz h), r = s(br + Wr x + Ur h), n = tanh(bn + Wn x + r (cn
    /// + Un h)), h' = n + z (h - n). Bias first, then channels ascending, then states ascending, one accumulator. With the flag
    /// <see cref="RecurrentKind.Exact"/> s(x) is 1 / (1 + e^-x), tanh(x) is 1 - 2 / (e^2x + 1), of Exponential.Exp. Weights: rows of z,
    /// then rows of r (bias, channels, states each), rows of n for x (bias, channels), rows of n for h (bias, states).
    /// </summary>
    /// <example>
    /// <code>
    /// Gru.Register();                                            // once, before a model with gated recurrent units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class Gru : RecurrentKind
    {
        /// <summary>The code of the kind.</summary>
        public const int GruCode = 24;

        /// <inheritdoc/>
        public override int Code
        {
            get { return GruCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Gru());
        }

        /// <summary>Weights of so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static long ParametersOf(int units, int channels)
        {
            return units * (2L * (1 + channels + units) + (1 + channels) + (1 + units));
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Prepare(reader);
            return new GruLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }

        /// <summary>Sees to it that the table is there, if a node needs it.</summary>
        internal static void Prepare(BlobReader reader)
        {
            if ((reader.Attribute(FlagsAt) & Exact) == 0)
            {
                Dense.Prepare(Activation.Tanh);
            }
        }

        /// <inheritdoc/>
        protected override int MostFlags
        {
            get { return GivesEvery | KeepsState | Exact; }
        }

        /// <inheritdoc/>
        protected override long WeightBytes(int units, int channels)
        {
            return 4L * ParametersOf(units, channels);
        }
    }
}
