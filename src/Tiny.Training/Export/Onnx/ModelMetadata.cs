using System.Globalization;
using System.Text.Json;
using Tiny.Core;
using Tiny.Core.Losses;
using Tiny.Features;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>What an ONNX file says of a model besides its graph, as metadata_props: keys that begin with "tiny.".</summary>
internal sealed record ModelMetadata
{
    private const string Prefix = "tiny.";
    private const string Table = "table";

    /// <summary>Classes or values; null where nobody says.</summary>
    internal NetworkTask? Task { get; init; }

    /// <summary>What learning minimizes; null where nobody says.</summary>
    internal Loss? Loss { get; init; }

    /// <summary>Names of classes or outputs, in their order.</summary>
    internal IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The checksum of the names of the training columns; 0 for none.</summary>
    internal int Columns { get; init; }

    /// <summary>The description of the features; empty for none.</summary>
    internal byte[] Features { get; init; } = [];

    /// <summary>How often the model was saved anew.</summary>
    internal int Generation { get; init; }

    /// <summary>Height, width and channels of a row; null for a vector.</summary>
    internal Shape? Shape { get; init; }

    /// <summary>Whether recurrent layers read their gates from the core's table.</summary>
    internal bool HasTable { get; init; }

    /// <summary>Of the metadata of a file. What is malformed there counts as not said.</summary>
    internal static ModelMetadata Of(IReadOnlyDictionary<string, string> entries)
    {
        return new ModelMetadata
        {
            Task = Enum.TryParse(Text("task"), out NetworkTask task) && Enum.IsDefined(task) ? task : null,
            Loss = Enum.TryParse(Text("loss"), out Loss loss) && Enum.IsDefined(loss) ? loss : null,
            Names = NamesOf(Text("names")),
            Columns = int.TryParse(Text("columns"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
                && columns <= ushort.MaxValue ? columns : 0,
            Features = BytesOf(Text("features")),
            Generation = int.TryParse(Text("generation"), NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
                ? generation : 0,
            Shape = ShapeOf(Text("shape")),
            HasTable = Text("gates") == Table,
        };

        string Text(string key) => entries.GetValueOrDefault(Prefix + key, "");
    }

    /// <summary>The metadata as a file has it.</summary>
    internal IEnumerable<(string Key, string Value)> Entries()
    {
        yield return (Prefix + "task", $"{Task}");
        yield return (Prefix + "loss", $"{Loss}");
        if (Names.Count > 0)
        {
            yield return (Prefix + "names", JsonSerializer.Serialize(Names));
        }

        if (Columns != 0)
        {
            yield return (Prefix + "columns", Columns.ToString(CultureInfo.InvariantCulture));
        }

        if (Features.Length > 0)
        {
            yield return (Prefix + "features", Convert.ToBase64String(Features));
        }

        if (Generation != 0)
        {
            yield return (Prefix + "generation", Generation.ToString(CultureInfo.InvariantCulture));
        }

        if (HasTable)
        {
            yield return (Prefix + "gates", Table);
        }

        if (Shape is Shape shape)
        {
            yield return (Prefix + "shape", string.Create(CultureInfo.InvariantCulture, $"{shape.Height}x{shape.Width}x{shape.Channels}"));
        }
    }

    /// <summary>The description of the features, if it is one and goes with so many inputs; else none.</summary>
    internal byte[] FeaturesFor(Shape shape)
    {
        try
        {
            return Features.Length > 0 && FeatureDescription.FromBytes(Features).Count == shape.Values ? Features : [];
        }
        catch (FeatureException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> NamesOf(string json)
    {
        try
        {
            return json.Length == 0 ? [] : JsonSerializer.Deserialize<string[]>(json) is { } names && !names.Contains(null) ? names : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static Shape? ShapeOf(string text)
    {
        int[] sizes = [.. text.Split('x').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= ushort.MaxValue
            ? size : 0)];
        return sizes.Length == 3 && !sizes.Contains(0) ? new Shape(sizes[0], sizes[1], sizes[2]) : null;
    }

    private static byte[] BytesOf(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int count) && count % 4 == 0 ? bytes[..count] : [];
    }
}
