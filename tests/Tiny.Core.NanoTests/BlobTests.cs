using nanoFramework.TestFramework;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Core.NanoTests
{
    [TestClass]
    public class BlobTests
    {
        [TestMethod]
        public void A_saved_network_loads_and_answers_alike()
        {
            Network saved = Models.Iris();
            byte[] blob = BlobWriter.ToArray(saved);
            Network loaded = Network.FromBlob(blob);
            float[] sample = Models.Sample(4, 5, 2f);
            float[] expected = new float[3];
            float[] answer = new float[3];
            Assert.AreEqual(saved.Predict(sample, expected), loaded.Predict(sample, answer), "class");
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(expected[i], answer[i], "output " + i);
            }
        }

        [TestMethod]
        public void A_model_with_another_activation_answers_and_learns_in_a_network_made_for_relu()
        {
            Activation[] activations = new Activation[] { Activation.Tanh, Activation.Sigmoid, Activation.Swish, Activation.Linear };
            Network network = Models.Iris();
            SgdLearner learner = new SgdLearner(network);
            BlobReader reader = new BlobReader();
            float[] sample = Models.Sample(4, 5, 2f);
            float[] expected = new float[3];
            float[] answer = new float[3];
            for (int i = 0; i < activations.Length; i++)
            {
                byte[] blob = Models.IrisBlob(activations[i]);
                Assert.AreEqual((int)BlobError.None, (int)network.TryLoad(reader, blob, 0, blob.Length), "loaded");
                network.Predict(sample, answer);
                Network own = Network.FromBlob(blob);
                own.Predict(sample, expected);
                Assert.AreEqual(expected[2], answer[2], "output");
                learner.Learn(sample, 1);
                new SgdLearner(own).Learn(sample, 1);
                Assert.AreEqual(Models.Weight(own.GetLayer(0), 7, 3), Models.Weight(network.GetLayer(0), 7, 3), "learned weight");
            }
        }

        [TestMethod]
        public void Changed_bytes_are_refused_and_change_nothing()
        {
            Network network = Models.Iris();
            byte[] blob = BlobWriter.ToArray(network);
            float before = Models.Weight(network.GetLayer(1), 2, 15);
            for (int at = 0; at < blob.Length; at += 13)
            {
                blob[at] ^= 0x10;
                Assert.AreNotEqual((int)BlobError.None, (int)network.TryLoad(new BlobReader(), blob, 0, blob.Length), "byte " + at);
                blob[at] ^= 0x10;
            }

            Assert.AreEqual(before, Models.Weight(network.GetLayer(1), 2, 15), "weight");
            Assert.AreEqual((int)BlobError.None, (int)network.TryLoad(new BlobReader(), blob, 0, blob.Length), "restored");
        }

        [TestMethod]
        public void A_blob_that_is_short_throws_with_its_code()
        {
            byte[] blob = new byte[10];
            Assert.ThrowsException(typeof(BlobException), delegate { Network.FromBlob(blob); }, "short");
            try
            {
                Network.FromBlob(blob);
            }
            catch (BlobException error)
            {
                Assert.AreEqual((int)BlobError.TooShort, (int)error.Error, "code");
                Assert.IsTrue(error.Message.IndexOf("10") >= 0, "the byte, as a number");
            }
        }

        [TestMethod]
        public void A_float_is_written_bit_by_bit()
        {
            float[] values = new float[] { 0f, -0f, 1f, -1f, float.MaxValue, float.MinValue, float.Epsilon, -1e-40f };
            int[] bits = new int[] { 0, int.MinValue, 0x3F800000, -0x40800000, 0x7F7FFFFF, -0x800001, 1, int.MinValue | 71362 };
            for (int i = 0; i < values.Length; i++)
            {
                Assert.AreEqual(bits[i], FloatBits.ToBits(values[i]), "float " + i);
            }
        }
    }
}
