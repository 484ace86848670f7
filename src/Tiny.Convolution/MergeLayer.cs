using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>A layer that reads two buffers.</summary>
    /// <seealso cref="Concat"/>
    public abstract class MergeLayer : Layer
    {
        /// <summary>(height, width, channels), the second buffer that the layer reads.</summary>
        public float[] Second;

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(1));
            return true;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Second = (float[])buffers[reader.Attribute(0)];
            Activation = (Activation)reader.Attribute(1);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(2) : 0f;
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Run(Input, Second, Output);
            if (Activation != Activation.Linear)
            {
                ActivationFunction.Forward(Output, Activation, ActivationParameter, Outputs);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }

        /// <summary>z = what the two give together, before the activation.</summary>
        /// <param name="a">(height, width, channels), the first buffer.</param>
        /// <param name="b">(height, width, channels), the second buffer.</param>
        /// <param name="z">(Outputs). Receives the values.</param>
        protected abstract void Run(float[] a, float[] b, float[] z);
    }
}
