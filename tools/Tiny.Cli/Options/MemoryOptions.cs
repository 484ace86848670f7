using System.CommandLine;
using System.Globalization;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options that say how much of a data file is held in memory, and where the rest goes.</summary>
internal sealed class MemoryOptions
{
    private static readonly Dictionary<char, int> Units = new() { ['k'] = 10, ['m'] = 20, ['g'] = 30 };

    private readonly Option<string> memory = new("--memory")
    {
        Description = "Inputs that take more than this as float32 are streamed from a temporary file, in chunks from all over it; rows are then in another order than in memory",
        HelpName = "SIZE",
        DefaultValueFactory = _ => $"{StorageOptions.Usual.MemoryBytes >> 20}M",
    };

    private readonly Option<string?> cache = new("--cache") { Description = "The folder of that file; default: the system's for temporary files", HelpName = "FOLDER" };

    internal void AddTo(Command command)
    {
        command.Options.Add(memory);
        command.Options.Add(cache);
    }

    /// <exception cref="UsageException">The size is none.</exception>
    internal StorageOptions Read(ParseResult parsed)
    {
        string text = parsed.GetValue(memory)!;
        int shift = text.Length > 0 ? Units.GetValueOrDefault(char.ToLowerInvariant(text[^1])) : 0;
        bool fits = long.TryParse(shift > 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && size <= long.MaxValue >> shift;
        return fits
            ? new StorageOptions(size << shift, parsed.GetValue(cache) ?? StorageOptions.Usual.Folder)
            : throw new UsageException($"--memory {text}: expected bytes, or a number with K, M or G such as 512M.");
    }
}
