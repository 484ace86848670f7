using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;

namespace Tiny.Field
{
    /// <summary>A regression in the field: gets examples, corrects itself, saves. The same file runs on desktop and device.</summary>
    public sealed class RegressionDevice
    {
        private readonly RegressionAdapter adapter;
        private readonly SlotStore store;

        public RegressionDevice(byte[] factory, ISlotStorage storage)
        {
            Network network = Network.FromBlob(factory);
            adapter = new RegressionAdapter(network, 12, 8, 1);
            store = new SlotStore(network, factory, storage, adapter);
            store.Load();
        }

        public void Add(float[] sample, float value)
        {
            adapter.Add(sample, value);
        }

        public int Adapt(int steps)
        {
            return (int)adapter.Adapt(steps);
        }

        public float Predict(float[] sample)
        {
            return adapter.Predict(sample);
        }

        public int Save()
        {
            return (int)store.Save();
        }
    }
}
