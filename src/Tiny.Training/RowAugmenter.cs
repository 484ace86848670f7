using Tiny.Learning;
using Tiny.Training.Data.Rows;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training;

/// <summary>
/// Changes the rows of a batch as an <see cref="Augmentation"/> says. What is drawn for a row is a function of
/// seed, epoch and the row's place in the epoch, so a run that was interrupted goes on alike.
/// </summary>
/// <param name="augmentation">What is changed.</param>
/// <param name="shape">What a row is.</param>
/// <param name="inputs">How rows were normalized.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class RowAugmenter(Augmentation augmentation, Shape shape, Normalizer inputs, int seed)
{
    private readonly float[] row = new float[shape.Values];
    private readonly float[] zeros =
        [.. inputs.Means.Select((mean, i) => mean * inputs.Scales[i])]; // what is added to a value to have it in the user's unit
    private int epoch;

    /// <summary>Begins an epoch.</summary>
    internal void Begin(int next) => epoch = next;

    /// <summary>Changes the rows of a batch, the first of which stands at a place of the epoch.</summary>
    internal void Apply(Batch batch, long place)
    {
        int drawn = (int)SplitMix.Mix(~seed, epoch);
        for (int i = 0; i < batch.Rows; i++)
        {
            Apply(batch, i, new SeededRandom((int)SplitMix.Mix(drawn, place + i)));
        }
    }

    private void Apply(Batch batch, int index, SeededRandom random)
    {
        int down = Draw(random, shape.Height);
        int across = Draw(random, shape.Width);
        float factor = 1f + (augmentation.Scale > 0f ? random.NextSymmetric(augmentation.Scale) : 0f);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = batch.Inputs[Matrices.Blocks.Index(batch.Capacity, index, Source(i, down, across))];
        }

        for (int i = 0; i < row.Length; i++)
        {
            float value = augmentation.Scale > 0f ? factor * (row[i] + zeros[i]) - zeros[i] : row[i];
            batch.Inputs[Matrices.Blocks.Index(batch.Capacity, index, i)] = augmentation.Noise > 0f
                ? value + augmentation.Noise * Normal(random) : value;
        }
    }

    /// <summary>Places that a row is moved along a side; along a side of one it cannot be.</summary>
    private int Draw(SeededRandom random, int size) => size == 1 || augmentation.Shift == 0
        ? 0
        : Math.Min((int)((random.NextSymmetric(1f) + 1f) / 2f * (2 * augmentation.Shift + 1)), 2 * augmentation.Shift) - augmentation.Shift;

    /// <summary>The value that moves to where another stands: that of the edge where there is none.</summary>
    private int Source(int value, int down, int across)
    {
        int place = value / shape.Channels;
        int y = Math.Clamp(place / shape.Width - down, 0, shape.Height - 1);
        int x = Math.Clamp(place % shape.Width - across, 0, shape.Width - 1);
        return (y * shape.Width + x) * shape.Channels + value % shape.Channels;
    }

    /// <summary>Of the standard normal distribution, to 6 deviations: twelve uniform draws.</summary>
    private static float Normal(SeededRandom random)
    {
        float sum = 0f;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextSymmetric(0.5f);
        }

        return sum;
    }
}
