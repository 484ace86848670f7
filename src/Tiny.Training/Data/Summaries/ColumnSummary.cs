using Tiny.Learning;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Summaries;

/// <summary>What a column of numbers holds, gathered value by value in a memory that does not grow with the rows.</summary>
/// <param name="name">The column's name.</param>
/// <seealso cref="DataSummary"/>
public sealed class ColumnSummary(string name)
{
    private const int SampleSize = 4096;

    private readonly List<float> sample = []; // a fair sample of all values, for the histogram
    private readonly SeededRandom random = new(1);
    private double sumOfSquares; // of differences from the mean

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>Numbers in it.</summary>
    public long Numbers { get; private set; }

    /// <summary>Missing values in it.</summary>
    public long Missing { get; private set; }

    /// <summary>Values that are neither numbers nor missing.</summary>
    public long Words { get; private set; }

    /// <summary>The first of those as a message may show it, null without any.</summary>
    public string? FirstWord { get; private set; }

    /// <summary>The line of that and what is wrong with it, in words; null without any.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>The least number; NaN without any.</summary>
    public double Min { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN without any.</summary>
    public double Max { get; private set; } = double.NaN;

    /// <summary>The mean.</summary>
    public double Mean { get; private set; }

    /// <summary>The population standard deviation.</summary>
    public double Deviation => Numbers == 0 ? double.NaN : Math.Sqrt(sumOfSquares / Numbers);

    /// <summary>Whether all its numbers are the same.</summary>
    public bool IsConstant => Numbers > 0 && Min == Max;

    /// <summary>Takes a number: mean and deviation by Welford's recurrence.</summary>
    /// <param name="value">A finite number.</param>
    public void Add(float value)
    {
        Numbers++;
        double difference = value - Mean;
        Mean += difference / Numbers;
        sumOfSquares += difference * (value - Mean);
        Min = Numbers == 1 ? value : Math.Min(Min, value);
        Max = Numbers == 1 ? value : Math.Max(Max, value);
        if (sample.Count < SampleSize)
        {
            sample.Add(value);
        }
        else if (random.NextInt((int)Math.Min(Numbers, 16_000_000)) is int place and < SampleSize)
        {
            sample[place] = value;
        }
    }

    /// <summary>Takes note of a missing value.</summary>
    public void AddMissing() => Missing++;

    /// <summary>Takes note of a value that is no number.</summary>
    /// <param name="word">(characters) of the value.</param>
    /// <param name="line">Its line.</param>
    /// <param name="numbers">How the file writes numbers.</param>
    public void AddWord(ReadOnlySpan<char> word, int line, NumberText numbers)
    {
        Words++;
        if (FirstWord is null)
        {
            FirstWord = SafeText.Clean(word);
            FirstFault = $"line {line}: {FieldFault.Describe(word, numbers)}";
        }
    }

    /// <summary>How many of a fair sample of the numbers fall into each of so many equal parts of their range.</summary>
    /// <param name="bins">Parts, 1 or more.</param>
    /// <returns>(bins).</returns>
    public int[] Histogram(int bins)
    {
        int[] counts = new int[bins];
        foreach (float value in sample)
        {
            counts[IsConstant ? bins / 2 : Math.Min(bins - 1, (int)((value - Min) / (Max - Min) * bins))]++;
        }

        return counts;
    }
}
