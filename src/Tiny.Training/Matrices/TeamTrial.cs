namespace Tiny.Training.Matrices;

/// <summary>
/// Finds out whether a team is quicker than its first worker alone, by timing steps of the work itself, some each way by turns, now and
/// again: that hangs on the machine, on what else it does, and on how far the compiler has come. What is computed does not depend on it.
/// </summary>
/// <param name="team">The team, which is told.</param>
/// <param name="clock">Tells the time, in any unit.</param>
internal sealed class TeamTrial(WorkTeam team, Func<long> clock)
{
    private const int Turn = 6;      // steps one way
    private const int Turns = 4;     // of a trial: two each way
    private const int FirstPause = 32;
    private const int LongestPause = 2048;

    private readonly long[] ticks = new long[2]; // of the team, and of one alone
    private int pause = FirstPause;
    private int steps = -FirstPause / 2; // of the trial; below 0, steps until it begins
    private long start;
    private bool isAlone;

    /// <summary>A step begins.</summary>
    internal void Begin()
    {
        if (team.Size > 1)
        {
            team.IsAlone = steps < 0 ? isAlone : steps / Turn % 2 == 1;
            start = clock();
        }
    }

    /// <summary>A step has ended.</summary>
    internal void End()
    {
        if (team.Size == 1)
        {
            return;
        }

        // The first step of a turn wakes the helpers.
        if (steps >= 0 && steps % Turn != 0)
        {
            ticks[team.IsAlone ? 1 : 0] += clock() - start;
        }

        steps++;
        if (steps == Turn * Turns)
        {
            isAlone = ticks[1] <= ticks[0];
            Array.Clear(ticks);
            steps = -pause;
            pause = Math.Min(4 * pause, LongestPause);
        }
    }
}
