using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Anomaly;
using Tiny.Anomaly.Learning;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Pump
{
    /// <summary>A device that watches: starts, is taught, observes, saves. The same file runs on desktop and device.</summary>
    public sealed class PumpDevice
    {
        private readonly AnomalyDetector detector;
        private readonly SlotStore store;
        private readonly byte[] state;

        public PumpDevice(byte[] factory, ISlotStorage storage, bool learns)
        {
            NearestMean.Register();
            Network network = Network.FromBlob(factory);
            detector = new AnomalyDetector(network, factory, learns);
            if (learns && network.Outputs > 1)
            {
                detector.Learner = new AutoencoderLearner(network, 0.01f);
            }

            detector.Smoothing = 3;
            detector.SetAlarm(2, 4);
            store = new SlotStore(network, factory, storage, detector);
            Source = (int)store.Load();
            state = new byte[detector.Measure()];
        }

        public int Source { get; }

        public void Remember(int windows)
        {
            detector.Memory = windows;
        }

        public float Score(float[] sample)
        {
            return detector.Score(sample);
        }

        public float Contribution(float[] sample, int input)
        {
            return detector.Contribution(sample, input);
        }

        public bool Observe(float[] sample)
        {
            return detector.Observe(sample);
        }

        public bool Teach(float[] sample)
        {
            return detector.Teach(sample);
        }

        public float Smoothed()
        {
            return detector.Smoothed;
        }

        public void Reset()
        {
            detector.Reset();
        }

        public void RestoreFactory()
        {
            store.RestoreFactory();
        }

        public int Save()
        {
            return (int)store.Save();
        }

        /// <summary>CRC-32 of all that was learned, the network's weights not counted.</summary>
        public int StateCrc()
        {
            detector.Write(state, 0);
            return Crc32.Compute(0, state, 0, state.Length);
        }
    }
}
