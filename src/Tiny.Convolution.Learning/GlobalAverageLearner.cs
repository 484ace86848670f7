namespace Tiny.Convolution.Learning
{
    /// <summary>Takes gradients through the global average: to all places alike.</summary>
    /// <seealso cref="LearningKinds"/>
    public sealed class GlobalAverageLearner : PassingLearner
    {
        private readonly GlobalAverageLayer average;

        /// <summary>A learner of the layer.</summary>
        public GlobalAverageLearner(GlobalAverageLayer layer)
            : base(layer)
        {
            average = layer;
        }

        /// <inheritdoc/>
        protected override void Run(float[] x, float[] z)
        {
            average.Run(x, z);
        }

        /// <inheritdoc/>
        protected override void Spread(float[] x, float[] dz, float[] dx)
        {
            int channels = average.Outputs;
            for (int at = average.Inputs - 1; at >= 0; at--)
            {
                dx[at] = dz[at % channels] * average.Factor;
            }
        }
    }
}
