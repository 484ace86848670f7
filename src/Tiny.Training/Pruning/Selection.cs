using System.Runtime.CompilerServices;

namespace Tiny.Training.Pruning;

/// <summary>Finds the k-th smallest of many numbers without sorting them.</summary>
internal static class Selection
{
    /// <summary>
    /// The number that would stand at a place if all were in ascending order. The numbers change their order; none is NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Smallest(float[] values, int place)
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            float pivot = Middle(values[low], values[low + (high - low) / 2], values[high]);
            int i = low;
            int j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (place <= j)
            {
                high = j;
            }
            else if (place >= i)
            {
                low = i;
            }
            else
            {
                return values[place];
            }
        }

        return values[place];
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
