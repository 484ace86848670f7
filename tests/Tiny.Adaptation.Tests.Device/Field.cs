using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Field
{
    /// <summary>A device in the field: starts, gets labeled examples, adapts, saves. The same file runs on desktop and device.</summary>
    public sealed class FieldDevice
    {
        private readonly Network network;
        private readonly ExampleStore field;
        private readonly Adapter adapter;
        private readonly SlotStore store;
        private readonly DriftMonitor drift;
        private readonly float[] outputs;
        private readonly float[] one = new float[1];
        private readonly byte[] word = new byte[4];

        public FieldDevice(byte[] factory, ISlotStorage storage, bool lastLayerOnly, int seed)
        {
            Int8Layers.Register();
            network = Network.FromBlob(factory);
            if (lastLayerOnly)
            {
                Adapter.FreezeAllButLast(network);
            }

            store = new SlotStore(network, factory, storage);
            Source = (int)store.Load();
            field = new ExampleStore(network.ClassCount, network.Inputs, 8, 4, seed);
            adapter = new Adapter(network, field, null);
            adapter.Learner.LearningRate = 0.02f;
            adapter.Learner.ClipNorm = 1f;
            adapter.Learner.L2 = 0.001f;
            drift = new DriftMonitor(network, 16);
            outputs = new float[network.Outputs];
        }

        public int Source { get; }

        public void Add(float[] sample, int classIndex)
        {
            adapter.Add(sample, classIndex);
            network.Predict(sample, outputs);
            drift.Observe(sample, outputs);
        }

        public void AddWindow(float[] sample, int classIndex, int recording)
        {
            adapter.Add(sample, classIndex, recording);
        }

        /// <summary>Shows the drift monitor a reading beside the answer to the last example; false if it refuses it.</summary>
        public bool Observe(float[] sample)
        {
            return drift.Observe(sample, outputs);
        }

        public int Adapt(int steps)
        {
            return (int)adapter.Adapt(steps);
        }

        public int Save()
        {
            return (int)store.Save();
        }

        public int Generation()
        {
            return store.Generation;
        }

        public float Drift()
        {
            return drift.Score();
        }

        /// <summary>CRC-32 of all float weights and biases.</summary>
        public int WeightsCrc()
        {
            int crc = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int k = 0; k < layer.ParameterCount; k++)
                {
                    layer.CopyParameters(one, k, 1);
                    crc = Continue(crc, one[0]);
                }
            }

            return crc;
        }

        private int Continue(int crc, float value)
        {
            FloatBits.Write(word, 0, value);
            return Crc32.Compute(crc, word, 0, 4);
        }
    }
}
