using System;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Extras;

namespace Tiny.FewLabels
{
    /// <summary>
    /// Answers by class means beside the network, so that a handful of labels is worth learning from: one example moves its class, a class
    /// can be added that training never saw, and one can be taken out. All memory is taken here; nothing else allocates.
    /// </summary>
    /// <remarks>
    /// Where a sample is nearer to a mean of training than to any of the field, the network's answer counts: what it learned at home it
    /// keeps. Elsewhere the field's means and the network's scores answer together, in the mixture that would have foretold the labels
    /// best; and only once the labels agree with the samples by more than chance (<see cref="IsTrusted"/>). Until then, the answer is the
    /// network's. The network must end in a float32 layer, and the layers before it must stay as they are. Costs: src/LEARNING.md.
    /// </remarks>
    /// <example>
    /// <code>
    /// network.GetLayer(network.LayerCount - 1).Frozen = true;     // the means learn, the network stays as it is
    /// PrototypeClassifier classifier = new PrototypeClassifier(network, blob, network.ClassCount + 1);
    /// int own = classifier.AddClass();                           // a class that training never saw
    /// classifier.Add(features, own);
    /// int answer = classifier.Classify(features);
    /// </code>
    /// </example>
    public sealed partial class PrototypeClassifier : ISlotContent
    {
        /// <summary>The most classes.</summary>
        public const int MostClasses = 256;

        private readonly Network network;
        private readonly Layer last;
        private readonly int layers;
        private readonly ClassMeans means;
        private readonly DenseLayer field;  // the means' own
        private readonly float[] logits;    // (classes of training) where the network's scores stand
        private readonly float[] scores;    // (capacity, made even) where the means' scores stand
        private readonly LabelEvidence evidence;
        private readonly bool[] active;     // (capacity) whether a class may be the answer
        private readonly float[] scaled;    // (classes of training) scores of the means, in the network's unit
        private readonly float perDistance; // from a score of the means to one in the network's unit

        /// <summary>A classifier that answers as the network does, until it learns.</summary>
        /// <param name="network">The network, loaded with the blob.</param>
        /// <param name="blob">The bytes of the model, trained with --prototypes. Not kept.</param>
        /// <param name="capacity">Classes there is room for, those of the network included.</param>
        /// <exception cref="Tiny.Core.Blobs.BlobException">The blob carries no class means of this network.</exception>
        /// <exception cref="ArgumentNullException">There is no network, or no blob.</exception>
        /// <exception cref="ArgumentException">The network is no classifier of several outputs that ends in a float32 layer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no room for its classes.</exception>
        public PrototypeClassifier(Network network, byte[] blob, int capacity)
        {
            Guard.NotNull(network, "network");
            layers = network.LayerCount;
            last = network.GetLayer(layers - 1);
            if (network.Task != NetworkTask.Classification || network.Outputs < 2 || last.Input == null || last.Input == last.Output)
            {
                throw new ArgumentException(
                    "Expected a classifier of two outputs or more whose last layer is float32: tiny quantize --keep-float 1.", "network");
            }

            if (capacity < network.Outputs || capacity > MostClasses)
            {
                throw new ArgumentOutOfRangeException(
                    "capacity", "capacity is " + capacity + ", expected " + network.Outputs + " to " + MostClasses + ".");
            }

            this.network = network;
            PrototypeSection section = new PrototypeSection(blob, network);
            means = new ClassMeans(section, capacity, last.Input);
            field = means.Layer;
            logits = last.Output;
            scores = means.Scores;
            evidence = new LabelEvidence(section.Classes);
            perDistance = 1f / section.Temperature;
            scaled = new float[section.Classes];
            active = new bool[capacity];
            RestoreFactory();
        }

        /// <summary>Classes there is room for.</summary>
        public int Capacity
        {
            get { return active.Length; }
        }

        /// <summary>Whether the labels so far agree with the samples by more than chance, so that the field's means answer.</summary>
        public bool IsTrusted
        {
            get { return trusted; }
        }

        /// <summary>Whether a class was added or taken out, so that the network's answer alone does not do.</summary>
        public bool HasOtherClasses
        {
            get { return form == Form.All; }
        }

        /// <summary>Whether a class may be the answer.</summary>
        /// <param name="classIndex">A class of the network, or one that was added.</param>
        public bool IsActive(int classIndex)
        {
            return classIndex >= 0 && classIndex < active.Length && active[classIndex];
        }

        /// <summary>Examples that a class has learned in the field; from 1,024 on the older half of them counts half.</summary>
        /// <param name="classIndex">A class of the network, or one that was added.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public int ExamplesOf(int classIndex)
        {
            CheckClass(classIndex);
            return means.Counts[classIndex];
        }

        /// <summary>
        /// Judges a labeled sample, and learns it. Judging first is what tells whether labels are any
        /// good and which mixture answers best; so this is how examples are added.
        /// </summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">A class of the network, or one that was added.</param>
        /// <returns>False, and nothing has changed, if the sample is so far out that it would spoil the means.</returns>
        /// <exception cref="ArgumentException">The sample has the wrong length, or a value of it is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        public bool Add(float[] sample, int classIndex)
        {
            CheckClass(classIndex);
            network.Run(sample, layers);
            if (!IsOrdinary())
            {
                return false;
            }

            Note(classIndex);
            means.Add(classIndex);
            Decide();
            return true;
        }

        /// <summary>Judges a labeled sample without learning it, as one that is held out.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">A class of the network, or one that was added: of those there is nothing to judge.</param>
        /// <returns>False, and nothing has changed, if the sample is too far out.</returns>
        /// <exception cref="ArgumentException">The sample has the wrong length, or a value of it is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        public bool Judge(float[] sample, int classIndex)
        {
            CheckClass(classIndex);
            network.Run(sample, layers);
            if (!IsOrdinary())
            {
                return false;
            }

            Note(classIndex);
            Decide();
            return true;
        }

        /// <summary>
        /// Learns that a sample is of a class, without judging: one addition for each feature. The
        /// next answer puts the means in their places.
        /// </summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">A class of the network, or one that was added.</param>
        /// <returns>False, and nothing has changed, if the sample is so far out that it would spoil the means.</returns>
        /// <exception cref="ArgumentException">The sample does not fit, or there is no such class.</exception>
        public bool Learn(float[] sample, int classIndex)
        {
            CheckClass(classIndex);
            if (layers > 1)
            {
                network.Run(sample, layers - 1);
            }
            else
            {
                network.CheckInputs(sample);
                network.Scaling.Normalize(last.Input, sample);
            }

            if (!IsOrdinary())
            {
                return false;
            }

            means.Add(classIndex);
            if (classIndex >= scaled.Length)
            {
                form = Form.All;
            }

            return true;
        }

        /// <summary>Adds a class that training never saw. It is an answer once it has an example.</summary>
        /// <returns>Its number, or -1 if there is no room.</returns>
        public int AddClass()
        {
            for (int k = scaled.Length; k < active.Length; k++)
            {
                if (!active[k])
                {
                    active[k] = true;
                    return k;
                }
            }

            return -1;
        }

        /// <summary>
        /// Takes a class out: it is no answer any more, and its examples are forgotten. A class of
        /// training comes back with <see cref="RestoreFactory"/>.
        /// </summary>
        /// <param name="classIndex">A class of the network, or one that was added.</param>
        /// <exception cref="ArgumentException">There is no such class.</exception>
        public void RemoveClass(int classIndex)
        {
            CheckClass(classIndex);
            active[classIndex] = false;
            means.Clear(classIndex);
            Decide();
        }

        /// <summary>Forgets all that was learned in the field.</summary>
        public void RestoreFactory()
        {
            for (int k = 0; k < active.Length; k++)
            {
                active[k] = k < scaled.Length;
                means.Clear(k);
            }

            evidence.Clear();
            Decide();
        }

        private void CheckClass(int classIndex)
        {
            if (!IsActive(classIndex))
            {
                throw new ArgumentOutOfRangeException("classIndex", "class " + classIndex + ": there is none, or it was taken out.");
            }
        }

        /// <summary>Whether the features are of ordinary size: their sums stay finite for longer than a device lives.</summary>
        private bool IsOrdinary()
        {
            return means.OwnSquare() < Scaling.OrdinarySquares;
        }

        /// <summary>Tells the evidence of a label, if training knows its class. The network has run.</summary>
        private void Note(int classIndex)
        {
            if (classIndex < scaled.Length && AnswerOfNetwork() >= 0)
            {
                if (!means.IsPlaced)
                {
                    means.Place();
                }

                field.Forward();
                for (int k = 0; k < scaled.Length; k++)
                {
                    scaled[k] = scores[k] * perDistance;
                }

                evidence.Add(logits, scaled, active, classIndex);
            }
        }
    }
}
