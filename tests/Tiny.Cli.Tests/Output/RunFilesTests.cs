using System.Diagnostics;
using System.Security.Cryptography;

namespace Tiny.Cli.Tests.Output;

/// <summary>No run writes over what it reads, or over what it writes under another option, however the file is named.</summary>
public sealed class RunFilesTests : WorkFolder
{
    private const string Rows = "a,b,label\n1,2,x\n2,3,y\n3,1,x\n4,4,y\n5,1,x\n6,7,y\n";

    public RunFilesTests()
    {
        Write("d.csv", Rows);
        Write("t.csv", Rows);
        File.WriteAllBytes(At("images"), [0, 0, 8, 2, 0, 0, 0, 4, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllBytes(At("labels"), [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]);
        Write("s.json", """{ "data": "d.csv", "options": ["--test", "t.csv"], "space": { "layers": ["2"], "epochs": [1] } }""");
        Write("h.csv", "epoch,epochs,loss,held_back_loss,seconds\n1,1,0.5,,0.1\n");
        Write("recorded.csv", "file,x,y,z\nr,1,2,3\n");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "programs", "Program.dll"), At("Program.dll"));
        Assert.Equal(0, InProcess.Run("train", At("d.csv"), "--epochs", "1", "--out", At("m.tiny")).ExitCode);
        Directory.CreateDirectory(At("board/I"));
        File.WriteAllText(At("board/I/notes.txt"), "1");
        Directory.CreateDirectory(At("begun"));
        Directory.CreateDirectory(At("recordings/more"));
        File.WriteAllText(At("recordings/monday.csv"), "x,y,label\n1,2,rest\n");
        File.WriteAllText(At("recordings/more/tuesday.txt"), "x,y,label\n1,2,shake\n");
        File.WriteAllText(At("begun/results.csv"), Rows);
    }

    [Theory]
    [InlineData("train d.csv --out d.csv", "--out", "DATA")]
    [InlineData("train d.csv --out n.tiny --history d.csv", "--history", "DATA")]
    [InlineData("train d.csv --out n.tiny --report d.csv", "--report", "DATA")]
    [InlineData("train d.csv --out n.tiny --checkpoint d.csv --resume", "--checkpoint", "DATA")]
    [InlineData("train d.csv --test t.csv --out t.csv", "--out", "--test")]
    [InlineData("train d.csv --test t.csv --out n.tiny --report t.csv", "--report", "--test")]
    [InlineData("train images --labels labels --out labels", "--out", "--labels")]
    [InlineData("train images --labels labels --test images --test-labels labels --out n.tiny --history labels", "--history", "--labels")]
    [InlineData("train d.csv --out n.tiny --report n.tiny", "--report", "--out")]
    [InlineData("train d.csv --out n.tiny --history N.TINY", "--history", "--out")]
    [InlineData("train d.csv --out n.tiny --checkpoint n.tiny", "--checkpoint", "--out")]
    [InlineData("train d.csv --out n.tiny --history n.tiny.json", "--history", "the training record of --out")]
    [InlineData("train d.csv --out n.tiny --history n.html --report n.html", "--history", "--report")]
    [InlineData("quantize m.tiny --data d.csv --out d.csv", "--out", "--data")]
    [InlineData("quantize m.tiny --data d.csv --out m.tiny", "--out", "MODEL")]
    [InlineData("average m.tiny m.tiny --out m.tiny", "--out", "MODELS")]
    [InlineData("report m.tiny d.csv --out d.csv", "--out", "DATA")]
    [InlineData("report m.tiny d.csv --out m.tiny", "--out", "MODEL")]
    [InlineData("report m.tiny d.csv --history h.csv --out h.csv", "--out", "--history")]
    [InlineData("report m.tiny images --labels labels --out labels", "--out", "--labels")]
    [InlineData("report m.tiny d.csv --out m.tiny.json", "--out", "the training record of MODEL")]
    [InlineData("capture d.csv --label x --out d.csv", "--out", "SOURCE")]
    [InlineData("sweep s.json --pick s.json", "--pick", "FILE")]
    [InlineData("sweep s.json --pick d.csv", "--pick", "DATA")]
    [InlineData("sweep s.json --pick t.csv", "--pick", "--test")]
    [InlineData("sweep s.json --dir begun --pick begun/results.csv", "--dir", "--pick")]
    [InlineData("train recordings --label label --out recordings/monday.csv", "--out", "DATA")]
    [InlineData("train recordings --label label --out n.tiny --history recordings/more/tuesday.txt", "--history", "DATA")]
    [InlineData("emulate Program.dll --serial Program.dll", "--serial", "ASSEMBLY")]
    [InlineData("emulate Program.dll --accelerometer recorded.csv --serial recorded.csv", "--serial", "--accelerometer")]
    [InlineData("emulate Program.dll --files board --serial board/I/notes.txt", "--files", "--serial")]
    [InlineData("emulate Program.dll --files board --accelerometer board/I/notes.txt", "--files", "--accelerometer")]
    public void An_output_is_no_other_file_of_the_run(string command, string option, string other)
    {
        Dictionary<string, string> before = Sums();
        foreach (Func<string, string> spelling in Spellings())
        {
            string[] words = command.Split(' ');
            int at = Array.LastIndexOf(words, option.StartsWith("--", StringComparison.Ordinal) ? option : words[^2]);
            string[] arguments = [.. words.Select((word, i) => i == at + 1 ? spelling(word) : IsFile(word) ? At(word) : word)];
            ProcessResult result = InProcess.Run(arguments);
            result.FailedWith(2, option + " ", other + " ");
            Assert.Single(result.Errors.TrimEnd().Split('\n'));
            Assert.Equal(before, Sums());
        }
    }

    [Fact]
    public void A_file_of_the_folder_that_source_is_exported_to_is_replaced_only_if_tiny_wrote_it()
    {
        string mine = Write("M.cs", "public class M { } // my own");
        InProcess.Run("export", At("m.tiny"), "--out", Path.GetDirectoryName(mine)!).FailedWith(1, "M.cs: is there already", "--class");
        Assert.Equal("public class M { } // my own", File.ReadAllText(mine));
        File.Delete(mine);
        Assert.Equal(0, InProcess.Run("export", At("m.tiny"), "--out", Path.GetDirectoryName(mine)!).ExitCode);
        Assert.Equal(0, InProcess.Run("export", At("m.tiny"), "--format", "bytes", "--out", Path.GetDirectoryName(mine)!).ExitCode);
        InProcess.Run("export", At("m.tiny"), "--format", "bytes", "--class", "../M", "--out", At("board"))
            .FailedWith(2, "is no name in C#");
    }

    [Fact]
    public void A_sweep_begins_in_no_folder_that_holds_such_files_already()
    {
        InProcess.Run("sweep", At("s.json"), "--dir", At("begun"), "--jobs", "1").FailedWith(1, "results.csv: is there already", "--dir");
        Assert.Equal(Rows, File.ReadAllText(At("begun/results.csv")));
        Assert.Single(Directory.EnumerateFileSystemEntries(At("begun")));
    }

    [UnixFact]
    public void What_takes_any_number_of_writers_may_be_named_again_and_again()
    {
        Assert.Equal(0, InProcess.Run(
            "train", At("d.csv"), "--epochs", "1", "--out", "/dev/null", "--history", "/dev/null", "--report", "/dev/null").ExitCode);
        InProcess.Run("train", At("d.csv"), "--out", At("n.tiny"), "--checkpoint", "/dev/null")
            .FailedWith(1, "/dev/null: is no ordinary file");
        InProcess.Run("capture", "/dev/null", "--label", "x", "--out", "/dev/null").FailedWith(1, "is no ordinary file");
    }

    [UnixFact]
    public void What_cannot_be_written_is_said_before_the_work()
    {
        foreach (string option in new[] { "--report", "--history", "--checkpoint" })
        {
            InProcess.Run("train", At("d.csv"), "--out", At("n.tiny"), option, At("board"))
                .FailedWith(1, $"is a folder. Name a file for {option}.");
            InProcess.Run("train", At("d.csv"), "--out", At("n.tiny"), option, At("no/file"))
                .FailedWith(1, "does not exist. Make it first.");
        }

        Assert.False(File.Exists(At("n.tiny")));
    }

    /// <summary>Ways to name a file: as it is, by a way round, by links of both kinds.</summary>
    private IEnumerable<Func<string, string>> Spellings()
    {
        yield return At;
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return name => At("./board/../" + name);
        yield return name => Path.GetRelativePath(Environment.CurrentDirectory, At(name));
        yield return name => Linked(name, (link, file) => File.CreateSymbolicLink(link, file));
        yield return name => File.Exists(At(name))
            ? Linked(name, (link, file) => Process.Start("ln", [file, link]).WaitForExit()) : At(name);
    }

    private string Linked(string name, Action<string, string> make)
    {
        string link = At("links/link");
        Directory.CreateDirectory(At("links"));
        File.Delete(link);
        make(link, At(name));
        return link;
    }

    private bool IsFile(string word) => word.Length > 0 && (File.Exists(At(word)) || Directory.Exists(At(word)) || word.Contains('.'));

    private Dictionary<string, string> Sums() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(At("d.csv"))!, "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/links/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
