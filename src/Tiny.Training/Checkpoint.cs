using System.Security.Cryptography;
using System.Text;
using Tiny.Training.Data;

namespace Tiny.Training;

/// <summary>
/// A file from which an interrupted run goes on to the same final weights, bit for bit. It is replaced whole, at most once a second. The
/// run it belongs to is written in words at its head, so that no other takes it for its own.
/// </summary>
/// <param name="path">The file.</param>
public sealed class Checkpoint(string path)
{
    private const string Magic = "Tiny checkpoint 2\n";

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Whether there is one to go on from.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Removes it: the run's work is done.</summary>
    public void Delete() => File.Delete(Path);

    /// <summary>Writes the state of a run.</summary>
    /// <param name="description">The run in words, a line for each thing that its result depends on.</param>
    /// <param name="state">What has been learnt so far.</param>
    /// <param name="seconds">Seconds spent so far.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal void Save(string description, TrainingState state, double seconds)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Encoding.UTF8.GetBytes(Magic));
        writer.Write(description);
        state.Write(writer, seconds);
        writer.Flush();
        writer.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        writer.Flush();
        try
        {
            AtomicFile.Write(Path, bytes.WriteTo);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Path}: the checkpoint cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Takes over the state of the run that wrote the file.</summary>
    /// <exception cref="DataException">The file is no checkpoint, damaged, or of another run.</exception>
    internal void Load(string description, TrainingState state)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Path}: the checkpoint cannot be read: {error.Message}", error);
        }

        byte[] magic = Encoding.UTF8.GetBytes(Magic);
        if (!bytes.AsSpan().StartsWith(magic))
        {
            throw new DataException($"{Path}: byte 0: this is no checkpoint of this version. Name another file, or delete it to start anew.");
        }

        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < magic.Length || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new DataException($"{Path}: the checkpoint is damaged: its {bytes.Length} bytes do not match their checksum. Delete it to start anew.");
        }

        using BinaryReader reader = new(new MemoryStream(bytes, magic.Length, end - magic.Length), Encoding.UTF8);
        CheckSame(reader.ReadString(), description);
        state.Read(reader);
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
                    $"{Path}: this is the checkpoint of another run: there \"{their}\", here \"{our}\". Run it with the same data and options, or delete it to start anew.");
            }
        }
    }
}
