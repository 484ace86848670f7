using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Kernels;
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
        /// <summary>
        /// The largest change of a weight that a step may make: so small that weights stay finite for more steps than a device can live.
        /// </summary>
        public const float LargestChange = 1e24f;

        // Inputs of every layer are within the root of Scaling.OrdinarySquares, 1e12, and the gradients times the rate within the root of
        // this. Sums of squares are cheaper than largest magnitudes, and never smaller than their squares.
        private const float LargestStepSquares = 1e24f;

        private readonly Network network;
        private readonly DenseLayer[] layers;
        private readonly float[][] sums;    // (layers)(rows, made even): the sums z, then the gradients on them
        private readonly float[][] outputs; // (layers)(rows, made even): the outputs a
        private readonly float[] inputs;    // (inputs of the first float32 layer, made even): normalised, or what int8 layers give
        private readonly float[] targets;   // (outputs), normalised
        private readonly float[] gradient;  // (widest), on a layer's outputs
        private float learningRate = 0.01f;
        private float weightDecay;
        private float clipNorm;
        private float lastLoss;

        /// <summary>A learner for this network, with memory for any model the network has room for.</summary>
        public SgdLearner(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            layers = network.layers;
            if (layers.Length == 0)
            {
                throw new ArgumentException("All layers are int8, and int8 weights are fixed. Keep the last layer float32: tiny quantize --keep-float 1.", "network");
            }

            sums = new float[layers.Length][];
            outputs = new float[layers.Length][];
            for (int i = 0; i < sums.Length; i++)
            {
                int rows = layers[i].RowCapacity;
                sums[i] = new float[rows];
                outputs[i] = new float[rows];
            }

            // What enters the float layers is made in place of the last int8 layer's sums, which for maxout are twice as many.
            int entering = network.packed == null ? 0 : network.packed.Last.rows;
            int widest = layers[0].InputCapacity > entering ? layers[0].InputCapacity : entering;
            inputs = new float[(widest + 1) & ~1];
            targets = new float[network.OutputCapacity];
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
                CheckDecay(value, weightDecay);
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
                CheckDecay(learningRate, value);
                weightDecay = value;
            }
        }

        /// <summary>
        /// A gradient whose Euclidean norm over all weights that learn is above this is scaled down to it; 0, as it is unless set, for none. Costs two
        /// multiplications more for each input and unit.
        /// </summary>
        public float ClipNorm
        {
            get
            {
                return clipNorm;
            }

            set
            {
                Guard.InRange(value, 0f, Scaling.Limit, "ClipNorm");
                clipNorm = value;
            }
        }

        /// <summary>The loss of the last sample, before its step. NaN or infinite only if the step diverged.</summary>
        public float LastLoss
        {
            get { return lastLoss; }
        }

        /// <summary>Learns that these inputs are of this class.</summary>
        /// <param name="sample">(Inputs), in the user's units, all finite.</param>
        /// <param name="classIndex">From 0 to ClassCount - 1.</param>
        /// <exception cref="ArgumentException">The sample does not fit, or there is no such class. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">The network is a regression.</exception>
        public LearningResult Learn(float[] sample, int classIndex)
        {
            int count = network.outputCount;
            int classes = count == 1 ? 2 : count;
            if (network.task == NetworkTask.Regression)
            {
                throw new InvalidOperationException("A regression learns from target values, not from a class.");
            }

            if (classIndex < 0 || classIndex >= classes)
            {
                throw new ArgumentOutOfRangeException("classIndex", "class " + classIndex + ": the network has classes 0 to " + (classes - 1) + ".");
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

            return Step(sample, true);
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
            return Step(sample, false);
        }

        private static void CheckDecay(float rate, float decay)
        {
            if (rate * decay > 1f)
            {
                throw new ArgumentException("LearningRate times L2 would be above 1: lower one of them.");
            }
        }

        /// <summary>One step towards the targets; those of a class are known to be from 0 to 1.</summary>
        private LearningResult Step(float[] sample, bool isClass)
        {
            Network model = network;
            model.CheckInputs(sample);
            DenseLayer[] all = layers;
            float[] scratch = model.scratch;
            int count = model.denseCount;
            float rate = learningRate;
            int lowest = 0;
            while (lowest < count - 1 && all[lowest].frozen)
            {
                lowest++;
            }

            // The quick way checks the inputs in passing; where it is not open, or finds them out of the ordinary, Normalise does.
            bool quick = scratch == null && weightDecay == 0f && model.packed == null;
            if (quick)
            {
                Scaling scaling = model.scaling;
                Normalisation.Run(inputs, sample, scaling.InputMeans, scaling.InputScales, sample.Length);
                DenseLayer layer = all[0];
                quick = DenseForward.Run(inputs, null, null, layer.floor == 0f ? outputs[0] : sums[0], layer, 0, layer.inputs, layer.floor, true);
            }

            if (!quick)
            {
                model.EnterFloats(inputs, sample);
                DenseLayer layer = all[0];
                layer.Sums(layer.floor == 0f ? outputs[0] : sums[0], inputs, scratch, false);
            }

            if (!Forward(count, quick) || !Backward(count - 1, lowest, isClass))
            {
                return LearningResult.Diverged;
            }

            if (!quick)
            {
                Decay(1f - rate * weightDecay, lowest);
            }

            float[][] gradients = sums;
            float[][] activations = outputs;
            if (clipNorm > 0f)
            {
                rate *= Clip(lowest, count);
            }

            float[] x = lowest == 0 ? inputs : activations[lowest - 1];
            for (int i = lowest; i != count; i++)
            {
                DenseLayer layer = all[i];
                if (!layer.frozen)
                {
                    if (quick)
                    {
                        DenseUpdate.Run(x, gradients[i], layer.biases, layer.weights, layer.end, layer.inputs, rate);
                    }
                    else
                    {
                        layer.Update(x, gradients[i], rate, scratch);
                    }
                }

                x = activations[i];
            }

            return LearningResult.Learnt;
        }

        /// <summary>
        /// What the gradient is to be multiplied by so that its norm is no more than allowed. That of a layer's weights is the outer product of its inputs and
        /// the gradient on its sums, so its norm is the product of theirs.
        /// </summary>
        private float Clip(int lowest, int count)
        {
            float squares = 0f;
            float[] x = lowest == 0 ? inputs : outputs[lowest - 1];
            for (int i = lowest; i != count; i++)
            {
                DenseLayer layer = layers[i];
                if (!layer.frozen)
                {
                    squares += SumOfSquares(sums[i], layer.rows) * (1f + SumOfSquares(x, layer.inputs));
                }

                x = outputs[i];
            }

            return squares > clipNorm * clipNorm ? clipNorm / SquareRoot.Of(squares) : 1f;
        }

        /// <summary>
        /// From the first layer's sums on, leaves in outputs[i] what layer i gives, in sums[i] its sums. False if any is not finite and of
        /// ordinary size.
        /// </summary>
        private bool Forward(int count, bool quick)
        {
            DenseLayer[] all = layers;
            float[][] logits = sums;
            float[][] activations = outputs;
            float[] z;
            float[] a;
            int i = 0;
            DenseLayer layer = all[0];
            while (true)
            {
                a = activations[i];
                z = a;

                // The outputs of ReLU tell where the gradient passes; its sums are not needed.
                if (layer.floor != 0f)
                {
                    z = logits[i];
                    Array.Copy(z, a, layer.rows);
                    layer.Activate(a);
                    Activation function = layer.activation;
                    if (function != Activation.Softmax && !ActivationTraits.IsBounded(function) && !(SumOfSquares(a, layer.rows) < Scaling.OrdinarySquares))
                    {
                        return false;
                    }
                }

                if (++i == count)
                {
                    break;
                }

                layer = all[i];
                z = layer.floor == 0f ? activations[i] : logits[i];
                if (quick ? !DenseForward.Run(a, null, null, z, layer, 0, layer.inputs, layer.floor, true) : !layer.Sums(z, a, network.scratch, true))
                {
                    return false;
                }
            }

            float found = LossFunction.Evaluate(network.loss, z, a, targets, network.outputCount);
            lastLoss = found;
            return found <= float.MaxValue;
        }

        /// <summary>
        /// Leaves in sums[i] the gradient on the sums of layer i, down to the lowest layer that learns. False if a step along it is
        /// not of ordinary size.
        /// </summary>
        private bool Backward(int last, int lowest, bool isClass)
        {
            float[] scratch = network.scratch;
            float[] dz = sums[last];
            Loss loss = network.loss;
            int count = network.outputCount;
            bool onSums = LossFunction.GivesGradientOnSums(loss);
            if (onSums)
            {
                LossFunction.Gradient(dz, loss, outputs[last], targets, count);
            }
            else
            {
                LossFunction.Gradient(gradient, loss, outputs[last], targets, count);
                layers[last].ActivateBackward(dz, outputs[last], gradient);
            }

            // Probabilities less a class are within 1 and need no measuring.
            float squares = isClass && onSums ? count : SumOfSquares(dz, count);
            for (int i = last; i != lowest; i--)
            {
                float[] dzBelow = sums[i - 1];
                squares += layers[i].PassBack(dz, layers[i - 1], dzBelow, outputs[i - 1], gradient, scratch);
                dz = dzBelow;
            }

            float rate = learningRate;
            return squares * (rate * rate) < LargestStepSquares;
        }

        /// <summary>Takes L2's share off the weights of every layer that learns.</summary>
        private void Decay(float keep, int lowest)
        {
            for (int i = lowest; i < network.denseCount && keep != 1f; i++)
            {
                if (!layers[i].frozen)
                {
                    layers[i].Decay(keep);
                }
            }
        }

        private static float SumOfSquares(float[] values, int count)
        {
            float sum = 0f;
            for (int i = 0; i < count; i++)
            {
                float value = values[i];
                sum += value * value;
            }

            return sum;
        }
    }
}
