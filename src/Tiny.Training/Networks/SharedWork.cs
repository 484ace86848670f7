using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>Work of equal parts that a team shares where it is worth it: each worker takes as many.</summary>
/// <param name="team">The threads.</param>
/// <param name="run">Does a part: its number, and that of the worker.</param>
internal sealed class SharedWork(WorkTeam team, Action<int, int> run) : IWork
{
    private int parts;

    /// <inheritdoc/>
    public int Begin(int worker) => (int)((long)parts * worker / team.Size);

    /// <inheritdoc/>
    public void Run(int part, int worker) => run(part, worker);

    /// <summary>Does so many parts that come to loading and storing so many floats, with little computed on the way.</summary>
    internal void RunMoves(int count, long floats) => Run(count, floats * Partition.MultiplyAddsOfMove);

    /// <summary>Does so many parts that come to so many multiply-adds.</summary>
    internal void Run(int count, long multiplyAdds)
    {
        if (multiplyAdds >= Partition.WorthSharing)
        {
            parts = count;
            team.Run(this);
            return;
        }

        for (int part = 0; part < count; part++)
        {
            run(part, 0);
        }
    }
}
