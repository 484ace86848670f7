using System;

/// <summary>Calls that were counted on the real interpreter, beside the kernels.</summary>
public static class WholeCalls
{
    private const int Length = 64;

    private static readonly int[] numbers = new int[Length];

    public static string Format(float value, int whole)
    {
        return string.Format("{0:F3}|{1}", value, whole);
    }

    /// <summary>Stores where nothing is, in a try block, or enters and leaves the block alone.</summary>
    public static int CatchIndex(bool store)
    {
        int caught = 0;
        if (store)
        {
            for (int i = 0; i < Length; i++)
            {
                try
                {
                    numbers[i + Length] = 1;
                }
                catch (IndexOutOfRangeException)
                {
                    caught = i;
                }
            }
        }
        else
        {
            for (int i = 0; i < Length; i++)
            {
                try
                {
                    caught = i;
                }
                catch (IndexOutOfRangeException)
                {
                    caught = 0;
                }
            }
        }

        return caught;
    }
}
