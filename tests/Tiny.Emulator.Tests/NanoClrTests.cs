using Tiny.Emulator.Testing;

namespace Tiny.Emulator.Tests;

/// <summary>The launcher's protocol as nanoFramework's own emulator prints it.</summary>
public class NanoClrTests
{
    [Fact]
    public void Results_are_read_when_the_run_came_to_its_end()
    {
        IReadOnlyList<TestResult> results =
            NanoClr.Parse("Loading...\r\nTest passed,A.One,123\r\nTest failed,A.Two,why, and more\r\nTest "
            + "skipped,A.Three,later\r\nDone.\r\n");
        Assert.Equal([TestOutcome.Passed, TestOutcome.Failed, TestOutcome.Skipped], results.Select(r => r.Outcome));
        Assert.Equal(123, results[0].Instructions);
        Assert.Equal("why, and more", results[1].Message);
    }

    [Fact]
    public void A_run_without_its_end_mark_counts_for_nothing() =>
        Assert.Contains("1 results but never \"Done.\"",
        Assert.Throws<EmulatorException>(() => NanoClr.Parse("Test passed,A.One,123\n")).Message);
}
