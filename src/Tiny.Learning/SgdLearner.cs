// Over 300 lines: a step looks forward, back and at its size before it writes, in one order that is best read in one place.
using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Learning
{
    /// <summary>
    /// Plain stochastic gradient descent, one sample at a time, on a network that goes on predicting. All memory is taken here, for the
    /// network's capacity: a step allocates nothing.
    /// </summary>
    /// <remarks>
    /// A step goes forward, finds every gradient, judges whether any weight could leave the finite numbers, and only then changes
    /// weights: a step that diverges leaves the network bit for bit as it was.
    /// A step allocates nothing. Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <example>
    /// <code>
    /// SgdLearner learner = new SgdLearner(network);              // takes the memory that learning needs
    /// learner.LearningRate = 0.05f;
    /// if (learner.Learn(features, label) == LearningResult.Learned)
    /// {
    ///     float loss = learner.LastLoss;
    /// }
    /// </code>
    /// </example>
    public sealed class SgdLearner
    {
        /// <summary>
        /// The largest change of a weight that a step may make: so small that weights stay finite for more steps than a device can live.
        /// </summary>
        public const float LargestChange = 1e24f;

        // Inputs of every layer are within the root of Scaling.OrdinarySquares, 1e12, and the gradients times the rate within the root of
        // this. Sums of squares are cheaper than largest magnitudes, and never smaller than their squares.
        private const float LargestStepSquares = 1e24f;

        private readonly Network network;
        private readonly LayerLearner[] learners; // of the layers behind the last that cannot learn
        private readonly int first;               // the first of them
        private readonly float[] inputs;          // (what that layer takes, made even)
        private readonly float[] targets;         // (outputs), normalized
        private readonly float[] gradient;        // (widest), on what a layer gives or takes
        private float learningRate = 0.01f;
        private float weightDecay;
        private float clipNorm;

        /// <summary>A learner for this network, with memory for any model the network has room for.</summary>
        /// <param name="network">The network, of whose layers those learn that are not frozen.</param>
        /// <exception cref="ArgumentException">The last layer is of a kind that cannot learn.</exception>
        /// <exception cref="InvalidOperationException">The layers that would learn do not stand in a chain.</exception>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public SgdLearner(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            int count = network.LayerCount;
            first = count;
            while (first > 0 && LearnerKinds.Find(network.GetLayer(first - 1).Kind) != null)
            {
                first--;
            }

            if (first == count)
            {
                throw new ArgumentException("The last layer is fixed. Keep it float32: tiny quantize --keep-float 1.", "network");
            }

            learners = new LayerLearner[count - first];
            int taken = network.GetLayer(first).Input.Length;
            int widest = taken;
            for (int i = 0; i < learners.Length; i++)
            {
                Layer layer = network.GetLayer(first + i);
                LayerLearner learner = LearnerKinds.Find(layer.Kind).Create(layer);
                learners[i] = learner;
                widest = learner.Sums.Length > widest ? learner.Sums.Length : widest;
                widest = learner.Outputs.Length > widest ? learner.Outputs.Length : widest;
            }

            CheckChain();
            inputs = new float[(taken + 1) & ~1];
            targets = new float[learners[learners.Length - 1].Outputs.Length];
            gradient = new float[widest];
        }

        /// <summary>The step along the gradient, 0.01 by default; from 0 to 1000.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is out of range, or not a number.</exception>
        /// <exception cref="ArgumentException">Times L2 it is above 1.</exception>
        public float LearningRate
        {
            get
            {
                return learningRate;
            }

            set
            {
                CheckRange(value, 1000f, "LearningRate");
                CheckDecay(value, weightDecay);
                learningRate = value;
            }
        }

        /// <summary>L2: each step also takes rate * L2 * weight off every weight, biases excepted. 0 by default; from 0 to 1.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is out of range, or not a number.</exception>
        /// <exception cref="ArgumentException">Times the learning rate it is above 1.</exception>
        public float L2
        {
            get
            {
                return weightDecay;
            }

            set
            {
                CheckRange(value, 1f, "L2");
                CheckDecay(learningRate, value);
                weightDecay = value;
            }
        }

        /// <summary>
        /// A gradient whose Euclidean norm over all weights that learn is above this is scaled down to it; 0, as it
        /// is unless set, for none. Costs two multiplications more for each input and unit.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
        public float ClipNorm
        {
            get
            {
                return clipNorm;
            }

            set
            {
                CheckRange(value, Scaling.Limit, "ClipNorm");
                clipNorm = value;
            }
        }

        /// <summary>The loss of the last sample, before its step. NaN or infinite only if the step diverged.</summary>
        public float LastLoss;

        /// <summary>Learns that these inputs are of this class.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">From 0 to ClassCount - 1.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">
        /// The network is a regression, or has taken a model of another shape since the learner was made.
        /// </exception>
        public LearningResult Learn(float[] sample, int classIndex)
        {
            int outline = network.Outline;
            int count = outline & 0xFFFF;
            if (count > targets.Length || ((outline >> 16) & 127) <= first)
            {
                throw OtherShape();
            }

            int classes = count == 1 ? 2 : count;
            if (((outline >> 28) & 1) == (int)NetworkTask.Regression)
            {
                throw new InvalidOperationException("A regression learns from values.");
            }

            if (classIndex < 0 || classIndex >= classes)
            {
                throw Guard.OutOfRange("classIndex", classIndex, 0, classes - 1);
            }

            float[] t = targets;
            for (int i = count - 1; i >= 0; i--)
            {
                t[i] = 0f;
            }

            if (count == 1)
            {
                t[0] = classIndex;
            }
            else
            {
                t[classIndex] = 1f;
            }

            return Step(sample, outline, true);
        }

        /// <summary>Learns that these inputs give these outputs.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <param name="values">(Outputs) or longer: the targets in their own units; for classes, their probabilities.</param>
        /// <exception cref="ArgumentException">An array does not fit, or holds a value that is not finite. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">
        /// The network has taken a model of another shape since the learner was made.
        /// </exception>
        public LearningResult Learn(float[] sample, float[] values)
        {
            int outline = network.Outline;
            int count = outline & 0xFFFF;
            if (count > targets.Length || ((outline >> 16) & 127) <= first)
            {
                throw OtherShape();
            }

            if (values == null || values.Length < count)
            {
                throw Guard.WrongLength(values, count, "values");
            }

            for (int i = 0; i < count; i++)
            {
                if (!Guard.IsFinite(values[i]))
                {
                    throw Guard.NotFinite("values", i);
                }
            }

            bool scaled = ((outline >> 28) & 1) == (int)NetworkTask.Regression;
            Scaling scaling = network.Scaling;
            for (int i = 0; i < count; i++)
            {
                targets[i] = scaled ? (values[i] - scaling.OutputMeans[i]) / scaling.OutputScales[i] : values[i];
            }

            return Step(sample, outline, false);
        }

        /// <summary>Each layer that learns must take what the one before it gives.</summary>
        private void CheckChain()
        {
            float[] given = network.GetLayer(first).Output;
            for (int i = first + 1; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                if (layer.Input != given)
                {
                    throw new InvalidOperationException("Layer " + i + " branches: only a chain of layers learns.");
                }

                given = layer.Output;
            }
        }

        /// <summary>The fault of a model that was loaded since and that there is no room for.</summary>
        private static InvalidOperationException OtherShape()
        {
            return new InvalidOperationException("Another model was loaded: make a new learner.");
        }

        private static void CheckRange(float value, float most, string name)
        {
            if (!(value >= 0f && value <= most))
            {
                throw new ArgumentOutOfRangeException(name, name + " must be from 0 to " + most + ".");
            }
        }

        private static void CheckDecay(float rate, float decay)
        {
            if (rate * decay > 1f)
            {
                throw new ArgumentException("LearningRate times L2 is above 1.");
            }
        }

        /// <summary>One step toward the targets; those of a class are known to be from 0 to 1.</summary>
        private LearningResult Step(float[] sample, int outline, bool isClass)
        {
            network.CheckInputs(sample);
            LayerLearner[] all = learners;
            int count = ((outline >> 16) & 127) - first;
            float rate = learningRate;
            int lowest = 0;
            while (lowest < count - 1 && all[lowest].Layer.Frozen)
            {
                lowest++;
            }

            if (!Forward(sample, outline, count) || !Backward(outline, count - 1, lowest, isClass))
            {
                return LearningResult.Diverged;
            }

            if (weightDecay != 0f)
            {
                Decay(1f - rate * weightDecay, lowest, count);
            }

            if (clipNorm > 0f)
            {
                rate *= Clip(lowest, count);
            }

            float[] x = lowest == 0 ? inputs : all[lowest - 1].Outputs;
            for (int i = lowest; i != count; i++)
            {
                LayerLearner learner = all[i];
                if (!learner.Layer.Frozen)
                {
                    learner.Step(x, rate);
                }

                x = learner.Outputs;
            }

            return LearningResult.Learned;
        }

        /// <summary>What the gradient is to be multiplied by so that its norm is no more than allowed.</summary>
        private float Clip(int lowest, int count)
        {
            float squares = 0f;
            float[] x = lowest == 0 ? inputs : learners[lowest - 1].Outputs;
            for (int i = lowest; i != count; i++)
            {
                LayerLearner learner = learners[i];
                if (!learner.Layer.Frozen)
                {
                    squares += learner.GradientSquares(x);
                }

                x = learner.Outputs;
            }

            return squares > clipNorm * clipNorm ? clipNorm / SquareRoot.Of(squares) : 1f;
        }

        /// <summary>
        /// Leaves with each learner what its layer gives and had before its activation. False if any is not finite and of ordinary size.
        /// </summary>
        private bool Forward(float[] sample, int outline, int count)
        {
            LayerLearner[] all = learners;
            LayerLearner learner = all[0];
            bool softmax = outline >> 29 != 0;

            // What a hidden layer gives is measured where it enters the next; what the last gives, by softmax or here.
            int looked = softmax ? -1 : count - 1;
            if (first != 0)
            {
                network.Run(sample, first);
                network.GetLayer(first - 1).CopyOutputs(inputs);
                if (!learner.Forward(inputs, false, looked == 0))
                {
                    return false;
                }
            }
            else if (!learner.Enter(inputs, sample, network.Scaling, looked == 0))
            {
                return false;
            }

            float[] a = learner.Outputs;
            for (int i = 1; i != count; i++)
            {
                learner = all[i];
                if (!learner.Forward(a, true, i == looked))
                {
                    return false;
                }

                a = learner.Outputs;
            }

            int outputs = outline & 0xFFFF;
            if (softmax)
            {
                Softmax.Run(a, a, outputs);
            }

            float found = LossFunction.Evaluate(
                (Loss)((outline >> 23) & 7), !softmax && learner.IsRectified ? a : learner.Sums, a, targets, outputs);
            LastLoss = found;
            return found <= float.MaxValue;
        }

        /// <summary>
        /// Leaves with each learner the gradient, down to the lowest layer that learns. False if a step along it is not of ordinary size.
        /// </summary>
        private bool Backward(int outline, int last, int lowest, bool isClass)
        {
            LayerLearner learner = learners[last];
            float[] dz = learner.Sums;
            Loss loss = (Loss)((outline >> 23) & 7);
            int count = outline & 0xFFFF;
            bool onSums = loss == Loss.SoftmaxCrossEntropy || loss == Loss.BinaryCrossEntropy; // where the activation's derivative cancels
            if (onSums)
            {
                LossFunction.Gradient(dz, loss, learner.Outputs, targets, count);
            }
            else
            {
                LossFunction.Gradient(gradient, loss, learner.Outputs, targets, count);
                learner.TakeGradient(gradient);
            }

            // Probabilities less a class are within 1 and need no measuring.
            float squares = isClass && onSums ? count : LayerLearner.SumOfSquares(dz, count);
            for (int i = last; i != lowest; i--)
            {
                LayerLearner below = learners[i - 1];
                squares += learner.PassBack(below, gradient);
                learner = below;
            }

            float rate = learningRate;
            return squares * (rate * rate) < LargestStepSquares;
        }

        /// <summary>Takes L2's share off the weights of every layer that learns.</summary>
        private void Decay(float keep, int lowest, int count)
        {
            for (int i = lowest; i < count && keep != 1f; i++)
            {
                if (!learners[i].Layer.Frozen)
                {
                    learners[i].Decay(keep);
                }
            }
        }
    }
}
