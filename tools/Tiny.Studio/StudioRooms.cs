using Tiny.Studio.Commands;
using Tiny.Studio.Folders;
using Tiny.Studio.Labels;
using Tiny.Studio.Live;
using Tiny.Studio.Signals;

namespace Tiny.Studio;

/// <summary>All parts of a studio that is open.</summary>
internal sealed class StudioRooms : IDisposable
{
    private readonly Lock sync = new();
    private LiveSession? session;

    internal StudioRooms(StudioSetup setup)
    {
        Setup = setup;
        Workspace = new Workspace(setup.Folder);
        LiveTake.RemoveEmpty(Workspace);
        Catalog = new Catalog(Workspace);
        Labeling = new Labeling(Workspace, Catalog);
        Notes = new Notes(Workspace);
        Edits = new RecordingEdits(Workspace, Catalog, Labeling, Notes);
        Hub = new LiveHub();
        Runs = new TrainRuns(setup, Workspace, Hub);
        Sweeps = new SweepRuns(setup, Workspace, Hub);
        Sources = new SensorSources(setup, Catalog);
        Workspace.Changed = _ => Hub.Say("changed", new System.Text.Json.Nodes.JsonObject { ["version"] = Workspace.Version });
    }

    /// <summary>Reads the folder's recordings ahead of the first question.</summary>
    internal void ReadAhead() => Task.Run(() => Catalog.Entries());

    internal StudioSetup Setup { get; }

    internal Workspace Workspace { get; }

    internal Catalog Catalog { get; }

    internal Labeling Labeling { get; }

    internal Notes Notes { get; }

    internal RecordingEdits Edits { get; }

    internal LiveHub Hub { get; }

    internal TrainRuns Runs { get; }

    internal SweepRuns Sweeps { get; }

    internal SensorSources Sources { get; }

    /// <summary>The sensor that is listened to; null for none.</summary>
    internal LiveSession? Session
    {
        get
        {
            using Lock.Scope alone = sync.EnterScope();
            return session is { HasEnded: false } ? session : null;
        }

        set
        {
            using Lock.Scope alone = sync.EnterScope();
            session?.Dispose();
            session = value;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session = null;
        Runs.Dispose();
        Sweeps.Dispose();
        Hub.Dispose();
        Workspace.Dispose();
    }
}
