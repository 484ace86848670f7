using System;
using System.IO.Ports;
using Tiny.Features;
using Tiny.Samples;

namespace Capture
{
    /// <summary>Streams an accelerometer over a serial port, for <c>tiny capture</c> on the desk.</summary>
    public static class Program
    {
        private const int Bus = 1;
        private const string Port = "COM2";
        private const int Rate = 50;
        private const int LinesBetweenHeaders = 10 * Rate;

        public static void Main()
        {
            IAccelerometer sensor = new Mpu6050(Bus);
            SerialPort port = new SerialPort(Port, 115200);
            port.Open();
            byte[] header = SampleLine.Header(Mpu6050.Signal(Rate));
            SampleLine line = new SampleLine(3);
            Metronome metronome = new Metronome(1000 / Rate);
            long start = Environment.TickCount64;
            float[] sample = new float[3];
            for (int number = 0; ; number++)
            {
                metronome.Wait();
                sensor.Read(sample);
                if (number % LinesBetweenHeaders == 0)
                {
                    port.Write(header, 0, header.Length);
                }

                line.Begin(number, (int)(Environment.TickCount64 - start));
                for (int axis = 0; axis < 3; axis++)
                {
                    line.Add((int)sample[axis]);
                }

                line.End();
                port.Write(line.Buffer, 0, line.Length);
            }
        }
    }
}
