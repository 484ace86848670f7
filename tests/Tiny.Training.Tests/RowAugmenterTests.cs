using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training.Tests;

public class RowAugmenterTests
{
    [Fact]
    public void A_shift_moves_a_picture_whole_and_repeats_its_edge()
    {
        HashSet<(int Down, int Across)> seen = [];
        for (int epoch = 0; epoch < 200; epoch++)
        {
            float[] moved = Augmented(
                new Augmentation(Shift: 1), new Shape(3, 4, 1), [.. Enumerable.Range(0, 12).Select(i => (float)i)], epoch, place: 7);
            (int down, int across) = (5 - (int)moved[5]) switch
            {
                0 => (0, 0),
                1 => (0, 1),
                -1 => (0, -1),
                4 => (1, 0),
                5 => (1, 1),
                3 => (1, -1),
                -4 => (-1, 0),
                -3 => (-1, 1),
                _ => (-1, -1)
            };
            Assert.Equal(Enumerable.Range(0, 12)
                .Select(i => (float)(Math.Clamp(i / 4 - down, 0, 2) * 4 + Math.Clamp(i % 4 - across, 0, 3))), moved);
            seen.Add((down, across));
        }

        Assert.Equal(9, seen.Count);
    }

    [Fact]
    public void A_signal_is_moved_in_time_alone()
    {
        float[] moved = Augmented(new Augmentation(Shift: 2), new Shape(4, 1, 2), [0, 10, 1, 11, 2, 12, 3, 13], 1, 0);
        Assert.All(moved.Chunk(2), moment => Assert.Equal(moment[0] + 10, moment[1]));
    }

    [Fact]
    public void Scale_is_about_the_users_zero_and_noise_in_deviations()
    {
        // Mean 3, deviation 2: the value 5 is 1 to the network, and 0 is -1.5.
        float[] scaled = Augmented(new Augmentation(Scale: 0.5f), Shape.Vector(2), [1f, -1.5f], 4, 2, mean: 3f, scale: 0.5f);
        Assert.Equal(-1.5f, scaled[1], 1e-5f);
        Assert.InRange((scaled[0] + 1.5f) / 2.5f, 0.5f, 1.5f);
        float[] noisy = Augmented(new Augmentation(Noise: 0.1f), Shape.Vector(5000), new float[5000], 4, 2);
        Assert.InRange(Math.Sqrt(noisy.Average(value => value * value)), 0.095, 0.105);
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_epoch_and_place_alone()
    {
        Augmentation noise = new(Noise: 1f);
        float[] first = Augmented(noise, Shape.Vector(4), new float[4], 3, 12);
        Assert.Equal(first, Augmented(noise, Shape.Vector(4), new float[4], 3, 12));
        Assert.NotEqual(first, Augmented(noise, Shape.Vector(4), new float[4], 3, 13));
        Assert.NotEqual(first, Augmented(noise, Shape.Vector(4), new float[4], 4, 12));
        Assert.NotEqual(first, Augmented(noise, Shape.Vector(4), new float[4], 3, 12, seed: 2));
    }

    private static float[] Augmented(
        Augmentation augmentation, Shape shape, float[] row, int epoch, long place, float mean = 0f, float scale = 1f, int seed = 1)
    {
        Normalizer inputs = new([.. Enumerable.Repeat(mean, row.Length)], [.. Enumerable.Repeat(scale, row.Length)]);
        Batch batch = new(3, row.Length, 1);
        batch.Set(row, [0f]);
        RowAugmenter augmenter = new(augmentation, shape, inputs, seed);
        augmenter.Begin(epoch);
        augmenter.Apply(batch, place);
        return [.. Enumerable.Range(0, row.Length).Select(i => batch.Inputs[Blocks.Index(3, 0, i)])];
    }
}
