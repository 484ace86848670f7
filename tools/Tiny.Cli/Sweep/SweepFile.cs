using System.Globalization;
using System.Text.Json;
using Tiny.Cli.Options;
using Tiny.Emulator.Boards;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli.Sweep;

/// <summary>Reads sweep.json (sweep.schema.json describes it); every fault names its line and key.</summary>
internal sealed class SweepFile
{
    private const int MostBytes = 16 << 20;

    private static readonly string[] Keys = ["$schema", "data", "options", "validation", "search", "trials", "seed", "repeats", "space", "halving", "constraints", "within"];
    private static readonly string[] SpaceKeys = ["layers", "activation", "optimizer", "lr", "schedule", "epochs", "batch", "l2", "dropout", "weights"];
    private static readonly string[] RangeKeys = ["layers", "lr", "epochs", "batch", "l2", "dropout"];
    private static readonly string[] WholeKeys = ["layers", "epochs", "batch"];

    // What each trial has a value of its own for.
    private static readonly string[] OwnOptions = ["--seed", "--out", "--json", "--threads", "--validation", "--report", "--history", "--checkpoint", "--resume"];

    // Their values are files, relative to the sweep file.
    private static readonly string[] FileOptions = ["--labels", "--test", "--test-labels"];

    private readonly string path;
    private readonly string folder;

    private SweepFile(string path, string folder)
    {
        this.path = path;
        this.folder = folder;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">What its paths are relative to; default: where it is.</param>
    /// <exception cref="UsageException">Something in it is wrong.</exception>
    /// <exception cref="DataException">It cannot be read.</exception>
    internal static (SweepPlan Plan, string Text) Read(string path, string? folder = null)
    {
        string text;
        try
        {
            text = InputFile.ReadText(path, MostBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {(error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message)}.", error);
        }

        return (new SweepFile(path, folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!).Plan(LocatedJson.Parse(path, text)), text);
    }

    private SweepPlan Plan(LocatedJson root)
    {
        Expect(root, "the file", JsonTokenType.StartObject);
        CheckKeys(root, "", Keys);
        LocatedJson data = Get(root, "data") ?? throw Fault(root.Line, "data", "is missing: name the data file.");
        Expect(data, "data", JsonTokenType.String);
        LocatedJson? named = Get(root, "search");
        Search search = named is null ? Search.Grid : Choice<Search>(named, "search");
        IReadOnlyList<Dimension> space = Space(Get(root, "space") ?? throw Fault(root.Line, "space", "is missing: say what to choose from, such as { \"layers\": [\"8\", \"16\"] }."), search);
        LocatedJson? trials = Get(root, "trials");
        if (search == Search.Grid && trials is not null)
        {
            throw Fault(trials.Line, "trials", "is for random and halving; a grid has as many as its space.");
        }

        if (search != Search.Grid && trials is null)
        {
            throw Fault(root.Line, "trials", "is missing: say how many configurations to draw.");
        }

        LocatedJson? halving = Get(root, "halving");
        if (halving is not null && search != Search.Halving)
        {
            throw Fault(halving.Line, "halving", "goes with \"search\": \"halving\".");
        }

        if (search == Search.Halving && space.FirstOrDefault(dimension => dimension.Option == "epochs") is Dimension epochs)
        {
            throw Fault(epochs.Line, "space.epochs", "halving sets the epochs itself: leave it out.");
        }

        return new SweepPlan(
            Path.Combine(folder, data.Text),
            Options(Get(root, "options"), [.. space.Select(dimension => dimension.Option), .. search == Search.Halving ? ["epochs"] : Array.Empty<string>()]),
            Number(root, "validation", 0.2, 0.01, 0.9),
            search,
            search == Search.Grid ? 0 : Whole(root, "trials", 1, 1, 10_000_000),
            Whole(root, "seed", 1, 0, int.MaxValue),
            Whole(root, "repeats", 1, 1, 1000),
            space,
            Halving(halving),
            ReadConstraints(Get(root, "constraints")),
            Number(root, "within", 0.005, 0, 1));
    }

    private List<string> Options(LocatedJson? options, string[] varied)
    {
        if (options is null)
        {
            return [];
        }

        Expect(options, "options", JsonTokenType.StartArray);
        foreach (LocatedJson item in options.Items)
        {
            Expect(item, "options", JsonTokenType.String);
            string name = item.Text.Split('=')[0];
            if (OwnOptions.Contains(name) || (name.StartsWith("--", StringComparison.Ordinal) && varied.Contains(name[2..])))
            {
                throw Fault(item.Line, "options", $"{name} is set by the sweep: leave it out.");
            }
        }

        return [.. options.Items.Select((item, i) => i > 0 && FileOptions.Contains(options.Items[i - 1].Text) ? Path.Combine(folder, item.Text) : item.Text)];
    }

    private List<Dimension> Space(LocatedJson space, Search search)
    {
        Expect(space, "space", JsonTokenType.StartObject);
        CheckKeys(space, "space.", SpaceKeys);
        List<Dimension> dimensions = [];
        foreach ((string name, int line, LocatedJson value) in space.Members)
        {
            string key = $"space.{name}";
            if (value.Kind == JsonTokenType.StartArray)
            {
                string[] values = [.. value.Items.Select(item => item.Kind is JsonTokenType.String or JsonTokenType.Number ? item.Text : throw Fault(item.Line, key, $"holds {item.KindInWords}; expected strings or numbers."))];
                if (values.Length == 0)
                {
                    throw Fault(value.Line, key, "is empty: there is nothing to choose from.");
                }

                dimensions.Add(new Dimension(name, line, [.. values.Distinct()], null));
            }
            else if (value.Kind == JsonTokenType.StartObject)
            {
                dimensions.Add(new Dimension(name, line, [], Range(value, name, key, search)));
            }
            else
            {
                throw Fault(value.Line, key, $"is {value.KindInWords}; expected a list such as [\"8\", \"16\"], or a range such as {{ \"min\": 8, \"max\": 32 }}.");
            }
        }

        return dimensions.Count > 0 ? dimensions : throw Fault(space.Line, "space", "is empty: there is nothing to choose from.");
    }

    private DimensionRange Range(LocatedJson value, string name, string key, Search search)
    {
        CheckKeys(value, key + ".", ["min", "max", "scale"]);
        if (!RangeKeys.Contains(name))
        {
            throw Fault(value.Line, key, "has no ranges: give a list.");
        }

        if (search == Search.Grid)
        {
            throw Fault(value.Line, key, "is a range, and a grid needs lists; or search at random.");
        }

        double least = Required(value, "min", key);
        double greatest = Required(value, "max", key);
        LocatedJson? scale = Get(value, "scale");
        string scaled = scale is null ? least > 0 ? "log" : "linear" : scale.Text;
        if (scaled is not ("log" or "linear"))
        {
            throw Fault(scale!.Line, key + ".scale", $"is \"{scaled}\"; expected log or linear.");
        }

        return greatest > least && (scaled == "linear" || least > 0)
            ? new DimensionRange(least, greatest, scaled == "log", WholeKeys.Contains(name))
            : throw Fault(value.Line, key, $"goes from {least.ToString(CultureInfo.InvariantCulture)} to {greatest.ToString(CultureInfo.InvariantCulture)}: expected max above min, and min above 0 on a log scale.");
    }

    private HalvingPlan Halving(LocatedJson? halving)
    {
        if (halving is null)
        {
            return new HalvingPlan(10, 3, 10);
        }

        Expect(halving, "halving", JsonTokenType.StartObject);
        CheckKeys(halving, "halving.", ["epochs", "keep", "rungs"]);
        return new HalvingPlan(
            Whole(halving, "epochs", 10, 1, 100_000, "halving."), Whole(halving, "keep", 3, 2, 100, "halving."), Whole(halving, "rungs", 10, 1, 20, "halving."));
    }

    private Constraints ReadConstraints(LocatedJson? constraints)
    {
        if (constraints is null)
        {
            return new Constraints("esp32", null, null, null);
        }

        Expect(constraints, "constraints", JsonTokenType.StartObject);
        CheckKeys(constraints, "constraints.", ["board", "max_ram", "max_ms", "max_bytes"]);
        LocatedJson? board = Get(constraints, "board");
        if (board is not null && !BoardProfile.Names.Contains(board.Text))
        {
            throw Fault(board.Line, "constraints.board", $"is {board.Text}; the boards are {string.Join(", ", BoardProfile.Names)}.");
        }

        return new Constraints(board?.Text ?? "esp32", Size(constraints, "max_ram"), Get(constraints, "max_ms") is null ? null : Number(constraints, "max_ms", 0, 1e-6, 1e9, "constraints."), Size(constraints, "max_bytes"));
    }

    private long? Size(LocatedJson constraints, string name)
    {
        LocatedJson? value = Get(constraints, name);
        return value is null ? null : Sizes.TryParse(value.Text, out long bytes) && bytes > 0 ? bytes : throw Fault(value.Line, "constraints." + name, $"is {value.Text}; expected bytes, or a string with k such as \"20k\".");
    }

    private static LocatedJson? Get(LocatedJson parent, string name) => parent.Members.FirstOrDefault(member => member.Name == name).Value;

    private double Required(LocatedJson parent, string name, string key) =>
        Get(parent, name) is null ? throw Fault(parent.Line, $"{key}.{name}", "is missing.") : Number(parent, name, 0, -1e12, 1e12, key + ".");

    private double Number(LocatedJson parent, string name, double usual, double least, double most, string prefix = "")
    {
        if (Get(parent, name) is not LocatedJson value)
        {
            return usual;
        }

        Expect(value, prefix + name, JsonTokenType.Number);
        double number = double.Parse(value.Text, CultureInfo.InvariantCulture);
        return number >= least && number <= most
            ? number
            : throw Fault(value.Line, prefix + name, $"is {value.Text}; expected {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
    }

    private int Whole(LocatedJson parent, string name, int usual, int least, int most, string prefix = "")
    {
        double number = Number(parent, name, usual, least, most, prefix);
        return number == Math.Floor(number) ? (int)number : throw Fault(Get(parent, name)!.Line, prefix + name, $"is {number.ToString(CultureInfo.InvariantCulture)}; expected a whole number.");
    }

    private T Choice<T>(LocatedJson value, string key)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
        return names.Contains(value.Text) ? Enum.Parse<T>(value.Text, ignoreCase: true) : throw Fault(value.Line, key, $"is \"{value.Text}\"; expected {string.Join(", ", names)}.");
    }

    private void CheckKeys(LocatedJson parent, string prefix, string[] known)
    {
        foreach ((string name, int line, _) in parent.Members)
        {
            if (!known.Contains(name))
            {
                string? near = Suggestion.For(name, known);
                throw Fault(line, prefix + name, $"is unknown; expected {string.Join(", ", known)}.{(near is null ? "" : $" Did you mean {near}?")}");
            }

            if (parent.Members.Count(member => member.Name == name) > 1)
            {
                throw Fault(line, prefix + name, "stands there twice.");
            }
        }
    }

    private void Expect(LocatedJson value, string key, JsonTokenType kind)
    {
        if (value.Kind != kind)
        {
            string expected = kind switch { JsonTokenType.StartObject => "an object", JsonTokenType.StartArray => "a list", JsonTokenType.Number => "a number", _ => "a string" };
            throw Fault(value.Line, key, $"is {value.KindInWords}; expected {expected}.");
        }
    }

    private UsageException Fault(int line, string key, string text) => new($"{path}, line {line}: {key} {text}");
}
