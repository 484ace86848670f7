using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Studio.Serving;
using Tiny.Training.Data;

namespace Tiny.Studio.Commands;

/// <summary>What the page asks of a sweep, as the file that tiny sweep reads: the settings of a training, of which some vary.</summary>
internal static class SweepSettings
{
    private const int MostValues = 50;   // of a dimension
    private const int LongestText = 200;
    private const double UsualShare = 0.2; // of the training recordings, to choose by

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // What each trial of a sweep has a value of its own for.
    private static readonly string[] OwnOptions = ["--seed"];

    private static readonly string[] Dimensions = ["layers", "weights", "lr", "epochs"];

    /// <summary>The file's text.</summary>
    /// <param name="query">The settings of the training, what varies, and what a model may cost.</param>
    /// <param name="training">The settings of the training, read.</param>
    /// <param name="data">The folder of recordings as the file names it.</param>
    /// <exception cref="SelectionException">A value is missing or wrong.</exception>
    internal static string ToFile(Query query, TrainSettings training, string data)
    {
        JsonObject space = [];
        foreach (string name in Dimensions)
        {
            string[] values = Values(query, name);
            if (values.Length > 0)
            {
                space[name] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
            }
        }

        if (space.Count == 0)
        {
            throw new SelectionException("There is nothing to choose from: name networks, weights, learning rates or epochs to try, with "
                + "a blank between them.");
        }

        JsonObject file = new()
        {
            ["data"] = data,
            ["options"] = new JsonArray([.. Shared(training, space).Select(word => JsonValue.Create(word))]),
            ["validation"] = query.Has("validation") ? query.Real("validation", 0.01, 0.9) : UsualShare,
            ["repeats"] = query.Number("repeats", 1, 20),
            ["space"] = space,
            ["constraints"] = Constraints(query, training.Board),
        };
        return file.ToJsonString(Indented) + "\n";
    }

    /// <summary>The options that all trials share: those of the training without what varies.</summary>
    private static IEnumerable<string> Shared(TrainSettings training, JsonObject space)
    {
        IReadOnlyList<string> arguments = training.Arguments; // the first two are the command and the folder
        for (int i = 2; i < arguments.Count; i++)
        {
            bool varies = OwnOptions.Contains(arguments[i])
                || (arguments[i].StartsWith("--", StringComparison.Ordinal) && space.ContainsKey(arguments[i][2..]));
            if (varies)
            {
                i++; // and its value
            }
            else
            {
                yield return arguments[i];
            }
        }
    }

    private static JsonObject Constraints(Query query, string board)
    {
        JsonObject constraints = new() { ["board"] = board };
        foreach ((string name, string key) in new[] { ("max-ram", "max_ram"), ("max-bytes", "max_bytes") })
        {
            if (Line(query, name) is { Length: > 0 } size)
            {
                constraints[key] = size;
            }
        }

        if (Line(query, "max-ms").Length > 0)
        {
            constraints["max_ms"] = query.Real("max-ms", 1e-6, 1e9);
        }

        return constraints;
    }

    private static string[] Values(Query query, string name)
    {
        string[] values = [.. Line(query, name + "-tried")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
        return values.Length <= MostValues
            ? values
            : throw new SelectionException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: {values.Length} values to try; expected at most {MostValues}."));
    }

    private static string Line(Query query, string name)
    {
        string text = query.TextOrNone(name).Trim();
        return text.Length <= LongestText && !text.Any(char.IsControl)
            ? text
            : throw new SelectionException($"{name}: expected a line of at most {LongestText} characters.");
    }
}
