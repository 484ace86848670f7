using System;
using Tiny.Core;
using Tiny.Learning;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Learns in the field from a few labeled examples, and never ends up worse by what it can see: labels must agree with
    /// something by more than chance before anything is learned from them for good, and after each adaptation the held-out
    /// examples decide whether it stays. All memory is taken here; nothing else allocates.
    /// </summary>
    /// <remarks>
    /// Choose which layers learn before making it: <see cref="FreezeAllButLast"/> leaves the last. An
    /// adaptation costs its steps, and a prediction for each held-out example twice; the first one behind a new
    /// recording besides up to 2.9 million instructions for the test of its labels.
    /// </remarks>
    /// <example>
    /// <code>
    /// Adapter.FreezeAllButLast(network);
    /// ExampleStore examples = new ExampleStore(network.ClassCount, network.Inputs, 20, 10, 1);
    /// Adapter adapter = new Adapter(network, examples, null);
    /// adapter.Add(features, label);                              // for each labeled example
    /// AdaptResult result = adapter.Adapt(20);                    // 20 steps; undone unless it is Kept
    /// </code>
    /// </example>
    public class Adapter
    {
        private readonly Network network;
        private readonly ExampleStore field;
        private readonly ExampleStore delivered; // null for none
        private readonly LayerSnapshot snapshot;
        private readonly float[] outputs;
        private readonly LabelTrust trust;
        private int turn; // the class whose turn it is

        /// <summary>An adapter of this network.</summary>
        /// <param name="network">A classifier; the layers that learn are not frozen.</param>
        /// <param name="field">An empty store for the examples to come, for the network's classes and inputs.</param>
        /// <param name="delivered">
        /// A few examples of the training set, for the same classes and inputs, or null. They are learned again by turns with the others,
        /// and the held-out ones among them must not be answered worse either: what the network could do when it was delivered it keeps.
        /// </param>
        /// <exception cref="ArgumentNullException">There is no network, or no store for the examples to come.</exception>
        /// <exception cref="ArgumentException">
        /// The network is a regression, its last layer cannot learn, or a store is for others.
        /// </exception>
        /// <exception cref="InvalidOperationException">The layers that would learn do not stand in a chain.</exception>
        public Adapter(Network network, ExampleStore field, ExampleStore delivered)
        {
            if (network == null || field == null)
            {
                throw new ArgumentNullException(network == null ? "network" : "field");
            }

            CheckFits(network, field, "field");
            if (delivered != null)
            {
                CheckFits(network, delivered, "delivered");
            }

            this.network = network;
            this.field = field;
            this.delivered = delivered;
            Learner = new SgdLearner(network);
            snapshot = new LayerSnapshot(network);
            outputs = new float[network.Outputs];
            trust = new LabelTrust(field.Classes);
        }

        /// <summary>The learner: its rate, L2 and clipping.</summary>
        public SgdLearner Learner { get; }

        /// <summary>How many of the field's held-out examples were answered right before the last adaptation.</summary>
        public int RightBefore { get; private set; }

        /// <summary>How many of them were answered right after it, kept or not.</summary>
        public int RightAfter { get; private set; }

        /// <summary>
        /// Freezes every layer but the last, which is usually enough and the safest: the features stay, what they mean is learned.
        /// </summary>
        /// <param name="network">The network.</param>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public static void FreezeAllButLast(Network network)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            for (int i = network.LayerCount - 2; i >= 0; i--)
            {
                network.GetLayer(i).Frozen = true;
            }
        }

        /// <summary>
        /// Adds a labeled example that shares nothing with those before it. It is learned from when <see cref="Adapt"/>
        /// is called, or held out. Examples cut from overlapping windows need a recording's number.
        /// </summary>
        /// <param name="sample">(inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">From 0 to ClassCount - 1.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">
        /// The weights are so large that the answer is not finite. Nothing was changed.
        /// </exception>
        public void Add(float[] sample, int classIndex)
        {
            int answer = Answer(sample);
            field.Add(sample, classIndex);
            Note(answer, classIndex);
            OnAdded(sample, classIndex);
        }

        /// <summary>
        /// Adds a labeled example of a recording: of one movement, or whatever else overlapping windows were cut from. All its examples are
        /// learned from, or all are held out; and the label of a recording counts once when labels are tested, not once for each window.
        /// </summary>
        /// <param name="sample">(inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">From 0 to ClassCount - 1.</param>
        /// <param name="recording">Any number. The examples of a recording are added one after
        /// another; another number than the last one's begins a new recording.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">
        /// The weights are so large that the answer is not finite. Nothing was changed.
        /// </exception>
        public void Add(float[] sample, int classIndex, int recording)
        {
            int answer = Answer(sample);
            field.Add(sample, classIndex, recording);
            Note(answer, classIndex);
            OnAdded(sample, classIndex);
        }

        /// <summary>
        /// Takes a number of steps, by turns on examples of each class that has any and by turns on the field's and the
        /// delivered ones, and keeps what they gave if the labels can be trusted and it is no worse.
        /// </summary>
        /// <param name="steps">Steps, 1 or more, so that a main loop keeps its pace.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no step to take.</exception>
        /// <exception cref="InvalidOperationException">The network has taken a model of another shape since
        /// the adapter was made, or a layer learns that was frozen then.</exception>
        public AdaptResult Adapt(int steps)
        {
            if (steps < 1)
            {
                throw new ArgumentOutOfRangeException("steps", "steps is " + steps + ", expected 1 or more.");
            }

            if (!Fits(network, field) || network.Outputs != outputs.Length || !snapshot.Fits())
            {
                throw new InvalidOperationException(
                    "The network has taken a model of another shape since the adapter was made, or a layer learns that was frozen then. "
                        + "Make a new adapter.");
            }

            if (!field.HasTwoClasses() || !field.HoldsOutTwoClasses() || !IsReady())
            {
                return AdaptResult.TooFewExamples;
            }

            return trust.IsRefused ? AdaptResult.LabelsNotTrusted : Try(steps);
        }

        /// <summary>The answer that labels and held-out examples are compared with: the network's, unless another way answers.</summary>
        /// <param name="sample">(inputs), in the user's units.</param>
        /// <returns>The class.</returns>
        /// <exception cref="ArgumentException">The sample has the wrong length, or a value of it is not finite.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        protected virtual int Answer(float[] sample)
        {
            return network.Predict(sample, outputs);
        }

        /// <summary>Whether there are enough examples to take steps, besides two classes of them.</summary>
        protected virtual bool IsReady()
        {
            return true;
        }

        /// <summary>Called behind each example that was added.</summary>
        /// <param name="sample">(inputs), in the user's units.</param>
        /// <param name="classIndex">Its class.</param>
        protected virtual void OnAdded(float[] sample, int classIndex)
        {
        }

        /// <summary>Called before the steps of an adaptation.</summary>
        protected virtual void OnLearning()
        {
        }

        /// <summary>Called behind the steps of an adaptation, before it is judged: the moment to choose another way to answer.</summary>
        protected virtual void OnLearned()
        {
        }

        /// <summary>Called when an adaptation is taken back, and such a choice with it.</summary>
        protected virtual void OnUndone()
        {
        }

        /// <summary>How many of the field's held-out examples are answered right.</summary>
        protected int CountHeldOut()
        {
            return CountRight(field, null);
        }

        private static bool Fits(Network network, ExampleStore examples)
        {
            return network.Task == NetworkTask.Classification && network.ClassCount == examples.Classes
                && network.Inputs == examples.Inputs;
        }

        private static void CheckFits(Network network, ExampleStore examples, string name)
        {
            if (!Fits(network, examples))
            {
                throw new ArgumentException(
                    "The examples are of " + examples.Classes + " classes and " + examples.Inputs + " inputs, the network has "
                    + network.ClassCount + " and " + network.Inputs + ": expected a classifier of as many.", name);
            }
        }

        /// <summary>Takes note of what the network answered for the example that was just added: once for each recording.</summary>
        private void Note(int answer, int label)
        {
            if (field.BeganRecording)
            {
                trust.Add(answer, label);
            }
        }

        private AdaptResult Try(int steps)
        {
            RightBefore = CountRight(field, null);
            int deliveredBefore = CountRight(delivered, null);
            snapshot.Take();
            OnLearning();
            AdaptResult result;
            try
            {
                result = Learn(steps) ? Judge(deliveredBefore) : AdaptResult.Diverged;
            }
            catch (InvalidOperationException)
            {
                // The weights are finite, but so large that an answer is not.
                result = AdaptResult.Diverged;
            }

            if (result != AdaptResult.Kept)
            {
                snapshot.Restore();
                OnUndone();
            }

            return result;
        }

        private bool Learn(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                ExampleStore from = field;
                if (delivered != null && (i & 1) != 0 && delivered.HasTwoClasses())
                {
                    from = delivered;
                }

                turn = from.NextClass(turn);
                if (Learner.Learn(from.Draw(turn), turn) == LearningResult.Diverged)
                {
                    return false;
                }
            }

            return true;
        }

        private AdaptResult Judge(int deliveredBefore)
        {
            OnLearned();
            trust.HeldOut.Clear();
            RightAfter = CountRight(field, trust.HeldOut);
            return !trust.Test() ? AdaptResult.LabelsNotTrusted
                : RightAfter < RightBefore || CountRight(delivered, null) < deliveredBefore ? AdaptResult.RolledBack
                : AdaptResult.Kept;
        }

        /// <summary>
        /// How many held-out examples are answered right; the answers for those that began one of the latest recordings are noted.
        /// </summary>
        private int CountRight(ExampleStore examples, Agreement notes)
        {
            int right = 0;
            for (int label = 0; examples != null && label < examples.Classes; label++)
            {
                for (int i = examples.HeldOutCount(label) - 1; i >= 0; i--)
                {
                    int answer = Answer(examples.HeldOut(label, i));
                    right += answer == label ? 1 : 0;
                    if (notes != null && examples.BeganLately(label, i, Agreement.Window))
                    {
                        notes.Add(answer, label);
                    }
                }
            }

            return right;
        }
    }
}
