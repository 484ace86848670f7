namespace Tiny.Emulator.Testing;

/// <summary>How a device test ended.</summary>
public enum TestOutcome
{
    /// <summary>Nothing was thrown.</summary>
    Passed,

    /// <summary>Something was thrown.</summary>
    Failed,

    /// <summary>The test skipped itself.</summary>
    Skipped,
}
