using System;
using Tiny.Core;

namespace TinyApp
{
    /// <summary>Tells from three readings how a plant is doing.</summary>
    public static class Program
    {
        // Moisture in percent, light in lux, temperature in degrees Celsius: in the order of the columns that the model was trained on.
        private static readonly float[][] Readings =
        {
            new float[] { 12f, 300f, 24f },
            new float[] { 44f, 620f, 21f },
            new float[] { 81f, 150f, 18f },
        };

        public static void Main()
        {
            Network network = Network.FromBlob(PlantModel.Blob()); // takes all the memory that predicting needs
            float[] probabilities = new float[network.Outputs];
            foreach (float[] reading in Readings)
            {
                int state = network.Predict(reading, probabilities);
                Console.WriteLine(network.GetOutputName(state) + " " + (int)(100f * probabilities[state]) + " %");
            }
        }
    }
}
