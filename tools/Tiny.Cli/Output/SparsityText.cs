using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Training.Pruning;

namespace Tiny.Cli.Output;

/// <summary>What pruning has left, in words.</summary>
internal static class SparsityText
{
    private const int MostNamed = 12;
    private const double MostLeft = 0.75;

    /// <summary>Such as "2,509 of 50,176 (5 %)"; "all" of a layer without a weight of 0, "-" of one without weights.</summary>
    internal static string Left(Layer layer) => InputUse.LeftOf(layer) is not (long left, long all) ? "-"
        : left == all ? "all"
        : string.Create(CultureInfo.InvariantCulture, $"{Format.Count(left)} of {Format.Count(all)} ({100.0 * left / all:0.#} %)");

    /// <summary>Whether a layer has lost weights; rounding to int8 alone takes some of any.</summary>
    internal static bool IsSparse(Network network) =>
        ModelText.Layers(network).Any(layer => InputUse.LeftOf(layer) is (long left, long all) && left < MostLeft * all);

    /// <summary>Which inputs nothing reads, in words; null if all are read.</summary>
    internal static string? Inputs(Network network)
    {
        int[] unread = InputUse.Unread(network);
        if (unread.Length == 0 || !IsSparse(network))
        {
            return null;
        }

        string which = unread.Length <= MostNamed
            ? $": {string.Join(", ", unread.Select(input => Format.Count(input)))}, counted from 0" : "";
        return $"{Format.Count(network.Inputs - unread.Length)} "
            + $"of {Format.Count(network.Inputs)}; nothing reads the others, so a device need not measure them{which}";
    }

    /// <summary>Adds to an object what is left of a layer.</summary>
    internal static void AddTo(JsonObject figures, Layer layer)
    {
        if (InputUse.LeftOf(layer) is (long left, long all))
        {
            figures["weights_left"] = left;
            figures["weights_full"] = all;
        }
    }
}
