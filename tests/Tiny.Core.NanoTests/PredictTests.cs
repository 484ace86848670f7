using System;
using nanoFramework.TestFramework;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

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
            Assert.ThrowsException(typeof(ArgumentException), delegate { network.Predict(new float[] { 1f, float.NaN, 1f, 1f }, outputs); }, "not a number");
            Assert.ThrowsException(typeof(ArgumentNullException), delegate { network.Predict(null, outputs); }, "null");
            Assert.AreEqual(8f, outputs[1], "outputs");
        }

        [TestMethod]
        public void Weights_too_large_throw_behind_every_activation()
        {
            Activation[] activations = new Activation[] { Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish, Activation.Maxout };
            float[] outputs = new float[1];
            for (int i = 0; i < activations.Length; i++)
            {
                // Infinity minus infinity in the hidden layer, which is not a number to the device either.
                Network network = new Network(new NetworkShape(2, NetworkTask.Regression, Loss.MeanSquaredError)
                    .AddLayer(2, activations[i])
                    .AddLayer(1, Activation.Linear));
                Layer hidden = network.GetLayer(0);
                for (int row = 0; row < hidden.Rows; row++)
                {
                    hidden.SetWeight(row, 0, 3e38f);
                    hidden.SetWeight(row, 1, -3e38f);
                }

                network.GetLayer(1).SetWeight(0, 0, 1f);
                Assert.ThrowsException(typeof(InvalidOperationException), delegate { network.Predict(new float[] { 1e11f, 1e11f }, outputs); }, "activation " + i);
            }
        }

        [TestMethod]
        public void Not_a_number_stays_one()
        {
            Assert.IsTrue(float.IsNaN(Exponential.Exp(float.NaN)), "exponential");
            Assert.IsTrue(float.IsNaN(Exponential.LogFromOne(float.NaN)), "logarithm");
            Assert.IsTrue(float.IsNaN(SquareRoot.Of(float.NaN)), "root");
        }

        [TestMethod]
        public void A_shape_whose_parts_do_not_fit_is_refused()
        {
            NetworkShape shape = new NetworkShape(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddLayer(3, Activation.Relu);
            Assert.ThrowsException(typeof(ArgumentException), delegate { new Network(shape); }, "loss without softmax");
        }

        [TestMethod]
        public void Names_are_decoded()
        {
            Network network = Models.Iris();
            Assert.AreEqual("versicolor", network.GetOutputName(1), "name");
            network.SetOutputNames(new string[] { "gr\u00FC\u00DF", "\u63E1\u308B", "c" });
            Assert.AreEqual("\u63E1\u308B", network.GetOutputName(1), "three bytes a letter");
        }
    }
}
