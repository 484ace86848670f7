using Tiny.Emulator.Testing;

namespace Tiny.Emulator.Tests;

/// <summary>The command lines of both interpreters for the desk, on scripts that stand in for them.</summary>
public sealed class NanoClrRunTests : IDisposable
{
    private static readonly string[] Variables = ["TINY_NANOCLR", "TINY_METADATA_PROCESSOR", "TINY_NANO_ASSEMBLIES"];

    private readonly string folder = Directory.CreateTempSubdirectory("tiny-standin-").FullName;

    public NanoClrRunTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "pe"));
        File.WriteAllText(Path.Combine(folder, "pe", "mscorlib.pe"), "");
        Environment.SetEnvironmentVariable(Variables[1], Script("processor", "touch \"$7\"\n"));
        Environment.SetEnvironmentVariable(Variables[2], Path.Combine(folder, "pe"));
    }

    public void Dispose()
    {
        Array.ForEach(Variables, name => Environment.SetEnvironmentVariable(name, null));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("for a in \"$@\"; do case \"$a\" in *.pe) ;; *) echo \"$a: no such file\" >&2; exit 1;; esac; done")]
    [InlineData("if [ \"$1\" = --help ]; then echo 'run --assemblies FILES'; exit 0; fi; [ \"$1 $2\" = 'run --assemblies' ] || exit 2; "
        + "shift 2")]
    [InlineData("[ \"$1 $2\" = 'run --assemblies' ] || exit 2; shift 2")]
    public void The_posix_build_takes_assemblies_and_the_tool_its_command(string accepts)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the stand-ins are shell scripts
        }

        Environment.SetEnvironmentVariable(Variables[0], Script("nanoclr", accepts + "\necho \"Test passed,A.One,$#\"\necho Done.\n"));
        (IReadOnlyList<TestResult> results, _) = NanoClr.Run(Programs.NanoTests);
        TestResult result = Assert.Single(results);
        Assert.Equal(TestOutcome.Passed, result.Outcome);
        Assert.InRange(result.Instructions, 3, 20); // mscorlib, and what was converted
    }

    [Fact]
    public void What_neither_takes_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Environment.SetEnvironmentVariable(Variables[0], Script("nanoclr", "echo broken >&2\nexit 7\n"));
        Assert.Contains("failed with 7: broken", Assert.Throws<EmulatorException>(() => NanoClr.Run(Programs.NanoTests)).Message);
    }

    private string Script(string name, string body)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
