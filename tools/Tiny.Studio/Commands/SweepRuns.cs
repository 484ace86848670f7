using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tiny.Studio.Folders;
using Tiny.Studio.Live;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Studio.Commands;

/// <summary>
/// Sweeps over the folder, one at a time: each is a file in sweeps/ and a run of tiny sweep on it. How far it is, is read from the results
/// that it writes as they come; one that was stopped goes on where it was. The winner is a model like any other.
/// </summary>
internal sealed class SweepRuns(StudioSetup setup, Workspace workspace, LiveHub hub) : IDisposable
{
    /// <summary>The folder of the sweeps.</summary>
    internal const string Folder = "sweeps";

    private const string Ending = ".json";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.4);

    private readonly Lock sync = new();
    private TinyProcess? process;
    private string running = "";

    /// <summary>The sweep that is at work; "" for none.</summary>
    internal string Running
    {
        get
        {
            using Lock.Scope alone = sync.EnterScope();
            return running;
        }
    }

    /// <summary>The sweeps' names, the newest last.</summary>
    internal IReadOnlyList<string> Names => !Directory.Exists(workspace.At(Folder)) ? []
        : [.. new DirectoryInfo(workspace.At(Folder)).EnumerateFiles("*" + Ending).Where(file => file.LinkTarget is null)
            .OrderBy(file => file.LastWriteTimeUtc).Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    /// <summary>The folder as a file of a sweep names it.</summary>
    internal static string Data => "..";

    /// <summary>Begins a sweep.</summary>
    /// <param name="file">What is swept, as the text of its file.</param>
    /// <returns>Its name and the command.</returns>
    /// <exception cref="DataException">One is at work already.</exception>
    internal (string Name, string Command) Begin(string file)
    {
        using Lock.Scope alone = sync.EnterScope();
        CheckIdle();
        string name = FreeName();
        Directory.CreateDirectory(workspace.At(Folder));
        AtomicFile.Write(workspace.At(FileOf(name)), Encoding.UTF8.GetBytes(file));
        return Start(name);
    }

    /// <summary>Goes on with a sweep that was stopped.</summary>
    /// <exception cref="DataException">There is none of that name, or one is at work already.</exception>
    internal (string Name, string Command) GoOn(string name)
    {
        using Lock.Scope alone = sync.EnterScope();
        CheckIdle();
        return Start(Known(name));
    }

    /// <summary>Stops the sweep; it can go on.</summary>
    internal void Stop()
    {
        using Lock.Scope alone = sync.EnterScope();
        process?.Stop();
    }

    /// <summary>What the results of a sweep come to so far, as tiny sweep writes them; null where there are none yet.</summary>
    internal JsonNode? Results(string name) =>
        Names.Contains(name) ? workspace.ReadJson($"{ResultsOf(name)}/results.json") : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        using Lock.Scope alone = sync.EnterScope();
        process?.Dispose();
    }

    private static string FileOf(string name) => $"{Folder}/{name}{Ending}";

    private static string ResultsOf(string name) => $"{Folder}/{name}.sweep";

    private string Known(string name) => Names.Contains(name) ? name : throw new DataException($"There is no sweep \"{name}\".");

    private void CheckIdle()
    {
        if (running.Length > 0)
        {
            throw new DataException($"{running} is at work. Stop it, or wait for its end.");
        }
    }

    private string FreeName()
    {
        for (int number = 1; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"sweep-{number}");
            if (!File.Exists(workspace.At(FileOf(name))) && !Directory.Exists(workspace.At(ResultsOf(name))))
            {
                return name;
            }
        }
    }

    private (string Name, string Command) Start(string name)
    {
        Directory.CreateDirectory(workspace.At(TrainRuns.ModelFolder));
        string[] arguments = ["sweep", FileOf(name), "--pick", TrainRuns.FileFor(name)];
        string command = CommandLine.ToText(arguments);
        running = name;
        process = new TinyProcess(setup.Tiny(arguments), workspace.Folder,
            line => hub.Say("said", new JsonObject { ["name"] = name, ["line"] = line }));
        _ = Follow(process, name, command);
        return (name, command);
    }

    /// <summary>Tells the windows of results as they come, and of the end.</summary>
    private async Task Follow(TinyProcess run, string name, string command)
    {
        Task<int> end = run.Wait();
        DateTime told = DateTime.MinValue;
        while (await Task.WhenAny(end, Task.Delay(Look)) != end)
        {
            DateTime written = File.GetLastWriteTimeUtc(workspace.At($"{ResultsOf(name)}/results.json"));
            if (written > told)
            {
                told = written;
                hub.Say("sweep", new JsonObject { ["name"] = name, ["results"] = Results(name) });
            }
        }

        int code = await end;
        if (!Directory.Exists(workspace.At(ResultsOf(name))))
        {
            File.Delete(workspace.At(FileOf(name))); // refused before it began: there is nothing to go on with
        }

        using (sync.EnterScope())
        {
            (running, process) = ("", null);
        }

        hub.Say("swept", new JsonObject
        {
            ["name"] = name,
            ["command"] = command,
            ["exit_code"] = code,
            ["output"] = run.Output,
            ["errors"] = code == 0 ? "" : TinyProcess.Complaint(run.Errors),
            ["results"] = Results(name),
        });
        run.Dispose();
    }
}
