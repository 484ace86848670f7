using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Wide;
using Tiny.Core.Wide.Kernels;
using Tiny.Learning.Wide.Kernels;

namespace Tiny.Learning.Wide
{
    /// <summary>Teaches a dense float32 layer with blocks of up to 40 inputs.</summary>
    public sealed class WideDenseLearner : DenseLearner
    {
        private readonly WideDenseLayer wide; // null for a layer that was made before the wide kernels were registered

        /// <summary>A learner of the layer.</summary>
        public WideDenseLearner(DenseLayer layer)
            : base(layer)
        {
            wide = layer as WideDenseLayer;
        }

        /// <inheritdoc/>
        protected override int WidestBlock
        {
            get { return WideDenseUpdates.Widest; }
        }

        /// <inheritdoc/>
        public override bool Enter(float[] x, float[] sample, Scaling scaling)
        {
            DenseLayer layer = wide;
            if (layer == null || layer.Later != null)
            {
                return base.Enter(x, sample, scaling);
            }

            // The kernel checks the inputs in passing; where it finds them out of the ordinary, they are normalized one by one.
            bool relu = layer.Activation == Activation.Relu;
            Normalization.Run(x, sample, scaling.InputMeans, scaling.InputScales, sample.Length);
            return WideDenseProducts.Run(x, null, null, relu ? Outputs : Sums, layer.Biases, layer.Weights, (layer.Rows + 1) & ~1, layer.Inputs,
                relu ? 0f : float.NegativeInfinity, true)
                ? Activate()
                : base.Enter(x, sample, scaling);
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure)
        {
            return wide == null ? base.Forward(x, measure)
                : wide.Sums(wide.Activation == Activation.Relu ? Outputs : Sums, x, measure) && Activate();
        }

        /// <inheritdoc/>
        protected override float Back(float[] dx, float[] outputs, float floor, float[][] weights, int end, int width)
        {
            return WideDenseInputGradients.Run(dx, Sums, outputs, floor, weights, end, width);
        }

        /// <inheritdoc/>
        protected override void Update(float[] x, float[] biases, float[][] weights, int end, int width, float rate)
        {
            WideDenseUpdates.Run(x, Sums, biases, weights, end, width, rate);
        }
    }
}
