using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Matrices;

/// <summary>Whether steps are shared follows the times that they take each way, and goes on following them.</summary>
public class TeamTrialTests
{
    [Theory]
    [InlineData(100, 90, true)]
    [InlineData(90, 100, false)]
    [InlineData(100, 100, true)]
    public void A_team_works_only_where_it_is_quicker_than_one(int together, int alone, bool expected)
    {
        using WorkTeam team = new(2);
        Assert.Equal(expected, AloneAtTheEnd(team, 200, _ => team.IsAlone ? alone : together));
    }

    [Fact]
    public void What_others_do_to_the_machine_is_noticed_later()
    {
        using WorkTeam team = new(2);
        Assert.True(AloneAtTheEnd(team, 12_000, step => team.IsAlone ? 90 : step < 3000 ? 60 : 100));
    }

    [Fact]
    public void One_alone_tries_nothing()
    {
        using WorkTeam one = new(1);
        Assert.False(AloneAtTheEnd(one, 500, _ => throw new InvalidOperationException("It was timed.")));
    }

    /// <summary>Goes through steps that take so long, and says how most of the last are done.</summary>
    private static bool AloneAtTheEnd(WorkTeam team, int steps, Func<int, int> time)
    {
        int step = 0;
        long now = 0;
        bool begins = true;
        TeamTrial trial = new(team, () =>
        {
            now += begins ? 0 : time(step);
            begins = !begins;
            return now;
        });
        int alone = 0;
        for (; step < steps; step++)
        {
            begins = true;
            trial.Begin();
            alone += step >= steps - 100 && team.IsAlone ? 1 : 0;
            trial.End();
        }

        return alone > 50;
    }
}
