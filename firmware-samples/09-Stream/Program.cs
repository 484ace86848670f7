using System;
using System.Device.Gpio;
using Tiny.Core;
using Tiny.Features;
using Tiny.Recurrence;
using Tiny.Samples;
using Tiny.Streaming;

namespace Stream
{
    /// <summary>
    /// Answers with every sample of an accelerometer, each 20 ms, tells of each gesture once, and lights an LED while the board is shaken.
    /// </summary>
    public static class Program
    {
        private const int Bus = 1;
        private const int LedPin = 2;
        private const int Rate = 50;

        public static void Main()
        {
            Gru.Register();
            Network network = Network.FromBlob(StreamModel.Blob());
            FeatureDescription.Of(network).CheckSensor(Mpu6050.Signal(Rate));
            StreamingNetwork stream = new StreamingNetwork(network);
            stream.TimeOut = 3 * 1000 / Rate; // a gap of more than two samples: begin anew
            stream.Events.Background = IndexOf(network, "rest");
            IAccelerometer sensor = new Mpu6050(Bus);
            GpioPin led = new GpioController().OpenPin(LedPin, PinMode.Output);
            Metronome metronome = new Metronome(1000 / Rate);
            int shake = IndexOf(network, "shake");
            float[] sample = new float[3];
            for (int number = 0; ; number++)
            {
                metronome.Wait();
                sensor.Read(sample);
                if (stream.Push(sample, (int)Environment.TickCount64))
                {
                    int gesture = stream.Detect();
                    led.Write(stream.Events.Current == shake ? PinValue.High : PinValue.Low);
                    if (gesture >= 0)
                    {
                        Console.WriteLine(network.GetOutputName(gesture) + " at " + number * 1000 / Rate + " ms");
                    }
                }
            }
        }

        private static int IndexOf(Network network, string name)
        {
            int index = 0;
            while (network.GetOutputName(index) != name)
            {
                index++;
            }

            return index;
        }
    }
}
