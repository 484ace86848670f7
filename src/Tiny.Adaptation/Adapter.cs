using System;
using Tiny.Core;
using Tiny.Core.Learning;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Learns in the field from a few labelled examples, and never ends up worse by what it can see: after each adaptation the held-out examples
    /// decide whether it stays. All memory is taken here; nothing else allocates.
    /// </summary>
    /// <remarks>
    /// Choose which layers learn before making it: <see cref="FreezeAllButLast"/> leaves the last. An adaptation costs its steps, and a prediction for each held-out
    /// example twice.
    /// </remarks>
    public sealed class Adapter
    {
        private readonly Network network;
        private readonly ExampleStore field;
        private readonly ExampleStore delivered; // null for none
        private readonly LayerSnapshot snapshot;
        private readonly float[] outputs;
        private int turn;   // the class whose turn it is
        private int agreed; // examples from the field whose label the network answered by itself when they were added

        /// <summary>An adapter of this network.</summary>
        /// <param name="network">A classifier; the layers that learn are not frozen.</param>
        /// <param name="field">An empty store for the examples to come, for the network's classes and inputs.</param>
        /// <param name="delivered">
        /// A few examples of the training set, for the same classes and inputs, or null. They are learnt again by turns with the others, and the
        /// held-out ones among them must not be answered worse either: what the network could do when it was delivered it keeps.
        /// </param>
        /// <exception cref="ArgumentException">The network is a regression, or a store is for others.</exception>
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
        }

        /// <summary>The learner: its rate, L2 and clipping.</summary>
        public SgdLearner Learner { get; }

        /// <summary>How many of the field's held-out examples were answered right before the last adaptation.</summary>
        public int RightBefore { get; private set; }

        /// <summary>How many of them were answered right after it, kept or not.</summary>
        public int RightAfter { get; private set; }

        /// <summary>Freezes every layer but the last, which is usually enough and the safest: the features stay, what they mean is learnt.</summary>
        public static void FreezeAllButLast(Network network)
        {
            for (int i = network.LayerCount - 2; i >= 0; i--)
            {
                network.GetLayer(i).Frozen = true;
            }
        }

        /// <summary>Adds a labelled example. It is learnt from when <see cref="Adapt"/> is called, or held out.</summary>
        /// <exception cref="ArgumentException">The sample does not fit, or there is no such class. Nothing was changed.</exception>
        public void Add(float[] sample, int classIndex)
        {
            field.Add(sample, classIndex);
            agreed += network.Predict(sample, outputs) == classIndex ? 1 : 0;
        }

        /// <summary>
        /// Takes a number of steps, by turns on examples of each class that has any and by turns on the field's and the delivered ones, and keeps what
        /// they gave if it is no worse.
        /// </summary>
        /// <param name="steps">Steps, so that a main loop keeps its pace.</param>
        public AdaptResult Adapt(int steps)
        {
            if (!field.HasTwoClasses())
            {
                return AdaptResult.TooFewExamples;
            }

            snapshot.Take();
            RightBefore = CountRight(field);
            int deliveredBefore = CountRight(delivered);
            AdaptResult result = Learn(steps) ? Judge(deliveredBefore) : AdaptResult.Diverged;
            if (result != AdaptResult.Kept)
            {
                snapshot.Restore();
            }

            return result;
        }

        private static void CheckFits(Network network, ExampleStore examples, string name)
        {
            if (network.Task != NetworkTask.Classification || network.ClassCount != examples.Classes || network.Inputs != examples.Inputs)
            {
                throw new ArgumentException("The examples are of " + examples.Classes + " classes and " + examples.Inputs + " inputs, the network has "
                    + network.ClassCount + " and " + network.Inputs + ": expected a classifier of as many.", name);
            }
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
            RightAfter = CountRight(field);
            if (RightAfter < RightBefore || CountRight(delivered) < deliveredBefore)
            {
                return AdaptResult.RolledBack;
            }

            return IsMoreThanChance(agreed, field.Added) || IsMoreThanChance(RightAfter, field.HeldOutInAll()) ? AdaptResult.Kept : AdaptResult.LabelsNotTrusted;
        }

        private int CountRight(ExampleStore examples)
        {
            int right = 0;
            for (int classIndex = 0; examples != null && classIndex < examples.Classes; classIndex++)
            {
                for (int i = examples.HeldOutCount(classIndex) - 1; i >= 0; i--)
                {
                    right += network.Predict(examples.HeldOut(classIndex, i), outputs) == classIndex ? 1 : 0;
                }
            }

            return right;
        }

        /// <summary>
        /// Whether so many of all labels agree that chance, which agrees with one in as many as there are classes, would do it less than about once in five
        /// hundred times: three standard deviations of a binomial distribution above its mean.
        /// </summary>
        private bool IsMoreThanChance(int right, int all)
        {
            int classes = field.Classes;
            long above = (long)classes * right - all;
            return above > 0 && above * above >= 9L * all * (classes - 1);
        }
    }
}
