using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Training;

/// <summary>
/// A file from which an interrupted run goes on to the same final weights, bit for bit. It is replaced
/// whole, at most once a second. The run it belongs to is written in words at its head, so that no other
/// takes it for its own; while a run is at work with it, no other gets it.
/// </summary>
/// <param name="path">The file.</param>
/// <example>
/// <code>
/// using Trainer trainer = new(data.Schema, rows, new TrainingOptions());
/// using Checkpoint checkpoint = new("run.checkpoint");       // the next run goes on from it
/// TrainingResult result = trainer.Run(checkpoint: checkpoint);
/// </code>
/// </example>
public sealed class Checkpoint(string path) : IDisposable
{
    private const string Magic = "Tiny checkpoint ";
    private const int Version = 3; // from 3 on the head knows the rows themselves
    private const int MostMagic = 30;

    private FileLock? claim;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Whether there is one to go on from.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Claims the file for this run, until it is disposed of or the process ends.</summary>
    /// <exception cref="DataException">Another run is at work with it, or the folder cannot be written to.</exception>
    public void Claim()
    {
        try
        {
            claim ??= FileLock.TryTake(FilePath.Target(Path) + ".lock")
                ?? throw new DataException($"{Path}: another run is at work with this checkpoint. Wait for it, or name another file.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{Path}.lock, which keeps other runs from this checkpoint, cannot be "
                + $"written: {FileFault.Reason(error)}.", error);
        }
    }

    /// <summary>Claims it for as long as what is returned is not disposed of; null where it is claimed already.</summary>
    /// <exception cref="DataException">Another run is at work with it.</exception>
    internal IDisposable? ClaimForNow()
    {
        if (claim is not null)
        {
            return null;
        }

        Claim();
        return this;
    }

    /// <summary>Removes it: the run's work is done.</summary>
    /// <exception cref="IOException">It cannot be deleted, or its links go round in a circle.</exception>
    public void Delete() => File.Delete(FilePath.Target(Path));

    /// <summary>Lets other runs have the file.</summary>
    public void Dispose()
    {
        claim?.Dispose();
        claim = null;
    }

    /// <summary>Writes the state of a run.</summary>
    /// <param name="description">The run in words, a line for each thing that its result depends on.</param>
    /// <param name="state">What has been learned so far.</param>
    /// <param name="seconds">Seconds spent so far.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal void Save(string description, TrainingState state, double seconds)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Magic}{Version}\n")));
        writer.Write(description);
        state.Write(writer, seconds);
        writer.Flush();
        writer.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        writer.Flush();
        try
        {
            AtomicFile.Write(Path, bytes.WriteTo);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{Path}: the checkpoint cannot be written: {FileFault.Reason(error)}.", error);
        }
    }

    /// <summary>Takes over the state of the run that wrote the file.</summary>
    /// <exception cref="DataException">The file is no checkpoint, damaged, of another version or of another run.</exception>
    internal void Load(string description, TrainingState state)
    {
        byte[] bytes;
        try
        {
            bytes = InputFile.ReadAll(Path, int.MaxValue);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{Path}: the checkpoint cannot be read: {FileFault.Reason(error)}.", error);
        }

        int magic = CheckVersion(bytes);
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < magic || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new DataException($"{Path}: the checkpoint is damaged: "
                + $"its {bytes.Length} bytes do not match their checksum. Delete it to start anew.");
        }

        using BinaryReader reader = new(new MemoryStream(bytes, magic, end - magic), Encoding.UTF8);
        try
        {
            CheckSame(reader.ReadString(), description);
            state.Read(reader);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DataException($"{Path}: the checkpoint is damaged: {error.Message}. Delete it to start anew.", error);
        }
    }

    /// <returns>The bytes of the line that says what the file is.</returns>
    private int CheckVersion(byte[] bytes)
    {
        string start = Encoding.ASCII.GetString(bytes.AsSpan(0, Math.Min(MostMagic, bytes.Length)));
        int end = start.IndexOf('\n');
        if (end < 0 || !start.StartsWith(Magic, StringComparison.Ordinal)
            || !int.TryParse(start.AsSpan(Magic.Length, end - Magic.Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out int version))
        {
            throw new DataException($"{Path}: byte 0: this is no checkpoint of this version or another. Name another file.");
        }

        return version == Version
            ? end + 1
            : throw new DataException(
                $"{Path}: byte {Magic.Length}: this is no checkpoint of this version: found {version}, expected {Version}; "
                + $"{(version < Version ? "an earlier tiny wrote it, without the data it belongs to" : "a later tiny wrote it")}. Delete "
                + "it to start anew.");
    }

    private void CheckSame(string found, string expected)
    {
        string[] theirs = found.Split('\n');
        string[] ours = expected.Split('\n');
        for (int i = 0; i < Math.Max(theirs.Length, ours.Length); i++)
        {
            string their = i < theirs.Length ? theirs[i] : "nothing more";
            string our = i < ours.Length ? ours[i] : "nothing more";
            if (their != our)
            {
                throw new DataException(
                    $"{Path}: this is the checkpoint of another run: there "
                        + $"\"{their}\", here \"{our}\". Run it with the same data and options, or delete it to start anew.");
            }
        }
    }
}
