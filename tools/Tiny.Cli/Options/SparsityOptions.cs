using System.CommandLine;
using System.Globalization;
using Tiny.Training.Pruning;

namespace Tiny.Cli.Options;

/// <summary>The options that say how many weights training takes away.</summary>
internal sealed class SparsityOptions
{
    private const int Int8Block = 3; // that share a packed long

    private readonly Option<string?> sparsity = new("--sparsity")
    {
        Description = "Prune this share of the weights, such as 0.95: in all layers but a small last one, or a list with one share per "
            + "layer",
        HelpName = "SHARE[,SHARE..]",
    };

    private readonly Option<string> blocks = new("--sparsity-blocks")
    {
        Description = "Weights pruned together: 1, 3 (int8 multiplies three at once), or auto: by --weights",
        HelpName = "BLOCKS",
        DefaultValueFactory = _ => "auto",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(sparsity);
        command.Options.Add(blocks);
    }

    /// <summary>What training takes away; null for nothing.</summary>
    /// <exception cref="UsageException">A value is none.</exception>
    internal PruningOptions? Read(ParseResult parsed, bool int8)
    {
        string size = parsed.GetValue(blocks)!;
        int block = size switch
        {
            "auto" => int8 ? Int8Block : 1,
            "1" => 1,
            "3" => Int8Block,
            _ => throw new UsageException($"--sparsity-blocks {size}: expected auto, 1 or 3."),
        };
        if (parsed.GetValue(sparsity) is not string text)
        {
            return parsed.GetResult(blocks) is { Implicit: false }
                ? throw new UsageException("--sparsity-blocks goes with --sparsity.") : null;
        }

        float[] shares = [.. text.Split(',').Select(part => Share(text, part))];
        return shares.All(share => share == 0) ? null : new PruningOptions(shares, block);
    }

    private static float Share(string text, string part) =>
        float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float share)
        && share is >= 0 and <= PruningOptions.MostShare
            ? share
            : throw new UsageException(
            $"--sparsity {text}: \"{part}\" is no share; expected numbers from 0 to "
                + $"{PruningOptions.MostShare.ToString(CultureInfo.InvariantCulture)} such as 0.95, one for all layers or one for each.");
}
