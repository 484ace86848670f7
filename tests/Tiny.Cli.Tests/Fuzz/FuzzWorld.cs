using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tiny.Cli.Tests.Fuzz;

/// <summary>A folder with a file of each kind, command lines that take them, and a judge of what comes of a run.</summary>
internal sealed partial class FuzzWorld : IDisposable
{
    private const int MostFaults = 25;

    private static readonly TimeSpan Longest =
        TimeSpan.FromSeconds(90); // of a run that takes milliseconds, on a machine that has other work

    private readonly string folder = Directory.CreateTempSubdirectory("tiny-fuzz-").FullName;
    private readonly List<string> faults = [];
    private readonly HashSet<string> kinds = [];
    private int found;
    private readonly Dictionary<string, byte[]> inputs = [];

    internal FuzzWorld()
    {
        Directory.CreateDirectory(At("out"));
        Directory.CreateDirectory(At("folder"));
        Directory.CreateDirectory(At("pipes"));
        WriteData();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "programs", "Program.dll"), At("Program.dll"));
        Make("train", "d.csv", "--epochs", "2", "--layers", "3", "--out", "m.tiny");
        Make("train", "d.csv", "--epochs", "2", "--layers", "3", "--seed", "2", "--out", "n.tiny");
        Make("train", "v.csv", "--task", "regression", "--epochs", "2", "--layers", "3", "--out", "v.tiny", "--history", "h.csv");
        Make("train", "d.csv", "--epochs", "2", "--layers", "3", "--weights", "int8", "--max-loss", "1000", "--out", "m8.tiny");
        Make("train", "r.csv", "--group", "file", "--channels", "x,y", "--window", "8", "--hop", "4", "--rate", "50", "--epochs", "2",
            "--layers", "3", "--out", "w.tiny");
        Make("export", "m.tiny", "--format", "onnx", "--out", "m.onnx");
        Make("sign", "--new-key", "k.bin");
        Make("train", "images", "--labels", "labels", "--epochs", "2", "--layers", "3", "--out", "i.tiny");
        Assert.Equal(3, InProcess.Run(Located("train", "d.csv", "--epochs", "2", "--layers", "3", "--out", "out/m.tiny", "--checkpoint",
            "c.bin", "--min-accuracy", "1")).ExitCode);
        Make("sweep", "s.json", "--jobs", "1");
        Remember();
    }

    /// <summary>Runs so far.</summary>
    internal int Runs { get; private set; }

    /// <summary>The files that commands read, by name.</summary>
    internal IReadOnlyDictionary<string, byte[]> Inputs => inputs;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal string At(string name) => Path.Combine(folder, name);

    /// <summary>Words of a command line with the world's files where they are.</summary>
    internal string[] Located(params IEnumerable<string> words) =>
        [.. words.Select(word => FileName().IsMatch(word) || inputs.ContainsKey(word) || File.Exists(At(word)) ? At(word) : word)];

    /// <summary>Runs a command line that may change nothing but what is in "out", and judges it.</summary>
    internal void Run(params IReadOnlyList<string> arguments) => Run(arguments, []);

    /// <summary>Runs a command line and judges it.</summary>
    /// <param name="arguments">The words.</param>
    /// <param name="replaceable">Names of files that it may write.</param>
    internal void Run(IReadOnlyList<string> arguments, HashSet<string> replaceable)
    {
        Runs++;
        Task<ProcessResult> run = Task.Run(() => InProcess.Run([.. arguments]));
        if (!run.Wait(Longest))
        {
            Assert.Fail($"hangs: {Shown(arguments)}\nAfter {Runs} runs.{Faults()}");
        }

        ProcessResult result = run.Result;
        string said = result.Output + result.Errors;
        if (result.ExitCode is not (0 or 1 or 2 or 3 or 130))
        {
            Note(arguments, $"exit code {result.ExitCode}", said);
        }
        else if (said.Contains("something went wrong", StringComparison.Ordinal) || StackTrace().IsMatch(said))
        {
            Note(arguments, "went wrong", said);
        }
        else if (result.ExitCode != 0 && result.Errors.Length == 0)
        {
            Note(arguments, $"exit code {result.ExitCode} without a word", said);
        }
        else if (said.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            Note(arguments, "prints control characters", said);
        }

        CheckInputs(arguments, replaceable);
        Empty(At("out"));
        if (Directory.Exists(At("missing")))
        {
            Directory.Delete(At("missing"), recursive: true); // a folder to work in is made where there is none
        }

    }

    /// <summary>Fails with what was found.</summary>
    internal void NothingWasFound(int leastRuns)
    {
        Assert.True(found == 0, $"{found} of {Runs} runs; the first of each kind:{Faults()}");
        Assert.InRange(Runs, leastRuns, int.MaxValue);
    }

    private static void Empty(string folder)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                below.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private void Make(params string[] words)
    {
        ProcessResult result = InProcess.Run(Located(words));
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result.Errors}");
    }

    /// <summary>A file that a run may read has to be as it was; what it should not have written is a fault too.</summary>
    private void CheckInputs(IReadOnlyList<string> arguments, HashSet<string> replaceable)
    {
        foreach ((string name, byte[] bytes) in inputs)
        {
            if (!File.Exists(At(name)) || !File.ReadAllBytes(At(name)).AsSpan().SequenceEqual(bytes))
            {
                if (!replaceable.Contains(name))
                {
                    Note(arguments, $"changed {name}", "");
                }

                File.Delete(At(name));
                File.WriteAllBytes(At(name), bytes);
            }
        }

        foreach (string file in Directory.EnumerateFiles(folder).Where(file => !inputs.ContainsKey(Path.GetFileName(file))))
        {
            if (!replaceable.Contains(Path.GetFileName(file)))
            {
                Note(arguments, $"left {Path.GetFileName(file)}", "");
            }

            File.Delete(file);
        }
    }

    /// <summary>Keeps one fault of a kind: the same words about other values are not told again.</summary>
    private void Note(IReadOnlyList<string> arguments, string what, string said)
    {
        found++;
        string kind = arguments[0] + what
            + Varying().Replace(said[Math.Max(0, said.IndexOf("should not have", StringComparison.Ordinal))..], "").PadRight(60)[..60];
        if (kinds.Add(kind) && kinds.Count <= MostFaults)
        {
            faults.Add($"{Shown(arguments)}\n    {what}: {(said.Length > 600 ? said[..600] : said).Trim()}");
        }
    }

    private string Faults() => string.Concat(faults.Select(fault => "\n" + fault));

    private string Shown(IReadOnlyList<string> arguments) =>
        "tiny " + string.Join(' ', arguments.Select(word => word.Length is > 0 and < 200 && word.All(c => c > ' ' && c < 127)
        ? word : $"'{Uri.EscapeDataString(word.Length > 200 ? word[..200] : word)}'")).Replace(folder + "/", "", StringComparison.Ordinal);

    private void Remember()
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            inputs[Path.GetFileName(file)] = File.ReadAllBytes(file);
        }
    }

    private void WriteData()
    {
        Random random = new(11);
        StringBuilder classes = new("a,b,label\n");
        StringBuilder values = new("a,b,value\n");
        StringBuilder recordings = new("file,label,x,y\n");
        for (int i = 0; i < 24; i++)
        {
            double a = Math.Round(random.NextDouble(), 3);
            double b = Math.Round(random.NextDouble(), 3);
            classes.Append(CultureInfo.InvariantCulture, $"{a},{b},{(a > b ? "on" : "off")}\n");
            values.Append(CultureInfo.InvariantCulture, $"{a},{b},{Math.Round(a + b * b, 4)}\n");
        }

        for (int i = 0; i < 96; i++)
        {
            recordings.Append(CultureInfo.InvariantCulture,
                $"r{i / 16},{(i / 16 % 2 == 0 ? "rest" : "shake")},{random.Next(i / 16 % 2 == 0 ? 5 : 500)},{random.Next(50)}\n");
        }

        File.WriteAllText(At("d.csv"), classes.ToString());
        File.WriteAllText(At("v.csv"), values.ToString());
        File.WriteAllText(At("r.csv"), recordings.ToString());
        File.WriteAllText(At("recorded.csv"), "file,x,y,z\nr,1,2,3\nr,4,5,6\n");
        using (System.IO.Compression.GZipStream packed = new(File.Create(At("d.csv.gz")), System.IO.Compression.CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(classes.ToString()));
        }

        byte[] pixels = new byte[24 * 4];
        random.NextBytes(pixels);
        File.WriteAllBytes(At("images"), [0, 0, 8, 3, 0, 0, 0, 24, 0, 0, 0, 2, 0, 0, 0, 2, .. pixels]);
        File.WriteAllBytes(At("labels"), [0, 0, 8, 1, 0, 0, 0, 24, .. Enumerable.Range(0, 24).Select(i => (byte)(pixels[4 * i] / 100))]);
        File.WriteAllText(At("s.json"),
            """{ "data": "d.csv", "options": ["--test-every", "4"], "space": { "layers": ["2", "3"], "epochs": [2] } }""");
    }

    [GeneratedRegex(@"^(out/|[a-z0-9]+\.(csv|tiny|bin|json|gz|dll)$)", RegexOptions.IgnoreCase)]
    private static partial Regex FileName();

    [GeneratedRegex(@"[0-9]+|'[^']*'|""[^""]*""|/\S+")]
    private static partial Regex Varying();

    [GeneratedRegex(@"^   at \S+\(|--- End of|Exception: |System\.[A-Z]\w+Exception", RegexOptions.Multiline)]
    private static partial Regex StackTrace();
}
