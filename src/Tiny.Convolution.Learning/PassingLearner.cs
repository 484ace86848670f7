using System;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>Takes gradients through a layer that has no weights and no activation.</summary>
    /// <seealso cref="LearningKinds"/>
    public abstract class PassingLearner : LayerLearner
    {
        /// <summary>A learner of the layer.</summary>
        protected PassingLearner(Layer layer)
            : base(layer, layer.Output.Length, layer.Output.Length)
        {
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            // What it gives is no larger than what it takes.
            if ((measure || check) && !(SumOfSquares(x, Layer.Inputs) < Scaling.OrdinarySquares))
            {
                return false;
            }

            Run(x, Outputs);
            return true;
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            Array.Copy(gradient, Sums, Layer.Outputs);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            Array.Clear(room, 0, Layer.Inputs);
            Spread(below.Outputs, Sums, room);
            float squares = SumOfSquares(room, Layer.Inputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        public override float GradientSquares(float[] x)
        {
            return 0f;
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
        }

        /// <summary>z = what the layer gives for x.</summary>
        /// <param name="x">(Inputs).</param>
        /// <param name="z">(Outputs). Receives the values.</param>
        protected abstract void Run(float[] x, float[] z);

        /// <summary>Adds the gradient on what the layer gave to that on what it took.</summary>
        /// <param name="x">(Inputs), what it took.</param>
        /// <param name="dz">(Outputs), the gradient on what it gave.</param>
        /// <param name="dx">(Inputs), is added to.</param>
        protected abstract void Spread(float[] x, float[] dz, float[] dx);
    }
}
