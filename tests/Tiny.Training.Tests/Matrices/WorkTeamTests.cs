using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Matrices;

public class WorkTeamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // then it hangs

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_of_every_work_is_done_once_by_a_worker_of_the_team(int size)
    {
        using WorkTeam team = new(size);
        for (int round = 0; round < 20_000; round++)
        {
            Counting work = new(round % 40, size);
            team.Run(work);
            Assert.All(work.Done, count => Assert.Equal(1, count));
            Assert.Equal(0, work.Strangers);
        }
    }

    [Fact]
    public void A_team_that_has_fallen_asleep_wakes_again()
    {
        using WorkTeam team = new(3);
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(5);
            Counting work = new(30, 3);
            team.Run(work);
            Assert.All(work.Done, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(1 << 23)]
    [InlineData(1 << 24)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public async Task Counting_works_wraps_and_the_team_goes_on(int boundary)
    {
        using WorkTeam team = new(3, unchecked(boundary - 3));
        for (int round = 0; round < 6; round++)
        {
            Counting work = new(30, 3);
            await Task.Run(() => team.Run(work)).WaitAsync(Patience);
            Assert.All(work.Done, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData((1 << 23) - 1)]
    [InlineData((1 << 24) - 1)]
    public async Task Helpers_help_across_the_wrap(int generation)
    {
        using WorkTeam team = new(2, generation);
        Meeting work = new();
        await Task.Run(() => team.Run(work)).WaitAsync(Patience);
        Assert.True(work.Met, "Two parts that wait for each other are done at once.");
    }

    [Fact]
    public void Helpers_help()
    {
        using WorkTeam team = new(2);
        Meeting work = new();
        team.Run(work);
        Assert.True(work.Met, "Two parts that wait for each other are done at once.");
    }

    [Fact]
    public void What_a_part_throws_reaches_the_caller_and_the_team_goes_on()
    {
        using WorkTeam team = new(2);
        Assert.Throws<InvalidOperationException>(() => team.Run(new Failing()));
        Counting work = new(10, 2);
        team.Run(work);
        Assert.All(work.Done, count => Assert.Equal(1, count));
    }

    private sealed class Counting(int parts, int size) : IWork
    {
        public int Begin(int worker) => parts * worker / size;

        public int[] Done { get; } = new int[parts];

        public int Strangers;

        public void Run(int part, int worker)
        {
            Interlocked.Increment(ref Done[part]);
            if (worker < 0 || worker >= size)
            {
                Interlocked.Increment(ref Strangers);
            }
        }
    }

    private sealed class Meeting : IWork
    {
        private readonly Barrier barrier = new(2);

        public bool Met { get; private set; }

        public int Begin(int worker) => worker;

        public void Run(int part, int worker) => Met = barrier.SignalAndWait(TimeSpan.FromSeconds(30));
    }

    private sealed class Failing : IWork
    {
        public int Begin(int worker) => 2 * worker;

        public void Run(int part, int worker)
        {
            if (part == 2)
            {
                throw new InvalidOperationException("part 2");
            }
        }
    }
}
