using System.Text.RegularExpressions;

namespace Tiny.Cli.Sweep;

/// <summary>
/// What Slurm takes as values (sbatch(1)). They are written into a script's directives, where a line break would begin
/// another directive; and a value that Slurm refuses is better refused here, before a sweep is begun.
/// </summary>
internal static partial class SlurmValues
{
    /// <summary>What is wrong with a name of partitions; null for nothing.</summary>
    internal static string? FaultOfPartition(string text) =>
        Partitions().IsMatch(text) ? null : "expected a partition, or several with commas between: letters, digits and _ . + @ -";

    /// <summary>What is wrong with a time limit; null for nothing.</summary>
    internal static string? FaultOfTime(string text) =>
        Time().IsMatch(text) ? null
        : "expected MINUTES, MINUTES:SECONDS, HOURS:MINUTES:SECONDS, DAYS-HOURS, DAYS-HOURS:MINUTES or DAYS-HOURS:MINUTES:SECONDS";

    /// <summary>What is wrong with a size of memory; null for nothing.</summary>
    internal static string? FaultOfMemory(string text) => Memory().IsMatch(text)
        ? null : "expected a whole number of megabytes, or one with K, M, G or T such as 500M";

    /// <summary>What is wrong with the folder that holds script and logs; null for nothing.</summary>
    internal static string? FaultOfFolder(string path) =>
        path.Any(char.IsControl) ? "its path holds a line break or another control character, which no directive of Slurm's can hold"
        : path.Contains('\\') ? "its path holds a backslash, with which Slurm would leave %A and %a in the names of logs as they are"
        : null;

    /// <summary>
    /// The name of a file as the value of a directive: in quotes, and each % of the folder doubled, as one begins a replacement.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">What follows it, with replacements such as %A.</param>
    internal static string InDirective(string folder, string pattern) => $"\"{folder.Replace("%", "%%").Replace("\"", "\\\"")}{pattern}\"";

    /// <summary>A word as a shell reads it as it is: in quotes if need be.</summary>
    internal static string InShell(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''")}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*(?:,[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*)*\z")]
    private static partial Regex Partitions();

    [GeneratedRegex(@"\A(?:[0-9]{1,8}(?::[0-9]{1,8}){0,2}|[0-9]{1,6}-[0-9]{1,4}(?::[0-9]{1,4}){0,2})\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[0-9]{1,12}[KMGTkmgt]?\z")]
    private static partial Regex Memory();

    [GeneratedRegex(@"\A[A-Za-z0-9_./:,=%@+-]+\z")]
    private static partial Regex Plain();
}
