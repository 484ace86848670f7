using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.FewLabels;

namespace Tiny.FewField
{
    /// <summary>
    /// A device in the field that learns from a handful of labels: starts, learns, answers,
    /// saves. The same file runs on desktop and device.
    /// </summary>
    public sealed class FewFieldDevice
    {
        private readonly Network network;
        private readonly PrototypeClassifier classifier;
        private readonly SlotStore store;
        private readonly byte[] state;
        private readonly float[] outputs;

        public FewFieldDevice(byte[] factory, ISlotStorage storage, int capacity)
        {
            network = Network.FromBlob(factory);
            Adapter.FreezeAllButLast(network);
            network.GetLayer(network.LayerCount - 1).Frozen = true;
            classifier = new PrototypeClassifier(network, factory, capacity);
            store = new SlotStore(network, factory, storage, classifier);
            Source = (int)store.Load();
            state = new byte[classifier.Measure()];
            outputs = new float[network.Outputs];
        }

        public int Source { get; }

        public int Predict(float[] sample)
        {
            return network.Predict(sample, outputs);
        }

        public int Classify(float[] sample)
        {
            return classifier.Classify(sample);
        }

        public float Novelty()
        {
            return classifier.Novelty();
        }

        public bool Add(float[] sample, int classIndex)
        {
            return classifier.Add(sample, classIndex);
        }

        public bool Learn(float[] sample, int classIndex)
        {
            return classifier.Learn(sample, classIndex);
        }

        public int AddClass()
        {
            return classifier.AddClass();
        }

        public void RemoveClass(int classIndex)
        {
            classifier.RemoveClass(classIndex);
        }

        public bool IsTrusted()
        {
            return classifier.IsTrusted;
        }

        public int Save()
        {
            return (int)store.Save();
        }

        public int Generation()
        {
            return store.Generation;
        }

        /// <summary>CRC-32 of all that was learned.</summary>
        public int StateCrc()
        {
            classifier.Write(state, 0);
            return Crc32.Compute(0, state, 0, state.Length);
        }
    }
}
