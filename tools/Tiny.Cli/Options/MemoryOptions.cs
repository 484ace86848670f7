using System.CommandLine;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options that say how much of a data file is held in memory, and where the rest goes.</summary>
internal sealed class MemoryOptions
{
    private readonly Option<string> memory = new("--memory")
    {
        Description = "Inputs larger than this as float32 are streamed from a temporary file, in another order than from memory",
        HelpName = "SIZE",
        DefaultValueFactory = _ => $"{StorageOptions.Usual.MemoryBytes >> 20}M",
    };

    private readonly Option<string?> cache =
        new("--cache") { Description = "The folder of the temporary file. Default: the system's", HelpName = "FOLDER" };

    internal void AddTo(Command command)
    {
        command.Options.Add(memory);
        command.Options.Add(cache);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="usual">What rows may take unless an option says otherwise; null for the usual.</param>
    /// <exception cref="UsageException">The size is none.</exception>
    internal StorageOptions Read(ParseResult parsed, long? usual = null)
    {
        if (usual is long bytes && parsed.GetResult(memory) is not { Implicit: false })
        {
            return new StorageOptions(bytes, parsed.GetValue(cache) ?? StorageOptions.Usual.Folder);
        }

        string text = parsed.GetValue(memory)!;
        return Sizes.TryParse(text, out long size)
            ? new StorageOptions(size, parsed.GetValue(cache) ?? StorageOptions.Usual.Folder)
            : throw new UsageException($"--memory {text}: expected bytes, or a number with K, M or G such as 512M.");
    }
}
