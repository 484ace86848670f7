using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Native.Float32;

namespace Tiny.Native.Learning
{
    /// <summary>Teaches a dense float32 layer of native kernels: the same steps in the same order.</summary>
    /// <seealso cref="NativeLearning"/>
    public sealed class NativeDenseLearner : DenseLearner
    {
        private readonly NativeDenseLayer native;

        /// <summary>A learner of the layer.</summary>
        /// <param name="layer">The layer.</param>
        /// <exception cref="System.InvalidOperationException">Its blocks are wider than these kernels take.</exception>
        public NativeDenseLearner(NativeDenseLayer layer)
            : base(layer)
        {
            native = layer;
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            NativeDenseLayer layer = native;
            if (!below.IsRectified)
            {
                float squares = FloatKernels.DenseInputGradient(
                    room, Sums, below.Outputs, layer.Plain, layer.Inputs, layer.Rows, float.NegativeInfinity);
                below.TakeGradient(room);
                return squares;
            }

            float[] dx = below.Sums;
            if ((layer.Inputs & 1) != 0)
            {
                dx[layer.Inputs] = 0f;
            }

            return FloatKernels.DenseInputGradient(dx, Sums, below.Outputs, layer.Plain, layer.Inputs, layer.Rows, 0f);
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            NativeDenseLayer layer = native;
            FloatKernels.DenseUpdate(x, Sums, layer.Plain, layer.Biases, layer.Inputs, layer.Rows, rate);
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            FloatKernels.Scale(native.Plain, keep, native.Rows * native.Inputs);
        }

        /// <inheritdoc/>
        protected override bool Takes(DenseLayer layer)
        {
            return true;
        }

        /// <inheritdoc/>
        protected override float InputGradient(float[] dx, float[] x, int end)
        {
            return FloatKernels.DenseInputGradient(dx, Sums, x, native.Plain, native.Inputs, native.Rows, float.NegativeInfinity);
        }
    }
}
