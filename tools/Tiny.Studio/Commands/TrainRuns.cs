using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tiny.Studio.Folders;
using Tiny.Studio.Live;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Studio.Commands;

/// <summary>
/// Trainings of the folder, one at a time. The models lie in models/ with their training records, from which the runs are compared; how far
/// a run is, is read from what tiny train says; a run that was stopped has a checkpoint and goes on from it.
/// </summary>
internal sealed partial class TrainRuns(StudioSetup setup, Workspace workspace, LiveHub hub) : IDisposable
{
    /// <summary>The folder of the models.</summary>
    internal const string ModelFolder = "models";

    private const string Ending = ".tiny";

    private readonly Lock sync = new();
    private readonly SemaphoreSlim budgets = new(1);
    private TinyProcess? process;
    private string running = "";
    private CancellationTokenSource asked = new(); // the last question for a budget

    /// <summary>The run that is at work; "" for none.</summary>
    internal string Running
    {
        get
        {
            using Lock.Scope alone = sync.EnterScope();
            return running;
        }
    }

    /// <summary>The models' names.</summary>
    internal IReadOnlyList<string> Models => !Directory.Exists(workspace.At(ModelFolder)) ? []
        : [.. Directory.EnumerateFiles(workspace.At(ModelFolder), "*" + Ending).Where(path => new FileInfo(path).LinkTarget is null)
            .OrderBy(File.GetLastWriteTimeUtc).Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The file of a model that is to be made, below the folder.</summary>
    internal static string FileFor(string name) => $"{ModelFolder}/{name}{Ending}";

    /// <summary>A model's file, below the folder.</summary>
    /// <exception cref="DataException">There is none of that name.</exception>
    internal string FileOf(string name) =>
        Models.Contains(name) ? FileFor(name) : throw new DataException($"There is no model \"{name}\".");

    /// <summary>Starts a training, or goes on with one that was stopped.</summary>
    /// <param name="settings">What is trained.</param>
    /// <param name="name">Its name; "" for the next free one.</param>
    /// <returns>The name and the command.</returns>
    /// <exception cref="DataException">One is at work already.</exception>
    internal (string Name, string Command) Start(TrainSettings settings, string name)
    {
        using Lock.Scope alone = sync.EnterScope();
        if (running.Length > 0)
        {
            throw new DataException($"{running} is being trained. Stop it, or wait for its end.");
        }

        string called = name.Length > 0 ? FolderNames.Check(name) : FreeName();
        string file = FileFor(called);
        Directory.CreateDirectory(workspace.At(ModelFolder));
        string[] arguments = [.. settings.Arguments, "--out", file];
        string checkpoint = CheckpointOf(called);
        string[] kept = [.. arguments, "--checkpoint", checkpoint, "--resume"];
        string command = CommandLine.ToText(arguments);
        AtomicFile.Write(workspace.At(SettingsOf(called)), JsonSerializer.SerializeToUtf8Bytes(settings.Arguments));
        running = called;
        process = new TinyProcess(setup.Tiny(kept), workspace.Folder, line => Tell(called, line));
        _ = Finish(process, called, command, settings.Board);
        return (called, command);
    }

    /// <summary>Stops the training; it can go on.</summary>
    internal void Stop()
    {
        using Lock.Scope alone = sync.EnterScope();
        process?.Stop();
    }

    /// <summary>The runs with their figures, the newest last.</summary>
    internal JsonArray List()
    {
        string[] stopped = Directory.Exists(workspace.At(Workspace.OwnFolder))
            ? [.. Directory.EnumerateFiles(workspace.At(Workspace.OwnFolder), "*.checkpoint")
                .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != Running && !Models.Contains(name))]
            : [];
        return new JsonArray([.. Models.Select(Describe),
            .. stopped.Select(name => new JsonObject { ["name"] = name, ["stopped"] = true, ["arguments"] = SettingsFor(name) })]);
    }

    /// <summary>What a model is and costs a board, by tiny info.</summary>
    internal async Task<JsonNode> Info(string name, string board)
    {
        string[] arguments = ["info", FileOf(name), "--board", board, "--json"];
        return await Json(arguments) is JsonObject info ? info : throw new DataException("tiny info gave no figures.");
    }

    /// <summary>
    /// What such a network would cost the board: tiny info of the same network after one epoch. A later question ends an earlier one.
    /// </summary>
    internal async Task<JsonNode> Budget(TrainSettings settings)
    {
        CancellationTokenSource mine = new();
        await Interlocked.Exchange(ref asked, mine).CancelAsync();
        await budgets.WaitAsync();
        try
        {
            if (mine.IsCancellationRequested)
            {
                return new JsonObject { ["superseded"] = true };
            }

            string model = $"{Workspace.OwnFolder}/budget.tiny";
            List<string> train = [.. settings.Arguments];
            int epochs = train.IndexOf("--epochs");
            if (epochs >= 0)
            {
                train.RemoveRange(epochs, 2);
            }

            // The loss of int8 is of no interest here: the weights are not trained yet.
            string[] loose = train.Contains("int8") ? ["--max-loss", "100000"] : [];
            await Json([.. train, "--epochs", "1", .. loose, "--out", model, "--json"], mine.Token);
            return await Json(["info", model, "--board", settings.Board, "--json"], mine.Token) ?? new JsonObject { ["superseded"] = true };
        }
        finally
        {
            budgets.Release();
        }
    }

    /// <summary>Runs a command that prints one JSON object.</summary>
    /// <returns>The object; null if it was cancelled.</returns>
    /// <exception cref="DataException">The command failed; the message is its own.</exception>
    internal async Task<JsonNode?> Json(IReadOnlyList<string> arguments, CancellationToken cancel = default)
    {
        using TinyProcess run = new(setup.Tiny(arguments), workspace.Folder);
        using CancellationTokenRegistration stop = cancel.Register(run.Stop);
        int code = await run.Wait();
        return cancel.IsCancellationRequested ? null
            : code == 0 && run.Output.Length > 0 ? JsonNode.Parse(run.Output)
            : throw new DataException(TinyProcess.Complaint(run.Errors));
    }

    /// <summary>Runs a command and gives what it printed.</summary>
    /// <exception cref="DataException">The command failed; the message is its own.</exception>
    internal async Task<string> Text(IReadOnlyList<string> arguments)
    {
        using TinyProcess run = new(setup.Tiny(arguments), workspace.Folder);
        return await run.Wait() == 0 ? run.Output : throw new DataException(TinyProcess.Complaint(run.Errors));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using Lock.Scope alone = sync.EnterScope();
        process?.Dispose();
        budgets.Dispose();
        asked.Dispose();
    }

    private static string CheckpointOf(string name) => $"{Workspace.OwnFolder}/{name}.checkpoint";

    private static string SettingsOf(string name) => $"{Workspace.OwnFolder}/{name}.settings.json";

    private string FreeName()
    {
        for (int number = 1; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"run-{number}");
            if (!File.Exists(workspace.At(FileFor(name))) && !File.Exists(workspace.At(CheckpointOf(name))))
            {
                return name;
            }
        }
    }

    private async Task Finish(TinyProcess run, string name, string command, string board)
    {
        int code = await run.Wait();
        JsonObject told = new()
        {
            ["name"] = name,
            ["command"] = command,
            ["exit_code"] = code,
            ["output"] = run.Output,
            ["errors"] = code == 0 ? "" : TinyProcess.Complaint(run.Errors)
        };
        if (code == 0)
        {
            told["run"] = Describe(name);
        }

        using (sync.EnterScope())
        {
            (running, process) = ("", null);
        }

        run.Dispose();
        told["board"] = board;
        hub.Say("trained", told);
    }

    /// <summary>Tells the windows of an epoch, or of what else tiny train says.</summary>
    private void Tell(string name, string line)
    {
        if (EpochLine().Match(line) is { Success: true } epoch)
        {
            hub.Say("epoch", new JsonObject
            {
                ["name"] = name,
                ["epoch"] = int.Parse(epoch.Groups["epoch"].Value, CultureInfo.InvariantCulture),
                ["epochs"] = int.Parse(epoch.Groups["epochs"].Value, CultureInfo.InvariantCulture),
                ["loss"] = Figure(epoch.Groups["loss"].Value),
                ["held_back"] = epoch.Groups["held"].Success ? Figure(epoch.Groups["held"].Value) : null,
            });
        }
        else
        {
            hub.Say("said", new JsonObject { ["name"] = name, ["line"] = line });
        }
    }

    private static JsonNode? Figure(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? JsonValue.Create(value)
            : null;

    private JsonObject Describe(string name)
    {
        string file = FileFor(name);
        return new JsonObject
        {
            ["name"] = name,
            ["bytes"] = new FileInfo(workspace.At(file)).Length,
            ["arguments"] = SettingsFor(name),
            ["record"] = workspace.ReadJson(file + ".json"), // of a damaged one the commands tell
        };
    }

    private JsonNode? SettingsFor(string name) => workspace.ReadJson(SettingsOf(name));

    // What tiny train says of an epoch where its stderr is no terminal.
    [GeneratedRegex(@"^epoch (?<epoch>\d+)/(?<epochs>\d+)  loss (?<loss>\S+)(  validation (?<held>\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex EpochLine();
}
