using System.Text.Json;
using Tiny.Training.Data;

namespace Tiny.Cli.Sweep;

/// <summary>What the user asked of the scheduler, as a sweep's folder keeps it.</summary>
/// <param name="PerTask">Trials of a task.</param>
/// <param name="Partition">The partition; null for the cluster's usual.</param>
/// <param name="Time">The longest a task may take, as Slurm writes it.</param>
/// <param name="Memory">Memory of a task, as Slurm writes it.</param>
/// <param name="Throttle">The most tasks at a time.</param>
internal sealed record SlurmSettings(int PerTask, string? Partition, string? Time, string? Memory, int? Throttle)
{
    /// <summary>
    /// Reads a file that was written by <see cref="ToBytes"/>. Tasks are submitted by it, so it is checked as the command line is.
    /// </summary>
    /// <exception cref="DataException">It cannot be read, or holds what Slurm does not take.</exception>
    internal static SlurmSettings Read(string path)
    {
        try
        {
            SlurmSettings settings = JsonSerializer.Deserialize<SlurmSettings>(File.ReadAllBytes(path))
                ?? throw new JsonException("It holds null.");
            return settings.Fault() is string fault ? throw new DataException($"{path}: {fault}") : settings;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The settings as a file.</summary>
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    private string? Fault() =>
        PerTask < 1 ? $"PerTask is {PerTask}; expected 1 or more."
        : Throttle < 1 ? $"Throttle is {Throttle}; expected 1 or more."
        : Of("Partition", Partition, SlurmValues.FaultOfPartition)
        ?? Of("Time", Time, SlurmValues.FaultOfTime) ?? Of("Memory", Memory, SlurmValues.FaultOfMemory);

    private static string? Of(string name, string? value, Func<string, string?> faultOf) =>
        value is not null && faultOf(value) is string fault ? $"{name} is {JsonSerializer.Serialize(value)}: {fault}." : null;
}
