using Tiny.Core.Arithmetic;
using Tiny.Learning;

namespace Tiny.Core.Tests.Arithmetic;

public class SeededRandomTests
{
    [Fact]
    public void The_sequence_of_a_seed_never_changes()
    {
        SeededRandom random = new(1);
        int[] drawn = [.. Enumerable.Range(0, 5).Select(_ => random.NextInt(1000))];
        Assert.Equal([792, 334, 239, 575, 972], drawn);
    }

    [Fact]
    public void Floats_fill_their_range_evenly()
    {
        SeededRandom random = new(3);
        int[] bins = new int[10];
        for (int i = 0; i < 100_000; i++)
        {
            float value = random.NextFloat();
            Assert.InRange(value, 0f, 0.99999997f);
            bins[(int)(value * 10)]++;
        }

        Assert.All(bins, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Neighboring_seeds_start_apart()
    {
        float[] firsts = [.. Enumerable.Range(0, 1000).Select(seed => new SeededRandom(seed).NextFloat())];
        Assert.Equal(1000, firsts.Distinct().Count());
        Assert.InRange(firsts.Average(), 0.45f, 0.55f);
    }

    [Fact]
    public void State_restores_the_sequence()
    {
        SeededRandom random = new(5);
        int state = random.State;
        float first = random.NextFloat();
        random.State = state;
        Assert.Equal(first, random.NextFloat());
    }
}
