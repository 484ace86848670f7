using System;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core.Learning
{
    /// <summary>
    /// Plain stochastic gradient descent, one sample at a time, on a network that goes on predicting. All memory is taken here, for the
    /// network's capacity: a step allocates nothing.
    /// </summary>
    /// <remarks>
    /// A step goes forward, finds every gradient, judges whether any weight could leave the finite numbers, and only then changes
    /// weights: a step that diverges leaves the network bit for bit as it was.
    /// </remarks>
    public sealed class SgdLearner
    {
        /// <summary>The largest change of a weight that a step may make. Weights stay finite for more steps than a device can live.</summary>
        public const float LargestChange = 1e15f;

        private readonly Network network;
        private readonly float[][] sums;    // (layers)(rows): the sums z, then the gradients on them
        private readonly float[][] outputs; // (layers)(rows): the outputs a
        private readonly float[] inputs;    // (inputs), normalised
        private readonly float[] targets;   // (outputs), normalised
        private readonly float[] gradient;  // (widest), on a layer's outputs
        private float learningRate = 0.01f;
        private float weightDecay;

        /// <summary>A learner for this network, with memory for any model the network has room for.</summary>
        public SgdLearner(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            sums = new float[network.LayerCapacity][];
            outputs = new float[network.LayerCapacity][];
            for (int i = 0; i < sums.Length; i++)
            {
                int rows = network.RowCapacity(i);
                sums[i] = new float[rows];
                outputs[i] = new float[rows];
            }

            inputs = new float[network.Scaling.InputCapacity];
            targets = new float[network.Scaling.OutputCapacity];
            gradient = new float[network.WidestCapacity];
        }

        /// <summary>The step along the gradient, 0.01 by default; from 0 to 1000.</summary>
        public float LearningRate
        {
            get
            {
                return learningRate;
            }

            set
            {
                Guard.InRange(value, 0f, 1000f, "LearningRate");
                learningRate = value;
            }
        }

        /// <summary>L2: each step also takes rate * L2 * weight off every weight, biases excepted. 0 by default; from 0 to 1.</summary>
        public float L2
        {
            get
            {
                return weightDecay;
            }

            set
            {
                Guard.InRange(value, 0f, 1f, "L2");
                weightDecay = value;
            }
        }

        /// <summary>The loss of the last sample, before its step. NaN or infinite only if the step diverged.</summary>
        public float LastLoss { get; private set; }

        /// <summary>Learns that these inputs are of this class.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">From 0 to ClassCount - 1.</param>
        /// <exception cref="ArgumentException">The sample does not fit, or there is no such class. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">The network is a regression.</exception>
        public LearningResult Learn(float[] sample, int classIndex)
        {
            int classes = network.ClassCount;
            if (classes == 0)
            {
                throw new InvalidOperationException("A regression learns from target values, not from a class.");
            }

            if (classIndex < 0 || classIndex >= classes)
            {
                throw new ArgumentOutOfRangeException("classIndex", "class " + classIndex + ": the network has classes 0 to " + (classes - 1) + ".");
            }

            int count = network.Outputs;
            for (int i = 0; i < count; i++)
            {
                targets[i] = 0f;
            }

            if (count == 1)
            {
                targets[0] = classIndex;
            }
            else
            {
                targets[classIndex] = 1f;
            }

            return Step(sample);
        }

        /// <summary>Learns that these inputs give these outputs.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <param name="values">(Outputs) or longer: the targets in their own units; for classes, their probabilities.</param>
        /// <exception cref="ArgumentException">An array does not fit, or holds a value that is not finite. Nothing was changed.</exception>
        public LearningResult Learn(float[] sample, float[] values)
        {
            int count = network.Outputs;
            if (values == null || values.Length < count)
            {
                throw Guard.WrongLength(values, count, "values");
            }

            for (int i = 0; i < count; i++)
            {
                if (!Guard.IsFinite(values[i]))
                {
                    throw new ArgumentException("values[" + i + "] is not a finite number.", "values");
                }
            }

            network.Scaling.NormaliseTargets(targets, values, count);
            return Step(sample);
        }

        private LearningResult Step(float[] sample)
        {
            network.CheckInputs(sample);
            float keep = 1f - learningRate * weightDecay;
            if (keep < 0f)
            {
                throw new InvalidOperationException("LearningRate times L2 is above 1: lower one of them.");
            }

            network.Scaling.Normalise(inputs, sample);
            Forward();
            Backward();
            if (!IsSafe())
            {
                return LearningResult.Diverged;
            }

            Update(keep);
            return LearningResult.Learnt;
        }

        private void Forward()
        {
            float[] x = inputs;
            int count = network.LayerCount;
            for (int i = 0; i < count; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                float[] z = sums[i];
                float[] a = outputs[i];
                layer.Sums(z, x);
                Array.Copy(z, 0, a, 0, layer.Rows);
                layer.Activate(a);
                x = a;
            }

            LastLoss = LossFunction.Evaluate(network.Loss, sums[count - 1], x, targets, network.Outputs);
        }

        /// <summary>Leaves in sums[i] the gradient on the sums of layer i, down to the lowest layer that learns.</summary>
        private void Backward()
        {
            int last = network.LayerCount - 1;
            int lowest = LowestLearningLayer();
            if (LossFunction.GivesGradientOnSums(network.Loss))
            {
                LossFunction.Gradient(sums[last], network.Loss, outputs[last], targets, network.Outputs);
            }
            else
            {
                LossFunction.Gradient(gradient, network.Loss, outputs[last], targets, network.Outputs);
                network.GetLayer(last).ActivateBackward(sums[last], outputs[last], gradient);
            }

            for (int i = last; i > lowest; i--)
            {
                network.GetLayer(i).InputGradient(gradient, sums[i]);
                network.GetLayer(i - 1).ActivateBackward(sums[i - 1], outputs[i - 1], gradient);
            }
        }

        /// <summary>Whether no weight would change by more than <see cref="LargestChange"/> and the loss is finite.</summary>
        private bool IsSafe()
        {
            if (!(LastLoss <= float.MaxValue))
            {
                return false;
            }

            for (int i = LowestLearningLayer(); i < network.LayerCount; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                float change = LargestMagnitude(sums[i], layer.Rows, 0f) * learningRate
                    * LargestMagnitude(i == 0 ? inputs : outputs[i - 1], layer.Inputs, 1f);
                if (!(change <= LargestChange))
                {
                    return false;
                }
            }

            return true;
        }

        private void Update(float keep)
        {
            for (int i = LowestLearningLayer(); i < network.LayerCount; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                if (!layer.Frozen)
                {
                    layer.Update(i == 0 ? inputs : outputs[i - 1], sums[i], learningRate, keep);
                }
            }
        }

        private int LowestLearningLayer()
        {
            int lowest = 0;
            while (lowest < network.LayerCount - 1 && network.GetLayer(lowest).Frozen)
            {
                lowest++;
            }

            return lowest;
        }

        /// <summary>The largest |value|, at least <paramref name="least"/>; infinite if any value is not finite.</summary>
        private static float LargestMagnitude(float[] values, int count, float least)
        {
            float largest = least;
            for (int i = 0; i < count; i++)
            {
                float value = values[i];
                if (value < 0f)
                {
                    value = -value;
                }

                if (!(value <= float.MaxValue))
                {
                    return float.PositiveInfinity;
                }

                if (value > largest)
                {
                    largest = value;
                }
            }

            return largest;
        }
    }
}
