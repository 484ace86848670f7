using System;
using System.Device.Gpio;
using Tiny.Core;
using Tiny.Features;
using Tiny.Int8;
using Tiny.Samples;

namespace Gesture
{
    /// <summary>Tells gestures from an accelerometer, twice a second, and lights an LED while the board is shaken.</summary>
    public static class Program
    {
        private const int Bus = 1;
        private const int LedPin = 2;
        private const int Rate = 50;

        public static void Main()
        {
            Int8Layers.Register();
            Network network = Network.FromBlob(GestureModel.Blob());
            FeaturePipeline pipeline = FeaturePipeline.For(network, Mpu6050.Signal(Rate));
            IAccelerometer sensor = new Mpu6050(Bus);
            GpioPin led = new GpioController().OpenPin(LedPin, PinMode.Output);
            Metronome metronome = new Metronome(1000 / Rate);
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
                    int gesture = network.Predict(features, probabilities);
                    string name = network.GetOutputName(gesture);
                    led.Write(name == "shake" ? PinValue.High : PinValue.Low);
                    Console.WriteLine(name + " " + (int)(100f * probabilities[gesture]) + " %");
                }
            }
        }
    }
}
