using System;
using System.IO;
using Tiny.Convolution.Int8;
using Tiny.Core;

namespace Digits
{
    /// <summary>
    /// Tells hand-drawn digits: reads drawings from a file, 28 lines of 28 characters each, and says what each of them is.
    /// </summary>
    public static class Program
    {
        private const string Drawings = "I:\\digits.txt";
        private const string Ramp = ".:-=+*%&#@"; // from paper to ink

        public static void Main()
        {
            Int8Convolutions.Register();
            Network network = Network.FromBlob(DigitsModel.Blob());
            byte[] drawing = new byte[network.Inputs];
            float[] probabilities = new float[network.Outputs];
            byte[] buffer = new byte[64];
            int drawn = 0;
            using (FileStream file = new FileStream(Drawings, FileMode.Open, FileAccess.Read))
            {
                int count = file.Read(buffer, 0, buffer.Length);
                while (count > 0)
                {
                    for (int i = 0; i < count; i++)
                    {
                        int ink = Ramp.IndexOf((char)buffer[i]);
                        if (ink < 0)
                        {
                            continue; // the end of a line
                        }

                        drawing[drawn++] = (byte)(ink * 255 / (Ramp.Length - 1));
                        if (drawn == drawing.Length)
                        {
                            int digit = network.PredictLevels(drawing, probabilities);
                            Console.WriteLine(network.GetOutputName(digit) + " " + (int)(100f * probabilities[digit]) + " %");
                            drawn = 0;
                        }
                    }

                    count = file.Read(buffer, 0, buffer.Length);
                }
            }
        }
    }
}
