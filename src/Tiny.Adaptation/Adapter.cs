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
        private readonly ExampleStore examples;
        private readonly LayerSnapshot snapshot;
        private readonly float[] outputs;
        private int turn;   // the class whose turn it is
        private int agreed; // examples whose label the network answered by itself when they were added

        /// <summary>An adapter of this network.</summary>
        /// <param name="network">A classifier; the layers that learn are not frozen.</param>
        /// <param name="examples">A store for its classes and inputs.</param>
        /// <exception cref="ArgumentException">The network is a regression, or the store is for others.</exception>
        public Adapter(Network network, ExampleStore examples)
        {
            if (network == null || examples == null)
            {
                throw new ArgumentNullException(network == null ? "network" : "examples");
            }

            if (network.Task != NetworkTask.Classification || network.ClassCount != examples.Classes)
            {
                throw new ArgumentException("The network has " + network.ClassCount + " classes, the examples " + examples.Classes
                    + ": expected a classifier with as many.", "examples");
            }

            this.network = network;
            this.examples = examples;
            Learner = new SgdLearner(network);
            snapshot = new LayerSnapshot(network);
            outputs = new float[network.Outputs];
        }

        /// <summary>The learner: its rate, L2 and clipping.</summary>
        public SgdLearner Learner { get; }

        /// <summary>Held-out examples in all, at the last adaptation.</summary>
        public int HeldOut { get; private set; }

        /// <summary>How many of them were answered right before it.</summary>
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
            examples.Add(sample, classIndex);
            agreed += network.Predict(sample, outputs) == classIndex ? 1 : 0;
        }

        /// <summary>Takes a number of steps, by turns on examples of each class that has any, and keeps what they gave if it is no worse.</summary>
        /// <param name="steps">Steps, so that a main loop keeps its pace.</param>
        public AdaptResult Adapt(int steps)
        {
            if (!HasTwoClasses())
            {
                return AdaptResult.TooFewExamples;
            }

            snapshot.Take();
            RightBefore = CountRight();
            for (int i = 0; i < steps; i++)
            {
                int classIndex = NextClass();
                if (Learner.Learn(examples.Draw(classIndex), classIndex) == LearningResult.Diverged)
                {
                    snapshot.Restore();
                    return AdaptResult.Diverged;
                }
            }

            RightAfter = CountRight();
            AdaptResult result = RightAfter < RightBefore ? AdaptResult.RolledBack
                : IsMoreThanChance(agreed, examples.Added) || IsMoreThanChance(RightAfter, HeldOut) ? AdaptResult.Kept
                : AdaptResult.LabelsNotTrusted;
            if (result != AdaptResult.Kept)
            {
                snapshot.Restore();
            }

            return result;
        }

        private bool HasTwoClasses()
        {
            int present = 0;
            for (int i = 0; i < examples.Classes; i++)
            {
                present += examples.Count(i) > 0 ? 1 : 0;
            }

            return present > 1;
        }

        private int NextClass()
        {
            do
            {
                turn = turn + 1 < examples.Classes ? turn + 1 : 0;
            }
            while (examples.Count(turn) == 0);
            return turn;
        }

        private int CountRight()
        {
            int right = 0;
            int all = 0;
            for (int classIndex = 0; classIndex < examples.Classes; classIndex++)
            {
                int count = examples.HeldOutCount(classIndex);
                all += count;
                for (int i = 0; i < count; i++)
                {
                    right += network.Predict(examples.HeldOut(classIndex, i), outputs) == classIndex ? 1 : 0;
                }
            }

            HeldOut = all;
            return right;
        }

        /// <summary>
        /// Whether so many of all labels agree that chance, which agrees with one in as many as there are classes, would do it less than about once in five
        /// hundred times: three standard deviations of a binomial distribution above its mean.
        /// </summary>
        private bool IsMoreThanChance(int right, int all)
        {
            int classes = examples.Classes;
            long above = (long)classes * right - all;
            return above > 0 && above * above >= 9L * all * (classes - 1);
        }
    }
}
