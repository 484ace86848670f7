using System;

namespace Generated
{
    /// <summary>Predicts with a model that is C# source: nothing to load, no library, no RAM for weights.</summary>
    public static class Program
    {
        // Mean, deviation, least, greatest and mean absolute difference of x, y and z over a second, in g.
        private static readonly float[][] Windows =
        {
            new float[] { 0.027f, 0.147f, -0.246f, 0.393f, 0.154f, 0.437f, 0.194f, 0.065f, 0.802f, 0.191f, 0.877f, 0.174f, 0.560f, 1.224f,
                0.232f },
            new float[] { 0.005f, 0.165f, -0.237f, 0.346f, 0.175f, 0.409f, 0.164f, 0.140f, 0.722f, 0.184f, 0.859f, 0.176f, 0.600f, 1.199f,
                0.214f },
            new float[] { 0.074f, 0.486f, -0.866f, 0.902f, 0.339f, 0.449f, 0.195f, 0.066f, 0.750f, 0.239f, 0.882f, 0.194f, 0.542f, 1.209f,
                0.191f },
        };

        public static void Main()
        {
            float[] probabilities = new float[GestureSource.Outputs];
            for (int i = 0; i < Windows.Length; i++)
            {
                int gesture = GestureSource.Predict(Windows[i], probabilities);
                Console.WriteLine(GestureSource.GetOutputName(gesture) + " " + (int)(100f * probabilities[gesture]) + " %");
            }
        }
    }
}
