using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Studio.Serving;
using Tiny.Studio.Signals;
using Tiny.Training.Data;

namespace Tiny.Studio.Live;

/// <summary>What can be recorded from: a simulated wrist, recordings that are played as if a sensor sent them, and serial ports.</summary>
internal sealed class SensorSources(StudioSetup setup, Catalog catalog)
{
    private const double UsualRate = 50;

    private readonly Lazy<IReadOnlyList<(RecordingEntry Entry, SignalData Signal)>> played = new(() =>
        [.. setup.Played.Select(Path.GetFullPath).Select(path => FileScan.Of(Path.GetDirectoryName(path)!, Path.GetFileName(path)))
            .SelectMany(scan => scan.Entries.Zip(scan.Signals))]);

    private SimulatedMotion? motion;

    /// <summary>What there is to choose from.</summary>
    internal JsonObject List() => new()
    {
        ["movements"] = new JsonArray([.. SimulatedMotion.Movements.Select(name => JsonValue.Create(name))]),
        ["ports"] = new JsonArray([.. setup.Ports().Select(name => JsonValue.Create(name))]),
        ["played"] = new JsonArray([.. played.Value.Select(one => JsonValue.Create(one.Entry.Title))]),
    };

    /// <summary>What the simulated wrist does from now on.</summary>
    internal void Move(string movement)
    {
        if (motion is SimulatedMotion present)
        {
            present.Movement = movement;
        }
    }

    /// <summary>Opens a source.</summary>
    /// <returns>Its name in words, the command that records from it, and its bytes.</returns>
    /// <exception cref="DataException">There is none such, or it cannot be opened.</exception>
    internal (string Name, string Command, Stream Stream) Open(Query query)
    {
        motion = null;
        switch (query.Text("kind"))
        {
            case "simulated":
                return OpenMotion(query);
            case "recording":
                RecordingEntry entry = catalog.Find(query.Text("name"));
                return Play(entry, catalog.SignalOf(entry.Name));
            case "played":
                int index = (int)query.Number("index", 0, Math.Max(0, played.Value.Count - 1));
                return played.Value.Count > 0 ? Play(played.Value[index].Entry, played.Value[index].Signal)
                    : throw new DataException("No recording was named with --play.");
            case "port":
                return OpenPort(query.Text("name"), (int)query.Number("baud", 1, 10_000_000));
            default:
                throw new SelectionException("\"kind\" is wrong: expected simulated, recording, played or port.");
        }
    }

    private (string Name, string Command, Stream Stream) OpenMotion(Query query)
    {
        double rate = query.Real("rate", 1, 1000);
        (string[] names, string[] units) = SimulatedMotion.Channels((int)query.Number("channels", 3, 6));
        motion = new SimulatedMotion(rate) { Movement = query.TextOrNone("movement") };
        return (string.Create(CultureInfo.InvariantCulture, $"simulated wrist, {names.Length} channels at {rate:0.###} Hz"), "-",
            new PacedLines(rate, names, units, motion.Fill));
    }

    private (string Name, string Command, Stream Stream) OpenPort(string name, int baud)
    {
        if (setup.OpenPort is null || !setup.Ports().Contains(name))
        {
            throw new DataException($"The port {name} is not connected.");
        }

        return ($"{name} at {baud} baud", name, setup.OpenPort(name, baud));
    }

    /// <summary>A recording from its start, again and again; its gaps are filled with the sample before.</summary>
    private static (string Name, string Command, Stream Stream) Play(RecordingEntry entry, SignalData signal)
    {
        double rate = entry.Rate > 0 ? entry.Rate : UsualRate;
        return ($"{entry.Title}, played", "-",
            new PacedLines(rate, signal.Channels, [.. signal.Channels.Select(_ => "")], (number, sample) =>
        {
            for (int i = 0; i < sample.Length; i++)
            {
                float value = signal.Values[i][number % signal.Rows];
                sample[i] = float.IsNaN(value) ? sample[i] : value;
            }
        }));
    }
}
