using System;
using nanoFramework.TestFramework;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.NanoTests
{
    [TestClass]
    public class LearnTests
    {
        [TestMethod]
        public void Xor_is_learned_on_the_device()
        {
            Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.BinaryCrossEntropy)
                .AddDense(3, Activation.Tanh).AddDense(1, Activation.Sigmoid).ToNetwork();
            Initializers.Draw(network, 1);
            SgdLearner learner = new SgdLearner(network);
            learner.LearningRate = 0.3f;
            float[] x = new float[2];
            for (int i = 0; i < 4000; i++)
            {
                x[0] = i & 1;
                x[1] = (i >> 1) & 1;
                learner.Learn(x, (i ^ (i >> 1)) & 1);
            }

            float[] output = new float[1];
            for (int i = 0; i < 4; i++)
            {
                x[0] = i & 1;
                x[1] = (i >> 1) & 1;
                Assert.AreEqual((i ^ (i >> 1)) & 1, network.Predict(x, output), "xor");
            }
        }

        [TestMethod]
        public void A_frozen_layer_keeps_its_weights()
        {
            Network network = Models.Iris();
            network.GetLayer(0).Frozen = true;
            float lower = Models.Weight(network.GetLayer(0), 3, 2);
            float upper = Models.Weight(network.GetLayer(1), 1, -1);
            new SgdLearner(network).Learn(Models.Sample(4, 1, 2f), 1);
            Assert.AreEqual(lower, Models.Weight(network.GetLayer(0), 3, 2), "frozen");
            Assert.AreNotEqual(upper, Models.Weight(network.GetLayer(1), 1, -1), "learning");
        }

        [TestMethod]
        public void A_step_that_diverges_changes_nothing()
        {
            Network network = new PlanBuilder(2, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(1, Activation.Linear).ToNetwork();
            Initializers.Draw(network, 1);
            byte[] before = BlobWriter.ToArray(network);
            SgdLearner learner = new SgdLearner(network);
            learner.LearningRate = 1000f;
            LearningResult result = learner.Learn(new float[] { 3e38f, -3e38f }, new float[] { 1e30f });
            Assert.AreEqual((int)LearningResult.Diverged, (int)result, "result");
            byte[] after = BlobWriter.ToArray(network);
            for (int i = 0; i < before.Length; i++)
            {
                Assert.AreEqual(before[i], after[i], "byte " + i);
            }
        }

        [TestMethod]
        public void Bad_samples_throw()
        {
            SgdLearner learner = new SgdLearner(Models.Iris());
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), delegate { learner.Learn(new float[4], 3); }, "no such class");
            Assert.ThrowsException(typeof(ArgumentException), delegate { learner.Learn(new float[5], 0); }, "too many inputs");
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), delegate { learner.L2 = 2f; }, "L2");
        }
    }
}
