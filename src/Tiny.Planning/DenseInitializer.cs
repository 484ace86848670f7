using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Planning
{
    /// <summary>
    /// Dense float32 layers begin with biases 0 and weights uniform within sqrt(6 / inputs) before ReLU and its kin
    /// (He), within sqrt(6 / (inputs + outputs)) before other activations (Glorot and Bengio).
    /// </summary>
    /// <seealso cref="PlanBuilder"/>
    public sealed class DenseInitializer : LayerInitializer
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Dense.DenseCode; }
        }

        /// <inheritdoc/>
        public override void Draw(Layer layer, SeededRandom random)
        {
            DenseLayer dense = (DenseLayer)layer;
            int inputs = dense.Inputs;
            float limit = SquareRoot.Of(6f / (IsRectifier(dense.Activation) ? inputs : inputs + dense.Outputs));
            float[] value = new float[1];
            int count = dense.ParameterCount;
            for (int i = 0; i < count; i++)
            {
                value[0] = i % (1 + inputs) == 0 ? 0f : random.NextSymmetric(limit);
                dense.SetParameters(value, i, 1);
            }
        }

        /// <summary>The activation's parameter where none is given: leaky ReLU 0.01, ELU 1, the others 0.</summary>
        public static float DefaultParameter(Activation activation)
        {
            return activation == Activation.LeakyRelu ? 0.01f : activation == Activation.Elu ? 1f : 0f;
        }

        /// <summary>
        /// Whether the activation passes only one side of 0 well, so that weights start larger (He's limit, not Glorot's).
        /// </summary>
        public static bool IsRectifier(Activation activation)
        {
            // All from ReLU on but softmax: leaky ReLU, ELU, swish, maxout.
            return activation >= Activation.Relu && activation != Activation.Softmax;
        }
    }
}
