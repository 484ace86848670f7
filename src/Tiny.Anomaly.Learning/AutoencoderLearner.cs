using Tiny.Core;
using Tiny.Learning;

namespace Tiny.Anomaly.Learning
{
    /// <summary>
    /// Teaches an autoencoder a normal sample by a step of gradient descent, clipped, toward the sample itself. All memory is taken
    /// here. Back to the factory: load its blob into the network again, as a slot store's RestoreFactory does.
    /// </summary>
    /// <example>
    /// <code>
    /// AnomalyDetector detector = new AnomalyDetector(network, blob, true);
    /// detector.Learner = new AutoencoderLearner(network, 0.01f);
    /// bool learned = detector.Teach(features);                   // only while somebody knows that all is well
    /// </code>
    /// </example>
    public sealed class AutoencoderLearner : NormalLearner
    {
        private readonly SgdLearner learner;

        /// <summary>A learner of the detector's network.</summary>
        /// <param name="network">The network, whose last layer is float32.</param>
        /// <param name="rate">The learning rate, from 0 to 1000; 0.01 is usual.</param>
        /// <exception cref="System.ArgumentNullException">There is no network.</exception>
        /// <exception cref="System.ArgumentException">The last layer cannot learn.</exception>
        /// <exception cref="System.ArgumentOutOfRangeException">The rate is out of range.</exception>
        /// <exception cref="System.InvalidOperationException">The layers that would learn do not stand in a chain.</exception>
        public AutoencoderLearner(Network network, float rate)
        {
            learner = new SgdLearner(network);
            learner.LearningRate = rate;
            learner.ClipNorm = 1f;
        }

        /// <inheritdoc/>
        public override bool Learn(float[] sample)
        {
            return learner.Learn(sample, sample) == LearningResult.Learned;
        }
    }
}
