using System;
using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Features;
using Tiny.Samples;

namespace KeepLearning
{
    /// <summary>Tells gestures, and learns its wearer's way of making them from three buttons. What it learns outlasts a reset.</summary>
    public static class Program
    {
        private const int Bus = 1, Rate = 50;
        private const int ExamplesBetween = 10;
        private static readonly int[] Gestures = { 0, 1, 4 }; // circle, knock, wave: their classes in the model

        public static void Main()
        {
            byte[] factory = GestureModel.Blob();
            Network network = Network.FromBlob(factory);
            FeaturePipeline pipeline = FeaturePipeline.For(network, Mpu6050.Signal(Rate));
            SlotStore store = new SlotStore(network, factory, new FileStorage("I:\\", 4096));
            Console.WriteLine(store.Load() == WeightsSource.Factory ? "as delivered" : "learned before, generation " + store.Generation);
            ExampleStore examples = new ExampleStore(network.ClassCount, network.Inputs, 8, 4, seed: 1);
            Adapter adapter = new Adapter(network, examples, null);
            IAccelerometer sensor = new Mpu6050(Bus);
            Metronome metronome = new Metronome(1000 / Rate);
            Buttons buttons = new Buttons(new int[] { 25, 26, 27 });
            float[] sample = new float[3];
            float[] features = new float[network.Inputs];
            float[] probabilities = new float[network.Outputs];
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
                    int button = buttons.Held();
                    Console.WriteLine(button < 0 ? network.GetOutputName(network.Predict(features, probabilities))
                        : Teach(adapter, examples, store, pipeline, features, Gestures[button]));
                }
            }
        }

        private static string Teach(
            Adapter adapter, ExampleStore examples, SlotStore store, FeaturePipeline pipeline, float[] features, int gesture)
        {
            adapter.Add(features, gesture);
            pipeline.Reset(); // the next example shares no sample with this one
            return examples.Added % ExamplesBetween != 0 ? "example " + examples.Added
                : adapter.Adapt(40) != AdaptResult.Kept ? "learned nothing that holds"
                : store.Save() == SaveResult.Saved ? "learned and saved, generation " + store.Generation : "learned, but not saved";
        }
    }
}
