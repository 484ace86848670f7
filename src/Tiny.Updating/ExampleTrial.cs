using System;
using Tiny.Core;

namespace Tiny.Updating
{
    /// <summary>
    /// A trial of classifiers on remembered examples: the score is how many are answered right. Allocates nothing once made.
    /// </summary>
    /// <seealso cref="ModelUpdater"/>
    public sealed class ExampleTrial : IModelTrial
    {
        private readonly float[][] samples; // (examples)(inputs)
        private readonly int[] labels;      // (examples)
        private readonly float[] outputs;

        /// <summary>A trial on these examples, which are not copied: the program may go on replacing them.</summary>
        /// <param name="samples">(examples)(inputs), in the units that the network predicts from.</param>
        /// <param name="labels">(examples) the class of each, from 0.</param>
        /// <param name="outputs">Outputs of the network, 2 or more.</param>
        /// <exception cref="ArgumentNullException">There are no samples, or no labels.</exception>
        /// <exception cref="ArgumentException">There are no examples, or not as many samples as labels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The outputs are below 1.</exception>
        public ExampleTrial(float[][] samples, int[] labels, int outputs)
        {
            if (samples == null || labels == null)
            {
                throw new ArgumentNullException(samples == null ? "samples" : "labels");
            }

            if (samples.Length == 0 || samples.Length != labels.Length)
            {
                throw new ArgumentException("There are " + samples.Length + " samples and " + labels.Length
                    + " labels, expected as many of each, 1 or more.", "labels");
            }

            if (outputs < 1)
            {
                throw new ArgumentOutOfRangeException("outputs", "outputs is " + outputs + ", expected those of the network.");
            }

            this.samples = samples;
            this.labels = labels;
            this.outputs = new float[outputs];
        }

        /// <inheritdoc/>
        public int Score(Network network)
        {
            int right = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                right += network.Predict(samples[i], outputs) == labels[i] ? 1 : 0;
            }

            return right;
        }
    }
}
