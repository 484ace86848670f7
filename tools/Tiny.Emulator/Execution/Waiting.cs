namespace Tiny.Emulator.Execution;

/// <summary>What a thread waits for.</summary>
/// <param name="what">In words, for a deadlock's report.</param>
/// <param name="until">Ticks of the machine's clock, <see cref="long.MaxValue"/> for ever.</param>
internal sealed class Waiting(string what, long until)
{
    internal string What { get; } = what;

    internal long Until { get; } = until;

    /// <summary>Waits for nothing but time.</summary>
    internal bool IsSleep => Try is null;

    /// <summary>Tries to get what is waited for.</summary>
    internal Func<bool>? Try { get; init; }

    /// <summary>Told that the time is over.</summary>
    internal Action? TimedOut { get; init; }
}
