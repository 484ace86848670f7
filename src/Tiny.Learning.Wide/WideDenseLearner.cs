using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Wide;
using Tiny.Core.Wide.Kernels;
using Tiny.Learning.Wide.Kernels;

namespace Tiny.Learning.Wide
{
    /// <summary>Teaches a dense float32 layer with blocks of up to 40 inputs.</summary>
    /// <seealso cref="WideLearning"/>
    public sealed class WideDenseLearner : DenseLearner
    {
        /// <summary>A learner of the layer.</summary>
        /// <param name="layer">The layer.</param>
        /// <exception cref="System.InvalidOperationException">Its blocks are wider than these kernels take.</exception>
        public WideDenseLearner(DenseLayer layer)
            : base(layer)
        {
        }

        /// <inheritdoc/>
        protected override int WidestBlock
        {
            get { return WideDenseUpdates.Widest; }
        }

        /// <inheritdoc/>
        public override bool Enter(float[] x, float[] sample, Scaling scaling, bool check)
        {
            DenseLayer layer = (DenseLayer)Layer;
            if (layer.Later != null)
            {
                return base.Enter(x, sample, scaling, check);
            }

            // The kernel checks the inputs in passing; where it finds them out of the ordinary, they are normalized one by one.
            bool relu = layer.Activation == Activation.Relu;
            Normalization.Run(x, sample, scaling.InputMeans, scaling.InputScales, sample.Length);
            return WideDenseProducts.Run(
                x, null, null, relu ? Outputs : Sums, layer.Biases, layer.Weights, (layer.Rows + 1) & ~1, layer.Inputs,
                relu ? 0f : float.NegativeInfinity, true)
                ? relu || Activate(layer, check)
                : base.Enter(x, sample, scaling, check);
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            DenseLayer layer = (DenseLayer)Layer;
            bool relu = layer.Activation == Activation.Relu;
            if (layer.Later == null)
            {
                return WideDenseProducts.Run(
                    x, null, null, relu ? Outputs : Sums, layer.Biases, layer.Weights, (layer.Rows + 1) & ~1, layer.Inputs,
                    relu ? 0f : float.NegativeInfinity, measure) && (relu || Activate(layer, check));
            }

            WideDenseLayer wide = layer as WideDenseLayer;
            return wide == null ? base.Forward(x, measure, check) : wide.Sums(relu ? Outputs : Sums, x, measure) && Activate(wide, check);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            DenseLayer layer = (DenseLayer)Layer;
            int inputs = layer.Inputs;
            if (layer.Later != null || !below.IsRectified)
            {
                return base.PassBack(below, room);
            }

            float[] dx = below.Sums;
            if ((inputs & 1) != 0)
            {
                dx[inputs] = 0f;
            }

            return WideDenseInputGradients.Run(dx, Sums, below.Outputs, 0f, layer.Weights, (layer.Rows + 1) & ~1, inputs);
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            DenseLayer layer = (DenseLayer)Layer;
            if (layer.Later != null)
            {
                base.Step(x, rate);
                return;
            }

            WideDenseUpdates.Run(x, Sums, layer.Biases, layer.Weights, (layer.Rows + 1) & ~1, layer.Inputs, rate);
        }

        /// <inheritdoc/>
        protected override float InputGradient(float[] dx, float[] x, int end)
        {
            DenseLayer layer = (DenseLayer)Layer;
            return layer.Later == null
                ? WideDenseInputGradients.Run(dx, Sums, x, float.NegativeInfinity, layer.Weights, end, layer.Inputs)
                : base.InputGradient(dx, x, end);
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
