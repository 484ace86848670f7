using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Features;
using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>Reads model files.</summary>
internal static class ModelFile
{
    private const int MostBytes = 256 << 20; // a hundred times what any board holds

    /// <summary>Whether a file holds these bytes and nothing else.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    internal static bool IsSame(string path, byte[] blob)
    {
        try
        {
            return InputFile.ReadAll(path, MostBytes, "TINY"u8).AsSpan().SequenceEqual(blob);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be read: {FileFault.Reason(error)}.");
        }
    }

    /// <summary>The bytes of a model file and the network in them.</summary>
    /// <exception cref="ModelException">It cannot be read, or is no model.</exception>
    internal static (byte[] Blob, Network Network) Load(string path)
    {
        byte[] blob;
        try
        {
            blob = InputFile.ReadAll(path, MostBytes, "TINY"u8);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"{path}: no such file. Make a model with tiny train.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be read: {(Directory.Exists(path) ? "it is a folder" : FileFault.Reason(error))}.");
        }

        try
        {
            Network network = Network.FromBlob(blob);
            if (network.Notes.FeatureBytes > 0)
            {
                FeatureDescription.Of(network); // the core carries it unread
            }

            return (blob, network);
        }
        catch (Exception error) when (error is BlobException or FeatureException)
        {
            throw new ModelException($"{path}: {error.Message}");
        }
    }
}
