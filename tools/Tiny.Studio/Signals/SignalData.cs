namespace Tiny.Studio.Signals;

/// <summary>A recording's samples. A row that could not be read, or misses a value, is NaN in all channels.</summary>
/// <param name="Channels">The channels' names.</param>
/// <param name="Values">(channels)(rows).</param>
internal sealed record SignalData(IReadOnlyList<string> Channels, float[][] Values)
{
    private const int Block = 16; // samples, or blocks of the level below, to a block

    private readonly Lazy<float[][][]> pyramids = new(() => [.. Values.Select(Pyramid)]);

    /// <summary>How many samples.</summary>
    internal int Rows => Values.Length == 0 ? 0 : Values[0].Length;

    /// <summary>Bytes that it takes.</summary>
    internal long Bytes => (long)Rows * Channels.Count * sizeof(float);

    /// <summary>
    /// The least and greatest values of a stretch cut into equal parts: what a chart of so many columns shows. It costs the same for a
    /// minute as for a day.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample behind the last.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="result">Receives least and greatest of each part, (parts, 2); NaN where there is no value.</param>
    internal void Outline(int channel, double from, double to, int parts, Span<float> result)
    {
        double step = (to - from) / parts;
        int level = 0;
        for (double size = step; size >= Block && level < pyramids.Value[channel].Length; size /= Block)
        {
            level++;
        }

        double scale = Math.Pow(Block, level);
        float[] values = level == 0 ? Values[channel] : pyramids.Value[channel][level - 1];
        int count = level == 0 ? values.Length : values.Length / 2;
        for (int part = 0; part < parts; part++)
        {
            int first = Math.Clamp((int)Math.Floor((from + part * step) / scale), 0, count);
            int last = Math.Clamp((int)Math.Ceiling((from + (part + 1) * step) / scale), 0, count);
            (result[2 * part], result[2 * part + 1]) = level == 0 ? RangeOfValues(values, first, last) : RangeOfPairs(values, first, last);
        }
    }

    /// <summary>Levels of least and greatest values, each of a sixteenth of the pairs of the one before.</summary>
    private static float[][] Pyramid(float[] values)
    {
        List<float[]> levels = [];
        for (int count = values.Length; count > Block; count = (count + Block - 1) / Block)
        {
            float[] below = levels.Count == 0 ? values : levels[^1];
            float[] level = new float[2 * ((count + Block - 1) / Block)];
            for (int i = 0; i < level.Length / 2; i++)
            {
                int last = Math.Min(count, (i + 1) * Block);
                (level[2 * i], level[2 * i + 1]) = levels.Count == 0 ? RangeOfValues(below, i * Block, last)
                    : RangeOfPairs(below, i * Block, last);
            }

            levels.Add(level);
        }

        return [.. levels];
    }

    private static (float Least, float Greatest) RangeOfValues(float[] values, int first, int last)
    {
        (float least, float greatest) = (float.NaN, float.NaN);
        for (int i = first; i < last; i++)
        {
            float value = values[i];
            least = value < least || float.IsNaN(least) ? value : least;
            greatest = value > greatest || float.IsNaN(greatest) ? value : greatest;
        }

        return (least, greatest);
    }

    private static (float Least, float Greatest) RangeOfPairs(float[] pairs, int first, int last)
    {
        (float least, float greatest) = (float.NaN, float.NaN);
        for (int i = first; i < last; i++)
        {
            least = pairs[2 * i] < least || float.IsNaN(least) ? pairs[2 * i] : least;
            greatest = pairs[2 * i + 1] > greatest || float.IsNaN(greatest) ? pairs[2 * i + 1] : greatest;
        }

        return (least, greatest);
    }
}
