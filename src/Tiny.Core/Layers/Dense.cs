using Tiny.Core.Activations;
using Tiny.Core.Blobs;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// Fully connected layers with float32 weights: z[u] = bias[u] + w[u, 0] x[0] + w[u, 1] x[1] + .., inputs
    /// ascending, one accumulator; then the activation. Attributes: outputs (2 bytes), activation (1), and the
    /// activation's parameter (4) if it has one. Weights: row by row, bias first.
    /// </summary>
    /// <seealso cref="LayerKinds"/>
    public class Dense : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int DenseCode = 1;

        /// <summary>Where among the attributes the activation stands.</summary>
        public const int ActivationAt = 2;

        /// <inheritdoc/>
        public override int Code
        {
            get { return DenseCode; }
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            Activation activation;
            BlobError error = CheckActivation(reader, ActivationAt, ActivationAt + 1, out activation);
            if (error != BlobError.None)
            {
                return error;
            }

            int rows = reader.AttributeUInt16(0) * ActivationTraits.RowsPerOutput(activation);
            reader.NodeActivation = activation;
            reader.SetWeights(4L * rows * (1 + reader.InputLength));
            error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && rows > reader.BufferLength(reader.Output))
            {
                error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(reader.Output), rows);
            }

            return error == BlobError.None ? reader.SetOutput(1, 1, reader.AttributeUInt16(0), BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Prepare(reader);
            return NewLayer(RowsOf(reader), reader.InputLength);
        }

        /// <summary>
        /// A layer with room for so many rows and inputs: for layers of other kinds, too, that are a dense layer at each of many places.
        /// </summary>
        /// <param name="rows">Rows of weights, 1 or more.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        public virtual DenseLayer NewLayer(int rows, int inputs)
        {
            return new DenseLayer(rows, inputs);
        }

        /// <summary>
        /// Makes what the node's activation reads, before anything is changed: where there is no memory for it, a network stays as it was.
        /// </summary>
        public static void Prepare(BlobReader reader)
        {
            Prepare((Activation)reader.Attribute(ActivationAt));
        }

        /// <summary>The same for an activation.</summary>
        public static void Prepare(Activation activation)
        {
            if (ActivationTraits.UsesSigmoidTable(activation))
            {
                SigmoidTable.Prepare();
            }
        }

        /// <summary>Rows of weights of a dense node: as many as outputs, twice as many for maxout.</summary>
        public static int RowsOf(BlobReader reader)
        {
            return reader.AttributeUInt16(0) * ActivationTraits.RowsPerOutput((Activation)reader.Attribute(ActivationAt));
        }

        /// <summary>Checks the activation of a node and its parameter: softmax is for the whole network, not for a layer.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="codeAt">Where among the attributes the activation's code stands.</param>
        /// <param name="parameterAt">Where its parameter stands, the last of the attributes, if it has one.</param>
        /// <param name="activation">Receives it.</param>
        public static BlobError CheckActivation(BlobReader reader, int codeAt, int parameterAt, out Activation activation)
        {
            activation = Activation.Linear;
            if (reader.AttributeBytes < parameterAt)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, parameterAt);
            }

            int code = reader.Attribute(codeAt);
            activation = (Activation)code;
            if (!ActivationTraits.IsKnown(code) || activation == Activation.Softmax)
            {
                return reader.FaultOfNode(BlobError.UnknownActivation, code, 0);
            }

            int expected = parameterAt + (ActivationTraits.HasParameter(activation) ? 4 : 0);
            if (reader.AttributeBytes != expected)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, expected);
            }

            return expected == parameterAt || ActivationTraits.ParameterFits(activation, reader.AttributeFloat(parameterAt))
                ? BlobError.None
                : reader.FaultOfNode(BlobError.ActivationParameterOutOfRange, reader.Node, 0);
        }
    }
}
