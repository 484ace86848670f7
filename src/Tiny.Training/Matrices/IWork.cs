namespace Tiny.Training.Matrices;

/// <summary>Work that falls into parts which do not touch each other's results.</summary>
internal interface IWork
{
    /// <summary>The first part of a worker's share; for the team's size, how many parts there are.</summary>
    int Begin(int worker);

    /// <summary>Does one part.</summary>
    /// <param name="part">Which, from 0.</param>
    /// <param name="worker">Who does it, from 0 to the team's size; no two at once have the same number.</param>
    void Run(int part, int worker);
}
