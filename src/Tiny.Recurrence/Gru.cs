using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// A gated recurrent unit (Cho et al. 2014) with float32 weights, in the form of PyTorch and of ONNX with linear_before_reset = 1, over samples x of a signal, the state h 0 before the first:
    /// z = s(bz + Wz x + Uz h), r = s(br + Wr x + Ur h), n = tanh(bn + Wn x + r (cn + Un h)), h' = n + z (h - n). Bias first, then channels ascending, then states ascending, one
    /// accumulator. Attributes: units (2 bytes), flags (1): 1 it gives the state after every sample, not only the last; 2 it keeps its state from one prediction to the next. Weights: rows of z, then rows of r (bias, channels, states each),
    /// rows of n for x (bias, channels), rows of n for h (bias, states).
    /// </summary>
    public class Gru : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int GruCode = 24;

        /// <summary>Where among the attributes the flags stand.</summary>
        public const int FlagsAt = 2;

        /// <summary>Flag: it gives the state after every sample.</summary>
        public const int GivesEvery = 1;

        /// <summary>Flag: it keeps its state from one prediction to the next.</summary>
        public const int KeepsState = 2;

        /// <summary>Bytes of attributes.</summary>
        public const int Bytes = 3;

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
        public static long ParametersOf(int units, int channels)
        {
            return units * (2L * (1 + channels + units) + (1 + channels) + (1 + units));
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && (reader.AttributeBytes != Bytes || reader.AttributeUInt16(0) == 0 || reader.Attribute(FlagsAt) > (GivesEvery | KeepsState)))
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, Bytes);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            int units = reader.AttributeUInt16(0);
            bool every = (reader.Attribute(FlagsAt) & GivesEvery) != 0;
            reader.SetWeights(4L * ParametersOf(units, reader.Dimension(reader.Input, 2)));
            return reader.SetOutput(every ? reader.Dimension(reader.Input, 0) : 1, every ? reader.Dimension(reader.Input, 1) : 1, units, BlobFormat.Floats);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare(Activation.Tanh);
            return new GruLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }
    }
}
