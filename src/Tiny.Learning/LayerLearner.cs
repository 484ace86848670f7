using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Learning
{
    /// <summary>
    /// What a layer needs beside itself to learn: room for what it gave and for the gradient, and the way back.
    /// Made by its <see cref="LearnerKind"/>, with memory for any model the layer has room for.
    /// </summary>
    /// <remarks>
    /// The arrays are public fields, as learners of other kinds write them. Both are of even length,
    /// and what stands behind the last value is 0: kernels take two at a time.
    /// </remarks>
    /// <seealso cref="SgdLearner"/>
    public abstract class LayerLearner
    {
        /// <summary>(outputs, made even) what the layer gave for the sample.</summary>
        public readonly float[] Outputs;

        /// <summary>
        /// (sums, made even) what the layer had before its activation, then the gradient on that. Of a
        /// layer without an activation, what it gave, then the gradient on it.
        /// </summary>
        public readonly float[] Sums;

        /// <summary>The layer.</summary>
        public readonly Layer Layer;

        /// <summary>A learner with room for so many values before and behind the activation.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="sums">Values before the activation.</param>
        /// <param name="outputs">Values behind it.</param>
        protected LayerLearner(Layer layer, int sums, int outputs)
        {
            Layer = layer;
            Sums = new float[(sums + 1) & ~1];
            Outputs = new float[(outputs + 1) & ~1];
        }

        /// <summary>
        /// Whether a gradient passes only where an output is above 0. Then <see cref="Sums"/> holds nothing
        /// of the sample, and a layer behind may write the gradient there at once.
        /// </summary>
        public virtual bool IsRectified
        {
            get { return false; }
        }

        /// <summary>Takes the user's sample, where the layer is the network's first: leaves it normalized in x, and passes it on.</summary>
        /// <param name="x">(inputs, made even) receives what the layer takes.</param>
        /// <param name="sample">(inputs), in the user's units.</param>
        /// <param name="scaling">Normalizes it.</param>
        /// <param name="check">Whether to see to it that what the layer gives is finite and of
        /// ordinary size; not where softmax does.</param>
        /// <returns>False if it is not.</returns>
        /// <exception cref="System.ArgumentException">A value is not finite.</exception>
        public virtual bool Enter(float[] x, float[] sample, Scaling scaling, bool check)
        {
            scaling.Normalize(x, sample);
            return Forward(x, false, check);
        }

        /// <summary>
        /// Passes values on: leaves in <see cref="Outputs"/> what the layer gives, in <see cref="Sums"/> what it had before its activation.
        /// </summary>
        /// <param name="x">(inputs, made even).</param>
        /// <param name="measure">Whether to see to it that x is finite and of ordinary size.</param>
        /// <param name="check">The same of what the layer gives; not where softmax does.</param>
        /// <returns>False if it is not.</returns>
        public abstract bool Forward(float[] x, bool measure, bool check);

        /// <summary>Turns the gradient on what the layer gives into that before its activation, in <see cref="Sums"/>.</summary>
        /// <param name="gradient">(outputs) or longer.</param>
        public abstract void TakeGradient(float[] gradient);

        /// <summary>Finds the gradient on what the layer takes, and hands it to the layer that gave it.</summary>
        /// <param name="below">The learner of that layer.</param>
        /// <param name="room">(inputs) or longer, for the gradient.</param>
        /// <returns>The sum of its squares.</returns>
        public abstract float PassBack(LayerLearner below, float[] room);

        /// <summary>The sum of squares of the gradient on the layer's parameters.</summary>
        /// <param name="x">(inputs, made even) what the layer took.</param>
        public abstract float GradientSquares(float[] x);

        /// <summary>A step down the gradient.</summary>
        /// <param name="x">(inputs, made even) what the layer took.</param>
        /// <param name="rate">The learning rate.</param>
        public abstract void Step(float[] x, float rate);

        /// <summary>Multiplies all weights, biases excepted, by a factor: L2's share of a step.</summary>
        /// <param name="keep">The factor, from 0 to 1.</param>
        public abstract void Decay(float keep);

        /// <summary>The sum of squares of the first values, in their order.</summary>
        /// <param name="values">(count) or longer.</param>
        /// <param name="count">How many.</param>
        protected internal static float SumOfSquares(float[] values, int count)
        {
            float sum = 0f;
            for (int i = 0; i < count; i++)
            {
                float value = values[i];
                sum += value * value;
            }

            return sum;
        }
    }
}
