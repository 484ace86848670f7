using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tiny.Studio.Labels;
using Tiny.Studio.Live;
using Tiny.Studio.Signals;
using Tiny.Studio.Trying;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;

namespace Tiny.Studio.Serving;

/// <summary>The sensor: connecting, recording, trying a model on it.</summary>
internal static class RecordRoutes
{
    internal static void Map(IEndpointRouteBuilder server, StudioRooms rooms)
    {
        server.MapGet("/api/live", context => context.WebSockets.IsWebSocketRequest
            ? rooms.Hub.Serve(context)
            : Reply.Fault(context, StatusCodes.Status400BadRequest, "This address is for web sockets."));
        server.Act("/api/connect", (context, query) =>
        {
            rooms.Session = null; // a port is opened once
            (string name, string command, Stream stream) = rooms.Sources.Open(query);
            rooms.Session = new LiveSession(
                name, command, stream, rooms.Hub, rooms.Workspace)
            { Recorded = (file, plan) => Recorded(rooms, file, plan) };
            return Reply.Json(context, new JsonObject { ["source"] = name });
        });
        server.Act("/api/disconnect", (context, _) =>
        {
            rooms.Session = null;
            return Reply.Json(context, new JsonObject());
        });
        server.Act("/api/move", (context, query) =>
        {
            rooms.Sources.Move(query.Text("movement"));
            return Reply.Json(context, new JsonObject());
        });
        server.Act("/api/record", (context, query) => Record(context, query, rooms));
        server.Act("/api/stop", (context, _) =>
        {
            rooms.Session?.EndTakes();
            return Reply.Json(context, new JsonObject());
        });
        server.Act("/api/try", (context, query) =>
        {
            LiveSession session = Connected(rooms);
            session.Try(query.Has("model")
                ? new LiveAnswers(Answers.Load(rooms.Workspace, rooms.Runs.FileOf(query.Text("model"))), session.Header) : null);
            return Reply.Json(context, new JsonObject());
        });
    }

    private static LiveSession Connected(StudioRooms rooms) =>
        rooms.Session ?? throw new DataException("No sensor is connected. Connect one first.");

    private static Task Record(HttpContext context, Query query, StudioRooms rooms)
    {
        TakePlan plan = new(
            CaptureFile.CheckText(query.Text("label"), "The class"),
            query.TextOrNone("wearer").Trim(),
            (int)query.Number("takes", 1, 1000),
            query.Real("seconds", 0, 86_400),
            query.Real("countdown", 0, 60));
        LiveSession session = Connected(rooms);
        session.Begin(plan);
        string seconds = plan.Seconds > 0 ? $" --seconds {plan.Seconds}" : "";
        string command = Commands.CommandLine.ToText(["capture", session.Command, "--label", plan.Label, "--out", "FILE.csv"]) + seconds;
        return Reply.Json(context, new JsonObject { ["command"] = command });
    }

    private static void Recorded(StudioRooms rooms, string file, TakePlan plan)
    {
        if (plan.Wearer.Length > 0 && rooms.Catalog.Entries().FirstOrDefault(entry => entry.File == file + ".csv") is RecordingEntry entry)
        {
            rooms.Notes.Set(entry.Name, entry.Title, new Note(plan.Wearer, ""));
        }

        rooms.Hub.Say("recorded", new JsonObject { ["file"] = file });
    }
}
