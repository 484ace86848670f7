using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.FewLabels.Learning;

namespace Tiny.FewField
{
    /// <summary>A device that goes on from class means to gradient descent. The same file runs on desktop and device.</summary>
    public sealed class HandOverDevice
    {
        private readonly Network network;
        private readonly FieldClassifier classifier;
        private readonly SlotStore store;
        private readonly byte[] state;
        private readonly float[] parameters;

        public HandOverDevice(byte[] factory, ISlotStorage storage, int capacity)
        {
            network = Network.FromBlob(factory);
            classifier = new FieldClassifier(
                network, factory, capacity, new ExampleStore(network.ClassCount, network.Inputs, 8, 4, 1), null);
            store = new SlotStore(network, factory, storage, classifier);
            Source = (int)store.Load();
            state = new byte[classifier.Measure()];
            parameters = new float[network.GetLayer(network.LayerCount - 1).ParameterCount];
        }

        public int Source { get; }

        public int Classify(float[] sample)
        {
            return classifier.Classify(sample);
        }

        public void Add(float[] sample, int classIndex)
        {
            if (classIndex < network.ClassCount)
            {
                classifier.Add(sample, classIndex);
            }
            else
            {
                classifier.Means.Add(sample, classIndex);
            }
        }

        public int Adapt(int steps)
        {
            return (int)classifier.Adapt(steps);
        }

        public bool IsHandedOver()
        {
            return classifier.IsHandedOver;
        }

        public int AddClass()
        {
            return classifier.Means.AddClass();
        }

        public void RemoveClass(int classIndex)
        {
            classifier.Means.RemoveClass(classIndex);
        }

        public int Save()
        {
            return (int)store.Save();
        }

        /// <summary>CRC-32 of all that was learned.</summary>
        public int StateCrc()
        {
            classifier.Write(state, 0);
            int crc = Crc32.Compute(0, state, 0, state.Length);
            network.GetLayer(network.LayerCount - 1).CopyParameters(parameters, 0, parameters.Length);
            for (int i = 0; i < parameters.Length; i++)
            {
                FloatBits.Write(state, 0, parameters[i]);
                crc = Crc32.Compute(crc, state, 0, 4);
            }

            return crc;
        }
    }
}
