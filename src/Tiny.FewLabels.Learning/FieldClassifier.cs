using Tiny.Adaptation;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Extras;

namespace Tiny.FewLabels.Learning
{
    /// <summary>
    /// Learns in the field from the first label to the hundredth: by class means from the first, and from
    /// <see cref="EnoughLabels"/> labels a class on by gradient descent on the last layer as well. Held-out
    /// examples decide which of the two answers, and whether what was learned stays.
    /// </summary>
    /// <remarks>
    /// Every third recording of a class is held out: neither way learns from it, both are judged by it. All memory is taken here; nothing
    /// else allocates. An adaptation costs its steps and four answers for each held-out example. Costs and accuracies: src/LEARNING.md.
    /// </remarks>
    /// <example>
    /// <code>
    /// ExampleStore examples = new ExampleStore(network.ClassCount + 1, network.Inputs, 20, 10, 1);
    /// FieldClassifier classifier = new FieldClassifier(network, blob, network.ClassCount + 1, examples, null);
    /// classifier.Add(features, label);
    /// AdaptResult result = classifier.Adapt(20);
    /// int answer = classifier.Classify(features);
    /// </code>
    /// </example>
    public sealed class FieldClassifier : Adapter, ISlotContent
    {
        /// <summary>Labels a class from which on the last layer learns.</summary>
        public const int EnoughLabels = 10;

        private readonly Network network;
        private readonly ExampleStore field;
        private bool wasHandedOver;

        /// <summary>A classifier that answers as the network does, until it learns. It freezes all layers but the last.</summary>
        /// <param name="network">The network, loaded with the blob.</param>
        /// <param name="blob">The bytes of the model, trained with --prototypes. Not kept.</param>
        /// <param name="capacity">Classes there is room for, those of the network included.</param>
        /// <param name="field">An empty store for the examples to come, for the network's classes and inputs.</param>
        /// <param name="delivered">A few examples of the training set, which must not be answered
        /// worse after an adaptation; or null.</param>
        /// <exception cref="Tiny.Core.Blobs.BlobException">The blob carries no class means of this network.</exception>
        /// <exception cref="System.ArgumentNullException">There is no network, no blob, or no store for the examples to come.</exception>
        /// <exception cref="System.ArgumentException">
        /// The network is no classifier of several outputs that ends in a float32 layer, or a store does not fit.
        /// </exception>
        /// <exception cref="System.ArgumentOutOfRangeException">The capacity does not fit.</exception>
        public FieldClassifier(Network network, byte[] blob, int capacity, ExampleStore field, ExampleStore delivered)
            : base(Frozen(network), field, delivered)
        {
            this.network = network;
            this.field = field;
            Means = new PrototypeClassifier(network, blob, capacity);
        }

        /// <summary>The class means: to add classes to, to teach those, and to take classes out.</summary>
        public PrototypeClassifier Means { get; }

        /// <summary>Whether the network answers alone, because its last layer has learned enough.</summary>
        public bool IsHandedOver { get; private set; }

        /// <summary>The class of a sample.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <returns>A class of the network, or one that was added.</returns>
        /// <exception cref="System.ArgumentException">The sample does not fit.</exception>
        /// <exception cref="System.InvalidOperationException">The weights are so large that the answer
        /// is not finite; or no class is left that has an example.</exception>
        public int Classify(float[] sample)
        {
            return IsHandedOver && !Means.HasOtherClasses ? network.Classify(sample) : Means.Classify(sample);
        }

        /// <summary>Forgets what the means have learned, and which way answers. The network's own way back is the slot store's.</summary>
        public void RestoreFactory()
        {
            IsHandedOver = false;
            Means.RestoreFactory();
        }

        /// <inheritdoc/>
        public int Measure()
        {
            return 4 + Means.Measure();
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int at)
        {
            FloatBits.WriteInt32(buffer, at, IsHandedOver ? 1 : 0);
            Means.Write(buffer, at + 4);
        }

        /// <inheritdoc/>
        public void Read(byte[] buffer, int at)
        {
            IsHandedOver = buffer != null && FloatBits.ReadInt32(buffer, at) != 0;
            Means.Read(buffer, at + 4);
        }

        /// <inheritdoc/>
        protected override int Answer(float[] sample)
        {
            return Classify(sample);
        }

        /// <summary>
        /// The means learn it, or judge by it if it is held out; one that is so far out that it would spoil them they pass over.
        /// </summary>
        /// <param name="sample">(inputs), in the user's units.</param>
        /// <param name="classIndex">Its class.</param>
        protected override void OnAdded(float[] sample, int classIndex)
        {
            if (!Means.IsActive(classIndex))
            {
                return;
            }

            if (field.IsLastHeldOut)
            {
                Means.Judge(sample, classIndex);
            }
            else
            {
                Means.Add(sample, classIndex);
            }
        }

        /// <inheritdoc/>
        protected override bool IsReady()
        {
            for (int k = 0; k < field.Classes; k++)
            {
                if (field.AddedOf(k) < EnoughLabels && Means.IsActive(k))
                {
                    return false;
                }
            }

            return true;
        }

        /// <inheritdoc/>
        protected override void OnLearning()
        {
            wasHandedOver = IsHandedOver;
        }

        /// <summary>Chooses the way that answers more of the held-out examples right; of two alike the network, which costs less.</summary>
        protected override void OnLearned()
        {
            IsHandedOver = false;
            int ofMeans = CountHeldOut();
            IsHandedOver = true;
            IsHandedOver = CountHeldOut() >= ofMeans;
        }

        /// <inheritdoc/>
        protected override void OnUndone()
        {
            IsHandedOver = wasHandedOver;
        }

        private static Network Frozen(Network network)
        {
            FreezeAllButLast(network);
            return network;
        }
    }
}
