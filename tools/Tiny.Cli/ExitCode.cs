namespace Tiny.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>The data, the model or the machine did not allow it.</summary>
    internal const int Failed = 1;

    /// <summary>The command line makes no sense.</summary>
    internal const int Usage = 2;

    /// <summary>It was done, but a threshold was missed.</summary>
    internal const int ThresholdMissed = 3;

    /// <summary>Interrupted, as shells report it.</summary>
    internal const int Interrupted = 130;
}
