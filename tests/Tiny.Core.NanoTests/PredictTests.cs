using System;
using nanoFramework.TestFramework;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Core.NanoTests
{
    [TestClass]
    public class PredictTests
    {
        [TestMethod]
        public void Probabilities_add_up_to_one_and_the_largest_names_the_class()
        {
            Network network = Models.Iris();
            float[] outputs = new float[3];
            for (int seed = 0; seed < 10; seed++)
            {
                int answer = network.Predict(Models.Sample(4, seed, 3f), outputs);
                float sum = outputs[0] + outputs[1] + outputs[2];
                Assert.IsTrue(sum > 0.9999f && sum < 1.0001f, "sum of probabilities");
                Assert.IsTrue(outputs[answer] >= outputs[0] && outputs[answer] >= outputs[1] && outputs[answer] >= outputs[2], "largest");
            }
        }

        [TestMethod]
        public void Extreme_inputs_give_finite_outputs()
        {
            Network network = Models.Iris();
            float[] outputs = new float[3];
            network.Predict(new float[] { 3e38f, -3e38f, 1e20f, 1e-40f }, outputs);
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(outputs[i] >= 0f && outputs[i] <= 1f, "a probability");
            }
        }

        [TestMethod]
        public void Bad_inputs_throw_and_leave_the_outputs()
        {
            Network network = Models.Iris();
            float[] outputs = new float[] { 7f, 8f, 9f };
            Assert.ThrowsException(typeof(ArgumentException), delegate { network.Predict(new float[3], outputs); }, "too few");
            Assert.ThrowsException(typeof(ArgumentException), delegate { network.Predict(new float[] { 1f, float.NaN, 1f, 1f }, outputs); },
                "not a number");
            Assert.ThrowsException(typeof(ArgumentNullException), delegate { network.Predict(null, outputs); }, "null");
            Assert.AreEqual(8f, outputs[1], "outputs");
        }

        [TestMethod]
        public void Weights_too_large_throw_behind_every_activation()
        {
            Activation[] activations = new Activation[] { Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu,
                Activation.LeakyRelu, Activation.Elu, Activation.Swish, Activation.Maxout };
            float[] outputs = new float[1];
            for (int i = 0; i < activations.Length; i++)
            {
                // Infinity minus infinity in the hidden layer, which is not a number to the device either.
                Network network = new PlanBuilder(2, NetworkTask.Regression, Loss.MeanSquaredError)
                    .AddDense(2, activations[i])
                    .AddDense(1, Activation.Linear).ToNetwork();
                DenseLayer hidden = (DenseLayer)network.GetLayer(0);
                for (int row = 0; row < hidden.Rows; row++)
                {
                    Models.SetWeight(hidden, row, 0, 3e38f);
                    Models.SetWeight(hidden, row, 1, -3e38f);
                }

                Models.SetWeight(network.GetLayer(1), 0, 0, 1f);
                Assert.ThrowsException(typeof(InvalidOperationException),
                    delegate { network.Predict(new float[] { 1e11f, 1e11f }, outputs); }, "activation " + i);
            }
        }

        [TestMethod]
        public void Not_a_number_stays_one()
        {
            Assert.IsTrue(float.IsNaN(Exponential.Exp(float.NaN)), "exponential");
            Assert.IsTrue(float.IsNaN(Logarithm.FromOne(float.NaN)), "logarithm");
            Assert.IsTrue(float.IsNaN(SquareRoot.Of(float.NaN)), "root");
        }

        [TestMethod]
        public void A_plan_whose_parts_do_not_fit_is_refused()
        {
            PlanBuilder plan = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(3, Activation.Relu);
            Assert.ThrowsException(typeof(BlobException), delegate { plan.ToNetwork(); }, "loss without softmax");
        }

        [TestMethod]
        public void The_class_alone_is_that_of_the_probabilities()
        {
            Network network = Models.Iris();
            float[] outputs = new float[3];
            for (int seed = 0; seed < 10; seed++)
            {
                float[] sample = Models.Sample(4, seed, 3f);
                Assert.AreEqual(network.Predict(sample, outputs), network.Classify(sample), "class");
            }
        }

        [TestMethod]
        public void Names_are_decoded()
        {
            Assert.AreEqual("versicolor", Models.Iris().GetOutputName(1), "name");
            byte[] names = new byte[] { 6, (byte)'g', (byte)'r', 0xC3, 0xBC, 0xC3, 0x9F, 6, 0xE6, 0x8F, 0xA1, 0xE3, 0x82, 0x8B, 1,
                (byte)'c' };
            Network network = Models.Iris(names);
            Assert.AreEqual("gr\u00FC\u00DF", network.GetOutputName(0), "two bytes a letter");
            Assert.AreEqual("\u63E1\u308B", network.GetOutputName(1), "three bytes a letter");
        }
    }
}
