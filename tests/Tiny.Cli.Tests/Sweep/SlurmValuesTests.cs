using System.Diagnostics;
using Tiny.Cli.Sweep;

namespace Tiny.Cli.Tests.Sweep;

public class SlurmValuesTests
{
    [Theory]
    [InlineData("short", true)]
    [InlineData("short,long_2,gpu-a100.x", true)]
    [InlineData("", false)]
    [InlineData("short\n#SBATCH --uid=0", false)]
    [InlineData("short\r", false)]
    [InlineData("short\n", false)]
    [InlineData("short --uid=0", false)]
    [InlineData("--uid=0", false)]
    [InlineData("a,,b", false)]
    [InlineData("$HOME", false)]
    [InlineData("\"short\"", false)]
    public void Partitions(string text, bool fits) => Assert.Equal(fits, SlurmValues.FaultOfPartition(text) is null);

    [Theory]
    [InlineData("30", true)]
    [InlineData("0", true)]
    [InlineData("30:15", true)]
    [InlineData("2:30:15", true)]
    [InlineData("1-0", true)]
    [InlineData("1-12:30", true)]
    [InlineData("1-12:30:59", true)]
    [InlineData("", false)]
    [InlineData("30m", false)]
    [InlineData("1h", false)]
    [InlineData("1:2:3:4", false)]
    [InlineData("-5", false)]
    [InlineData("1.5", false)]
    [InlineData("30\n", false)]
    [InlineData("nan", false)]
    public void Times(string text, bool fits) => Assert.Equal(fits, SlurmValues.FaultOfTime(text) is null);

    [Theory]
    [InlineData("500", true)]
    [InlineData("500M", true)]
    [InlineData("2g", true)]
    [InlineData("", false)]
    [InlineData("2GB", false)]
    [InlineData("1.5G", false)]
    [InlineData("-1", false)]
    [InlineData("1e999", false)]
    [InlineData("2G\n#SBATCH --wrap=x", false)]
    public void Sizes_of_memory(string text, bool fits) => Assert.Equal(fits, SlurmValues.FaultOfMemory(text) is null);

    [Theory]
    [InlineData("/shared/my sweeps/100 % of \"it\"", true)]
    [InlineData("/shared/it's $HOME #1 `date`", true)]
    [InlineData("/shared/two\nlines", false)]
    [InlineData("/shared/back\\slash", false)]
    public void Folders(string path, bool fits) => Assert.Equal(fits, SlurmValues.FaultOfFolder(path) is null);

    [Fact]
    public void A_directive_holds_a_path_as_it_is() =>
        Assert.Equal("\"/a b/100%% \\\"x\\\"/%A_%a.log\"", SlurmValues.InDirective("/a b/100% \"x\"", "/%A_%a.log"));

    [Theory]
    [InlineData("/plain/path-1.x")]
    [InlineData("/a b/c")]
    [InlineData("it's \"that\"")]
    [InlineData("$HOME `date` $(date) \\ # & ; | < >")]
    [InlineData("")]
    public void A_shell_reads_a_word_as_it_was(string word)
    {
        using Process shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"printf %s {SlurmValues.InShell(word)}"]) { RedirectStandardOutput = true })!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
    }
}
