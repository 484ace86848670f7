using System.Diagnostics;
using System.Globalization;
using Mono.Cecil;

namespace Tiny.Emulator.Testing;

/// <summary>
/// Runs a test assembly in nanoFramework's own PC emulator, or in the interpreter's posix build, where it is installed: nanoclr from PATH
/// or TINY_NANOCLR, the metadata processor from TINY_METADATA_PROCESSOR, and the framework's .pe files from TINY_NANO_ASSEMBLIES.
/// </summary>
public static class NanoClr
{
    /// <summary>The launcher prints this when it has come to its end; without it a run counts for nothing.</summary>
    public const string EndMark = "Done.";

    private const string Emulator = "TINY_NANOCLR";
    private const string Processor = "TINY_METADATA_PROCESSOR";
    private const string Assemblies = "TINY_NANO_ASSEMBLIES";

    /// <summary>Converts the program's own assemblies and runs them.</summary>
    /// <exception cref="EmulatorException">Something is not installed, failed, or did not come to its end.</exception>
    public static (IReadOnlyList<TestResult> Results, string Log) Run(DeviceProgram program)
    {
        string emulator = Find(Emulator, "nanoclr", "nanoFramework's PC emulator: dotnet tool install -g nanoclr");
        string processor = Find(
            Processor, "nanoFramework.Tools.MetaDataProcessor.exe", "the metadata processor of nanoFramework's Visual Studio extension");
        string framework = Environment.GetEnvironmentVariable(Assemblies) is { Length: > 0 } folder && Directory.Exists(folder)
            ? folder
            : throw new EmulatorException(
            $"{Assemblies} names no folder; it must hold mscorlib.pe, nanoFramework.TestFramework.pe and UnitTestLauncher.pe.");
        string work = Directory.CreateTempSubdirectory("tiny-nanoclr-").FullName;
        try
        {
            List<string> images = [.. Directory.EnumerateFiles(framework, "*.pe").Order(StringComparer.Ordinal)];
            foreach (AssemblyDefinition assembly in program.Own.Reverse())
            {
                string image = Path.Combine(work, assembly.Name.Name + ".pe");
                Start(processor, ["-loadHints", "mscorlib", Path.Combine(DeviceProgram.LibraryFolder, "mscorlib.dll"), "-parse",
                    assembly.MainModule.FileName, "-compile", image, "false"]);
                images.Add(image);
            }

            return Launch(emulator, images);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Reads the launcher's lines: three fields each, then the end mark.</summary>
    /// <exception cref="EmulatorException">The end mark is missing: an uncaught exception in the
    /// PC emulator prints nothing and exits with 0.</exception>
    public static IReadOnlyList<TestResult> Parse(string log)
    {
        List<TestResult> results = [];
        bool ended = false;
        foreach (string line in log.ReplaceLineEndings("\n").Split('\n'))
        {
            string[] fields = line.Trim().Split(',', 3);
            ended |= line.Trim() == EndMark;
            TestOutcome? outcome = fields[0] switch
            {
                "Test passed" => TestOutcome.Passed,
                "Test failed" => TestOutcome.Failed,
                "Test skipped" => TestOutcome.Skipped,
                _ => null,
            };
            if (outcome is TestOutcome known && fields.Length == 3)
            {
                bool passed = known == TestOutcome.Passed;
                long ticks = passed && long.TryParse(fields[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
                    ? value : 0;
                results.Add(new TestResult(fields[1], known, passed ? "" : fields[2], ticks, 0, 0));
            }
        }

        return ended
            ? results
            : throw new EmulatorException(
            $"The run printed {results.Count} results but never \"{EndMark}\": it died on the way, and counts for nothing.");
    }

    /// <summary>
    /// nanoFramework's tool has a command run; the posix build of the interpreter takes the assemblies alone. What does not
    /// say to --help that it is the tool is taken for the build, and for the tool where that fails.
    /// </summary>
    private static (IReadOnlyList<TestResult> Results, string Log) Launch(string emulator, List<string> images)
    {
        string[] tool = ["run", "--assemblies", .. images];
        if (Output(emulator, ["--help"]).Output.Contains("--assemblies", StringComparison.Ordinal))
        {
            return Read(Start(emulator, tool));
        }

        try
        {
            return Read(Start(emulator, [.. images]));
        }
        catch (EmulatorException)
        {
            (int code, string log) = Output(emulator, tool);
            if (code != 0 || !log.Contains(EndMark, StringComparison.Ordinal))
            {
                throw;
            }

            return Read(log);
        }

        static (IReadOnlyList<TestResult> Results, string Log) Read(string log) => (Parse(log), log);
    }

    private static string Find(string variable, string command, string what)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new EmulatorException($"{variable} names {named}, which does not exist.");
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { Path.Combine(folder, command), Path.Combine(folder, command + ".exe") })
            .FirstOrDefault(File.Exists)
            ?? throw new EmulatorException($"{command} is neither on PATH nor named by {variable}. Install {what}.");
    }

    private static string Start(string command, string[] arguments)
    {
        (int code, string output) = Output(command, arguments);
        return code == 0 ? output : throw new EmulatorException($"{command} failed with {code}: {output}");
    }

    private static (int Code, string Output) Output(string command, string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new EmulatorException($"{command} could not be started.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : errors.Result + output);
    }
}
