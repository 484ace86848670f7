using System.Diagnostics;
using System.Text.Json;
using Tiny.Tests;

namespace Tiny.Cli.Tests;

/// <summary>
/// Runs the command in a process of its own, for tests of input on a pipe or of an environment; others run <see cref="InProcess"/>.
/// </summary>
internal static class TinyProcess
{
    internal static readonly string Gestures = Path.Combine(Repository.Root, "firmware-samples", "02-Gesture", "gestures.csv");

    internal static ProcessResult RunWithInput(string input, params string[] arguments) => Run(input, [], arguments);

    internal static ProcessResult Run(string? input, (string Name, string Value)[] environment, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tiny.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["COLUMNS"] = "100000"; // lines are whole, so that tests find what they look for
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProcessResult(process.ExitCode, output, errors.Result);
    }
}

internal sealed record ProcessResult(int ExitCode, string Output, string Errors)
{
    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>It failed in words, not with a stack trace, and printed no data.</summary>
    internal void FailedWith(int exitCode, params string[] words)
    {
        Assert.Empty(Output);
        FailedWithOutput(exitCode, words);
    }

    /// <summary>The same, but for what was printed before it failed.</summary>
    internal void FailedWithOutput(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}, expected {exitCode}: {Errors}");
        Assert.DoesNotContain("   at ", Errors);
        Assert.DoesNotContain("went wrong that should not", Errors);
        Assert.All(words, word => Assert.Contains(word, Errors));
    }
}
