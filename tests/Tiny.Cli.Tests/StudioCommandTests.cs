namespace Tiny.Cli.Tests;

public sealed class StudioCommandTests : WorkFolder
{
    [Fact]
    public void It_prints_its_address_and_ends_when_nobody_looks()
    {
        ProcessResult studio = InProcess.Run("studio", At("new"), "--no-browser", "--idle", "0.05");
        Assert.Equal(0, studio.ExitCode);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}\s*$", studio.Output);
        Assert.True(Directory.Exists(At("new")));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_refused_in_words()
    {
        string file = Write("file.csv", "x,y\n1,2\n");
        InProcess.Run("studio", file, "--no-browser", "--idle", "0.05").FailedWith(1, "is no folder");
        InProcess.Run("studio", At("no/such/folder"), "--no-browser", "--idle", "0.05").FailedWith(1, "there is no folder");
        InProcess.Run("studio", At("new"), "--no-browser", "--idle", "-1").FailedWith(2, "--idle");
    }
}
