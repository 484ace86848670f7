using System.Globalization;
using System.Text.Json;
using Tiny.Cli.Options;
using Tiny.Emulator.Boards;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli.Sweep;

/// <summary>Reads sweep.json (sweep.schema.json describes it); every fault names its line and key.</summary>
internal sealed class SweepFile : LocatedReader
{
    private const string UsualBoard = "esp32_rev3";
    private const int MostBytes = 16 << 20;
    private const long MostTrials = 10_000_000;
    private const double MostEpochs = 1_000_000; // of tiny train

    private static readonly string[] Keys =
        ["$schema", "data", "options", "validation", "search", "trials", "seed", "repeats", "space", "halving", "constraints", "within"];
    private static readonly string[] SpaceKeys = ["layers", "activation", "optimizer", "lr", "schedule", "epochs", "batch", "l2", "dropout",
        "class-weights", "weights", "sparsity", "sparsity-blocks"];
    private static readonly string[] RangeKeys = ["layers", "lr", "epochs", "batch", "l2", "dropout", "sparsity"];
    private static readonly string[] WholeKeys = ["layers", "epochs", "batch"];

    // What each trial has a value of its own for.
    private static readonly string[] OwnOptions =
        ["--seed", "--out", "--json", "--threads", "--validation", "--report", "--history", "--checkpoint", "--resume"];

    // Their values are files, relative to the sweep file.
    private static readonly string[] FileOptions = ["--labels", "--test", "--test-labels"];

    private readonly string folder;

    private SweepFile(string path, string folder)
        : base(path)
    {
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
            throw new DataException($"{path}: cannot be "
                + $"read: {(error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message)}.", error);
        }

        return (new SweepFile(path, folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!).Plan(LocatedJson.Parse(path, text)), text);
    }

    private SweepPlan Plan(LocatedJson root)
    {
        Expect(root, "the file", JsonTokenType.StartObject);
        CheckKeys(root, "", Keys);
        LocatedJson data = Get(root, "data") ?? throw Fault(root.Line, "data", "is missing: name the data file.");
        Text(data, "data");
        LocatedJson? named = Get(root, "search");
        Search search = named is null ? Search.Grid : Choice<Search>(named, "search");
        IReadOnlyList<Dimension> space = Space(Get(root, "space")
            ?? throw Fault(root.Line, "space", "is missing: say what to choose from, such as { \"layers\": [\"8\", \"16\"] }."), search);
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

        SweepPlan plan = new(
            Path.Combine(folder, data.Text),
            Options(Get(root, "options"),
                [.. space.Select(dimension => dimension.Option), .. search == Search.Halving ? ["epochs"] : Array.Empty<string>()]),
            Number(root, "validation", 0.2, 0.01, 0.9),
            search,
            search == Search.Grid ? 0 : Whole(root, "trials", 1, 1, (int)MostTrials),
            Whole(root, "seed", 1, 0, int.MaxValue),
            Whole(root, "repeats", 1, 1, 1000),
            space,
            Halving(halving),
            ReadConstraints(Get(root, "constraints")),
            Number(root, "within", 0.005, 0, 1));
        CheckSizes(root, plan);
        return plan;
    }

    /// <summary>Checks what no key shows by itself: how much the sweep comes to.</summary>
    private void CheckSizes(LocatedJson root, SweepPlan plan)
    {
        if ((long)plan.Seed + plan.Repeats - 1 > int.MaxValue)
        {
            throw Fault(Get(root, "seed")!.Line, "seed",
                $"is {plan.Seed}, and with {plan.Repeats} repeats the last would be above {int.MaxValue}.");
        }

        bool allLists = plan.Space.All(dimension => dimension.Range is null);
        double configurations = plan.Space.Aggregate(1.0, (product, dimension) => product * dimension.Values.Count);
        if (plan.Search == Search.Grid && configurations * plan.Repeats > MostTrials)
        {
            throw Fault(Get(root, "space")!.Line, "space",
                $"makes a grid of {Plain(configurations)} configurations, {Plain(configurations * plan.Repeats)} trials; expected at most "
                    + $"{Plain(MostTrials)}. Search at random.");
        }

        if (plan.Search != Search.Grid && allLists && plan.Trials > configurations)
        {
            throw Fault(Get(root, "trials")!.Line, "trials",
                $"is {plan.Trials}, but the space has only {Plain(configurations)} configurations. Draw fewer, or search the grid.");
        }

        if (plan.Search != Search.Grid && (double)plan.Trials * plan.Repeats > MostTrials)
        {
            throw Fault(Get(root, "trials")!.Line, "trials",
                $"with repeats comes to {Plain((double)plan.Trials * plan.Repeats)} trials; expected at most {Plain(MostTrials)}.");
        }

        double epochs = plan.Halving.Epochs * Math.Pow(plan.Halving.Keep, plan.Rungs - 1);
        if (plan.Search == Search.Halving && epochs > MostEpochs)
        {
            throw Fault((Get(root, "halving") ?? root).Line, "halving",
                $"comes to {Plain(epochs)} epochs in "
                    + $"rung {plan.Rungs}; expected at most {Plain(MostEpochs)}. Begin with fewer, or set halving.rungs.");
        }
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
            Text(item, "options");
            string name = item.Text.Split('=')[0];
            if (OwnOptions.Contains(name) || (name.StartsWith("--", StringComparison.Ordinal) && varied.Contains(name[2..])))
            {
                throw Fault(item.Line, "options", $"{name} is set by the sweep: leave it out.");
            }
        }

        return [.. options.Items.Select(
            (item, i) => i > 0 && FileOptions.Contains(options.Items[i - 1].Text) ? Path.Combine(folder, item.Text) : item.Text)];
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
                dimensions.Add(new Dimension(name, line, Values(value, key), null));
            }
            else if (value.Kind == JsonTokenType.StartObject)
            {
                dimensions.Add(new Dimension(name, line, [], Range(value, name, key, search)));
            }
            else
            {
                throw Fault(value.Line, key,
                    $"is {value.KindInWords}; expected a list such as [\"8\", \"16\"], or a range such as {{ \"min\": 8, \"max\": 32 }}.");
            }
        }

        return dimensions.Count > 0 ? dimensions : throw Fault(space.Line, "space", "is empty: there is nothing to choose from.");
    }

    private string[] Values(LocatedJson list, string key)
    {
        List<string> values = [];
        foreach (LocatedJson item in list.Items)
        {
            if (item.Kind is not (JsonTokenType.String or JsonTokenType.Number))
            {
                throw Fault(item.Line, key, $"holds {item.KindInWords}; expected strings or numbers.");
            }

            if (string.IsNullOrWhiteSpace(item.Text))
            {
                throw Fault(item.Line, key, "holds an empty string.");
            }

            if (values.Any(value => value == item.Text || (IsNumber(value, out double a) && IsNumber(item.Text, out double b) && a == b)))
            {
                throw Fault(item.Line, key, $"holds {item.Text} twice.");
            }

            values.Add(item.Text);
        }

        return values.Count > 0 ? [.. values] : throw Fault(list.Line, key, "is empty: there is nothing to choose from.");

        static bool IsNumber(string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
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

        if (!(greatest > least && (scaled == "linear" || least > 0)))
        {
            throw Fault(value.Line, key,
                $"goes from {Plain(least)} to {Plain(greatest)}: expected max above min, and min above 0 on a log scale.");
        }

        DimensionRange range = new(least, greatest, scaled == "log", WholeKeys.Contains(name));
        return range.At(0) != range.At(1)
            ? range
            : throw Fault(value.Line, key,
            $"goes from {Plain(least)} to {Plain(greatest)}, and nothing "
                + $"but {range.At(0)} can be drawn from it: {(range.IsWhole ? "whole numbers are drawn" : "four places are drawn")}.");
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
            Whole(halving, "epochs", 10, 1, 100_000, "halving."), Whole(halving, "keep", 3, 2, 100, "halving."),
                Whole(halving, "rungs", 10, 1, 20, "halving."));
    }

    private Constraints ReadConstraints(LocatedJson? constraints)
    {
        if (constraints is null)
        {
            return new Constraints(UsualBoard, null, null, null);
        }

        Expect(constraints, "constraints", JsonTokenType.StartObject);
        CheckKeys(constraints, "constraints.", ["board", "max_ram", "max_ms", "max_bytes"]);
        LocatedJson? board = Get(constraints, "board");
        string name = board is null ? UsualBoard : BoardNames.Resolve(board.Text);
        if (board is not null && !BoardProfile.Names.Contains(name))
        {
            throw Fault(board.Line, "constraints.board", $"is {board.InWords}; the boards are {string.Join(", ", BoardProfile.Names)}.");
        }

        return new Constraints(name, Size(constraints, "max_ram"),
            Get(constraints, "max_ms") is null ? null : Number(constraints, "max_ms", 0, 1e-6, 1e9, "constraints."),
                Size(constraints, "max_bytes"));
    }

    private long? Size(LocatedJson constraints, string name)
    {
        LocatedJson? value = Get(constraints, name);
        return value is null ? null : Sizes.TryParse(value.Text, out long bytes) && bytes > 0
            ? bytes : throw Fault(value.Line, "constraints." + name,
            $"is {value.InWords}; expected bytes, or a string with k such as \"20k\".");
    }
}
