using System.CommandLine;
using System.Globalization;
using Tiny.Training.Layers;

namespace Tiny.Cli.Options;

/// <summary>--shape: what the row of a table is.</summary>
internal sealed class ShapeOption
{
    private readonly Option<string?> shape = new("--shape")
    {
        Description = "The shape of a CSV row: 28x28x1 (height x width x channels of an image) or 128x3 (time x channels of a signal). "
            + "IDX images and recordings need none",
        HelpName = "HxWxC",
    };

    internal void AddTo(Command command) => command.Options.Add(shape);

    /// <summary>The shape; null where none is said.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal Shape? Read(ParseResult parsed)
    {
        if (parsed.GetValue(shape) is not string text)
        {
            return null;
        }

        int[] sizes = [.. text.Split('x')
            .Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0)];
        bool fits = sizes.Length is 2 or 3 && sizes.All(size => size is >= 1 and <= 65535)
            && sizes.Aggregate(1L, (product, size) => product * size) <= 65535;
        return !fits ? throw new UsageException(
            $"--shape {text}: expected HEIGHTxWIDTHxCHANNELS such as 28x28x1, or TIMExCHANNELS such as 128x3, at most 65,535 values in "
                + "all.")
            : sizes.Length == 3 ? new Shape(sizes[0], sizes[1], sizes[2])
            : new Shape(sizes[0], 1, sizes[1]);
    }

    /// <summary>Refuses the option for data that know their shape.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    internal void CheckNotFor(ParseResult parsed, string path, string what)
    {
        if (parsed.GetValue(shape) is not null)
        {
            throw new UsageException($"--shape is for the rows of a table, but {path} {what}.");
        }
    }
}
