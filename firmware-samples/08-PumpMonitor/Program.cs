using System;
using System.Device.Gpio;
using Tiny.Anomaly;
using Tiny.Core;
using Tiny.Features;
using Tiny.Samples;

namespace PumpMonitor
{
    /// <summary>Learns in minutes what is normal for this pump, then lights an LED when it sounds wrong for a while.</summary>
    public static class Program
    {
        private const int Bus = 1, LedPin = 2, Rate = 50;
        private const int WindowsToTeach = 12; // half a minute for a try; a day's round of a real pump

        public static void Main()
        {
            NearestMean.Register();
            byte[] factory = PumpModel.Blob();
            Network network = Network.FromBlob(factory);
            AnomalyDetector detector = new AnomalyDetector(network, factory, learns: true);
            FeaturePipeline pipeline = FeaturePipeline.For(network, Mpu6050.Signal(Rate));
            IAccelerometer sensor = new Mpu6050(Bus);
            GpioPin led = new GpioController().OpenPin(LedPin, PinMode.Output);
            Metronome metronome = new Metronome(1000 / Rate);
            float[] sample = new float[3];
            float[] features = new float[network.Inputs];
            int taught = 0;
            detector.Memory = 200;
            detector.Smoothing = 2;
            detector.SetAlarm(3, 5);
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
                    if (taught < WindowsToTeach)
                    {
                        detector.Teach(features);
                        taught++;
                        Console.WriteLine("taught " + taught
                            + (taught == WindowsToTeach && detector.AdoptThreshold() ? ", threshold set" : ""));
                        continue;
                    }

                    bool alarm = detector.Observe(features);
                    led.Write(alarm ? PinValue.High : PinValue.Low);
                    Console.WriteLine((int)(100f * detector.Smoothed / detector.Threshold) + " %" + (alarm ? ", alarm" : ""));
                }
            }
        }
    }
}
