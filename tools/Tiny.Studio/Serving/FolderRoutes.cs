using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tiny.Studio.Labels;
using Tiny.Studio.Signals;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Serving;

/// <summary>Recordings and their labels.</summary>
internal static class FolderRoutes
{
    private const int MostParts = 8000; // of a chart

    internal static void Map(IEndpointRouteBuilder server, StudioRooms rooms)
    {
        server.Ask("/api/state", (context, _) => Reply.Json(context, State(rooms)));
        server.Ask("/api/trace", (context, query) => Trace(context, query, rooms));
        server.Ask("/api/proposals", (context, query) => Reply.Json(context, Proposed(query, rooms)));
        server.Ask("/api/map", (context, query) => Reply.Json(context, Map(query, rooms)));
        server.Act("/api/labels", (context, query) =>
        {
            string name = query.Text("name");
            rooms.Labeling.Edit(name, Stretches(name, query.List("remove")), Stretches(name, query.List("add")));
            return Reply.Json(context, Brief(rooms));
        });
        server.Act("/api/undo", (context, _) => Reply.Json(context, After(rooms, rooms.Workspace.Undo())));
        server.Act("/api/redo", (context, _) => Reply.Json(context, After(rooms, rooms.Workspace.Redo())));
        server.Act("/api/trim", (context, query) =>
            Edited(context, rooms, () => rooms.Edits.Trim(query.Text("name"), Row(query, "from"), Row(query, "to"))));
        server.Act("/api/split", (context, query) => Edited(context, rooms, () => rooms.Edits.Split(query.Text("name"), Row(query, "at"))));
        server.Act("/api/rename", (context, query) =>
            Edited(context, rooms, () => rooms.Edits.Rename(query.Text("name"), query.Text("to"))));
        server.Act("/api/remove", (context, query) => Edited(context, rooms, () => rooms.Edits.Remove(query.Text("name"))));
        server.Act("/api/note", (context, query) => Edited(context, rooms, () =>
        {
            RecordingEntry entry = rooms.Catalog.Find(query.Text("name"));
            rooms.Notes.Set(entry.Name, entry.Title, new Note(query.TextOrNone("wearer"), query.TextOrNone("note")));
        }));
    }

    private static JsonObject Map(Query query, StudioRooms rooms) => WindowMap.Of(
        rooms.Workspace.Folder,
        (int)query.Number("window", 2, 4000),
        (int)query.Number("hop", 1, 4000),
        query.TextOrNone("test_every").Length > 0 ? (int)query.Number("test_every", 2, int.MaxValue) : 0);

    private static int Row(Query query, string name) => (int)query.Number(name, 0, int.MaxValue);

    private static Task Edited(HttpContext context, StudioRooms rooms, Action edit)
    {
        edit();
        return Reply.Json(context, Brief(rooms));
    }

    private static LabeledStretch[] Stretches(string recording, IReadOnlyList<Query> list) =>
        [.. list.Select(one => new LabeledStretch(
            recording, one.Number("from", 0, int.MaxValue), one.Number("to", 0, int.MaxValue), one.Text("label")))];

    private static JsonObject Brief(StudioRooms rooms) =>
        new() { ["version"] = rooms.Workspace.Version, ["undo"] = rooms.Workspace.ToUndo, ["redo"] = rooms.Workspace.ToRedo };

    private static JsonObject After(StudioRooms rooms, bool done)
    {
        JsonObject brief = Brief(rooms);
        brief["done"] = done;
        return brief;
    }

    private static JsonObject State(StudioRooms rooms)
    {
        IReadOnlyList<RecordingEntry> entries = rooms.Catalog.Entries();
        ILookup<string, LabeledStretch> labels = rooms.Labeling.All().ToLookup(stretch => stretch.Recording);
        Dictionary<string, Note> notes = rooms.Notes.All();
        JsonObject state = Brief(rooms);
        state["folder"] = rooms.Workspace.Folder;
        state["recordings"] = new JsonArray(
            [.. entries.Select(entry => ToJson(entry, labels[entry.Name], notes.GetValueOrDefault(entry.Name, Note.None)))]);
        state["faults"] = new JsonArray([.. rooms.Catalog.Faults.Select(fault => JsonValue.Create(fault))]);
        state["boards"] = new JsonArray([.. rooms.Setup.Boards.Select(name => JsonValue.Create(name))]);
        state["sources"] = rooms.Sources.List();
        state["session"] = rooms.Session?.Status();
        state["runs"] = rooms.Runs.List();
        state["running"] = rooms.Runs.Running;
        state["sweeps"] = new JsonArray([.. rooms.Sweeps.Names.Select(name => JsonValue.Create(name))]);
        state["sweeping"] = rooms.Sweeps.Running;
        return state;
    }

    private static JsonObject ToJson(RecordingEntry entry, IEnumerable<LabeledStretch> labels, Note note) => new()
    {
        ["name"] = entry.Name,
        ["title"] = entry.Title,
        ["file"] = entry.File,
        ["label"] = entry.Label,
        ["rows"] = entry.Rows,
        ["rate"] = entry.Rate,
        ["channels"] = new JsonArray([.. entry.Channels.Select(name => JsonValue.Create(name))]),
        ["problems"] = new JsonArray([.. entry.Problems.Select(problem => JsonValue.Create(problem))]),
        ["labels"] = new JsonArray([.. labels.OrderBy(stretch => stretch.From)
            .Select(stretch => new JsonObject { ["from"] = stretch.From, ["to"] = stretch.To, ["label"] = stretch.Label })]),
        ["wearer"] = note.Wearer,
        ["note"] = note.Text,
    };

    private static JsonObject Proposed(Query query, StudioRooms rooms)
    {
        RecordingEntry entry = rooms.Catalog.Find(query.Text("name"));
        IReadOnlyList<(int From, int To)> found = Proposals.Of(rooms.Catalog.SignalOf(entry.Name), entry.Rate);
        return new JsonObject
        {
            ["stretches"] = new JsonArray(
            [.. found.Select(stretch => new JsonObject { ["from"] = stretch.From, ["to"] = stretch.To })])
        };
    }

    /// <summary>Least and greatest values for a chart: float32, little-endian, (channels, parts, 2).</summary>
    private static Task Trace(HttpContext context, Query query, StudioRooms rooms)
    {
        SignalData signal = rooms.Catalog.SignalOf(query.Text("name"));
        int parts = (int)query.Number("parts", 1, MostParts);
        double from = query.Real("from", -1e9, 1e9);
        double to = query.Real("to", from, 2e9);
        float[] values = new float[2 * parts * signal.Channels.Count];
        for (int channel = 0; channel < signal.Channels.Count; channel++)
        {
            signal.Outline(channel, from, to, parts, values.AsSpan(2 * parts * channel, 2 * parts));
        }

        byte[] bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    }
}
