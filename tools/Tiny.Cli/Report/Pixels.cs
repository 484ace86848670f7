namespace Tiny.Cli.Report;

/// <summary>Numbers as a picture, made smaller if there are more than a page should hold.</summary>
internal sealed class Pixels
{
    private Pixels(int width, float[] values, bool isShrunk)
    {
        Width = width;
        Values = values;
        IsShrunk = isShrunk;
    }

    /// <summary>Its width.</summary>
    internal int Width { get; }

    /// <summary>(height, width) row-major.</summary>
    internal float[] Values { get; }

    /// <summary>Whether a pixel stands for several numbers.</summary>
    internal bool IsShrunk { get; }

    /// <summary>The largest magnitude.</summary>
    internal float Most => Values.Max(MathF.Abs);

    /// <summary>Several numbers as that of the largest magnitude.</summary>
    internal static float Largest(float before, float value, int count) => count == 0 || MathF.Abs(value) > MathF.Abs(before)
        ? value : before;

    /// <summary>Several numbers as their mean, taken up one by one.</summary>
    internal static float Mean(float before, float value, int count) => (float)(before + ((double)value - before) / (count + 1));

    /// <summary>Makes a picture of at most so many pixels.</summary>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="most">The most pixels.</param>
    /// <param name="at">The number in a column and a row.</param>
    /// <param name="gather">From what there is of a pixel, the next number and how many came before, to the pixel.</param>
    internal static Pixels Shrunk(int width, int height, int most, Func<int, int, float> at, Func<float, float, int, float> gather)
    {
        double scale = Math.Max(1, Math.Sqrt((double)width * height / most));
        int rows = Math.Max(1, (int)(height / scale));
        int columns = Math.Clamp(most / rows, 1, width);
        rows = Math.Clamp(most / columns, 1, height);
        float[] values = new float[rows * columns];
        int[] counts = new int[rows * columns];
        for (int y = 0; y < height; y++)
        {
            int row = (int)((long)y * rows / height) * columns;
            for (int x = 0; x < width; x++)
            {
                int pixel = row + (int)((long)x * columns / width);
                values[pixel] = gather(values[pixel], at(x, y), counts[pixel]++);
            }
        }

        return new Pixels(columns, values, rows < height || columns < width);
    }
}
