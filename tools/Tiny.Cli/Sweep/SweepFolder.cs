using System.Text.Json;
using Tiny.Cli.Output;
using Tiny.Training.Data;

namespace Tiny.Cli.Sweep;

/// <summary>
/// What a sweep leaves behind: the plan as it was begun with, the manifest, a line for each result. All is appended or
/// written beside and renamed, so whatever ends it, the next call goes on with what is there.
/// </summary>
internal sealed class SweepFolder
{
    private static readonly JsonSerializerOptions Lines =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
        };

    internal SweepFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
    }

    internal string Path { get; }

    internal string PlanPath => At("sweep.json");

    internal string ManifestPath => At("manifest.jsonl");

    internal string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The results of one task, or of the local workers.</summary>
    internal string ResultsPath(string task) => At(System.IO.Path.Combine("results", $"{task}.jsonl"));

    /// <summary>Names the files that are written here.</summary>
    internal void NameFiles(string option, RunFiles files) =>
        files.WritesInto(option, Path, "sweep.json", "base.txt", "manifest.jsonl", "results.csv", "results.json", "front.svg", "slurm.json",
        "jobs.txt", "tasks.sh");

    /// <summary>Whether a sweep was begun here.</summary>
    internal bool IsBegun => File.Exists(ManifestPath);

    /// <summary>Begins a sweep.</summary>
    internal void Begin(string planText, string baseFolder, IReadOnlyList<Trial> first)
    {
        foreach (string name in new[] { "sweep.json", "results.csv", "results.json", "front.svg" })
        {
            // What another sweep left that was ended before its manifest was there is the same as what is written now.
            if (File.Exists(At(name)) && (name != "sweep.json" || File.ReadAllText(PlanPath) != planText))
            {
                throw new DataException($"{At(name)}: is there already, and no sweep was begun in this folder. Name another with --dir, "
                    + "or move the file.");
            }
        }

        OutputFile.MakeFolder(At("results"));
        OutputFile.WriteText(PlanPath, planText);
        OutputFile.WriteText(At("base.txt"), baseFolder);
        WriteManifest(first);
    }

    /// <exception cref="DataException">Nothing was begun here, or another sweep.</exception>
    internal void CheckIsOf(string planText)
    {
        if (!IsBegun)
        {
            throw new DataException($"{Path}: no sweep was begun here.");
        }

        if (Read(PlanPath) != planText)
        {
            throw new DataException($"{Path}: a sweep was begun here from another file (its copy "
                + $"is {PlanPath}). Name another folder with --dir, or remove this one.");
        }
    }

    /// <summary>The plan as it was begun with.</summary>
    /// <exception cref="DataException">A file of the folder is missing.</exception>
    internal SweepPlan ReadPlan() => SweepFile.Read(PlanPath, Read(At("base.txt"))).Plan;

    /// <summary>Replaces the manifest, whole.</summary>
    internal void WriteManifest(IEnumerable<Trial> trials)
    {
        OutputFile.WriteText(ManifestPath, text =>
        {
            foreach (Trial trial in trials)
            {
                text.Write(JsonSerializer.Serialize(trial, Lines));
                text.Write('\n');
            }
        });
    }

    /// <summary>All trials. What many of them have in common is held once.</summary>
    /// <exception cref="DataException">The manifest is damaged.</exception>
    internal List<Trial> ReadManifest()
    {
        Dictionary<string, string> common = [];
        List<Trial> trials = [];
        IReadOnlyList<string>? before = null;
        foreach (string line in File.ReadLines(ManifestPath))
        {
            Trial trial = Parse<Trial>(line) is { Arguments: not null } read && read.Id == trials.Count
                ? read
                : throw new DataException($"{ManifestPath}, "
                + $"line {trials.Count + 1}: is not trial {trials.Count}. The folder is damaged: remove it, and begin the sweep anew.");
            before = before is not null && before.SequenceEqual(trial.Arguments) ? before : [.. trial.Arguments.Select(Shared)];
            trials.Add(trial with { Arguments = before });
        }

        return trials;

        string Shared(string text)
        {
            common.TryAdd(text, text);
            return common[text];
        }
    }

    /// <summary>All results, of whichever task; of a trial that was run twice the first.</summary>
    internal Dictionary<int, TrialResult> ReadResults()
    {
        Dictionary<int, TrialResult> results = [];
        foreach (string file in Directory.EnumerateFiles(At("results"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (TrialResult result in ReadResults(file))
            {
                results.TryAdd(result.Id, result);
            }
        }

        return results;
    }

    /// <summary>The whole lines of a results file; a last one without an end was being written when the process ended.</summary>
    internal static IEnumerable<TrialResult> ReadResults(string file)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is string line)
        {
            if (line.EndsWith('}') && Parse<TrialResult>(line) is { IsWhole: true } result)
            {
                yield return result;
            }
        }
    }

    internal static string Line(TrialResult result) => JsonSerializer.Serialize(result, Lines);

    /// <summary>A line of a file, or of what a worker answers; null if it is none.</summary>
    internal static T? Parse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Lines);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="DataException">It cannot be read.</exception>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {error.Message} The folder is damaged: remove it, and begin the sweep anew.",
                error);
        }
    }
}
