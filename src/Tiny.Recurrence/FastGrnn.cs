using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// FastGRNN (Kusupati et al. 2018) with float32 weights: one product for gate and candidate, a third of a gated recurrent unit's
    /// weights. Over samples x of a signal, the state h 0 before the first: a = b + W x + U h, z = s(a), n = tanh(a + c), h' = (zeta + nu)
    /// n + z (h - zeta n), which is (zeta (1 - z) + nu) n + z h. Bias first, then channels ascending, then states ascending, one
    /// accumulator; zeta + nu is rounded once. Weights: rows of a (bias, channels, states each), c of each unit, then zeta and nu, which
    /// are from 0 to 1.
    /// </summary>
    /// <example>
    /// <code>
    /// FastGrnn.Register();                                       // once, before a model with FastGRNN units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class FastGrnn : RecurrentKind
    {
        /// <summary>The code of the kind.</summary>
        public const int FastGrnnCode = 25;

        /// <inheritdoc/>
        public override int Code
        {
            get { return FastGrnnCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new FastGrnn());
        }

        /// <summary>Weights of so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static long ParametersOf(int units, int channels)
        {
            return units * (1L + channels + units) + units + 2;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            BlobError error = base.CheckWeights(reader);
            int end = reader.WeightsAt + reader.WeightBytes;
            for (int at = end - 8; at < end && error == BlobError.None; at += 4)
            {
                if (!FastGrnnLayer.IsShare(reader.FloatAt(at)))
                {
                    error = reader.Fault(BlobError.ScaleOutOfRange, at, 0, 1);
                }
            }

            return error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare(Activation.Tanh);
            return new FastGrnnLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }

        /// <inheritdoc/>
        protected override long WeightBytes(int units, int channels)
        {
            return 4L * ParametersOf(units, channels);
        }
    }
}
