using System;
using System.Device.Gpio;
using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Features;
using Tiny.FewLabels;
using Tiny.Samples;

namespace NewGesture
{
    /// <summary>Tells gestures, and learns one that its model never saw while a button is held. It outlasts a reset.</summary>
    public static class Program
    {
        private const int Bus = 1, Rate = 50;
        private const int ButtonPin = 25;

        public static void Main()
        {
            byte[] factory = GestureModel.Blob();
            Network network = Network.FromBlob(factory);
            FeaturePipeline pipeline = FeaturePipeline.For(network, Mpu6050.Signal(Rate));
            Adapter.FreezeAllButLast(network);
            network.GetLayer(network.LayerCount - 1).Frozen = true; // class means learn, the network stays as it is
            PrototypeClassifier classifier = new PrototypeClassifier(network, factory, network.ClassCount + 1);
            SlotStore store = new SlotStore(network, factory, new FileStorage("I:\\", 4096), classifier);
            Console.WriteLine(store.Load() == WeightsSource.Factory ? "as delivered" : "learned before, generation " + store.Generation);
            int own = classifier.IsActive(network.ClassCount) ? network.ClassCount : classifier.AddClass();
            IAccelerometer sensor = new Mpu6050(Bus);
            GpioPin button = new GpioController().OpenPin(ButtonPin, PinMode.InputPullUp);
            Metronome metronome = new Metronome(1000 / Rate);
            float[] sample = new float[3];
            float[] features = new float[network.Inputs];
            while (true)
            {
                if (!metronome.Wait())
                {
                    pipeline.Reset(); // samples were missed: no window spans the gap
                }

                sensor.Read(sample);
                if (pipeline.Add(sample))
                {
                    pipeline.Compute(features);
                    if (button.Read() == PinValue.Low)
                    {
                        classifier.Add(features, own);
                        Console.WriteLine("example " + classifier.ExamplesOf(own)
                            + (store.Save() == SaveResult.Saved ? ", saved" : ", not saved"));
                        pipeline.Reset(); // the next example shares no sample with this one
                        continue;
                    }

                    int gesture = classifier.Classify(features);
                    Console.WriteLine(gesture == own ? "yours" : network.GetOutputName(gesture));
                }
            }
        }
    }
}
