using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tiny.Studio.Commands;
using Tiny.Studio.Exporting;
using Tiny.Studio.Folders;
using Tiny.Studio.Signals;
using Tiny.Studio.Trying;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Serving;

/// <summary>Training, trying and exporting models.</summary>
internal static class ModelRoutes
{
    private const string ExportFolder = "export";

    private const string Sample = "sample";

    private static readonly string[] Formats = ["csharp", "bytes", "deploy", "onnx", Sample];

    internal static void Map(IEndpointRouteBuilder server, StudioRooms rooms)
    {
        server.Act("/api/train", (context, query) =>
        {
            (string name, string command) = rooms.Runs.Start(TrainSettings.Of(query, rooms.Setup.Boards), query.TextOrNone("name"));
            return Reply.Json(context, new JsonObject { ["name"] = name, ["command"] = command });
        });
        server.Act("/api/train/stop", (context, _) =>
        {
            rooms.Runs.Stop();
            return Reply.Json(context, new JsonObject());
        });
        server.Act("/api/sweep", (context, query) =>
        {
            (string name, string command) = query.TextOrNone("name") is { Length: > 0 } stopped
                ? rooms.Sweeps.GoOn(stopped)
                : rooms.Sweeps.Begin(SweepSettings.ToFile(query, TrainSettings.Of(query, rooms.Setup.Boards), SweepRuns.Data));
            return Reply.Json(context, new JsonObject { ["name"] = name, ["command"] = command });
        });
        server.Act("/api/sweep/stop", (context, _) =>
        {
            rooms.Sweeps.Stop();
            return Reply.Json(context, new JsonObject());
        });
        server.Ask("/api/sweep", (context, query) => Reply.Json(
            context, new JsonObject { ["results"] = rooms.Sweeps.Results(query.Text("name")) }));
        server.Act("/api/budget", async (context, query) => await Reply.Json(
            context, await rooms.Runs.Budget(TrainSettings.Of(query, rooms.Setup.Boards))));
        server.Ask("/api/runs", (context, _) => Reply.Json(
            context, new JsonObject { ["runs"] = rooms.Runs.List(), ["running"] = rooms.Runs.Running }));
        server.Ask("/api/info", async (context, query) => await Reply.Json(
            context, await rooms.Runs.Info(query.Text("model"), Board(query, rooms))));
        server.Ask("/api/answers", (context, query) =>
        {
            RecordingEntry entry = rooms.Catalog.Find(query.Text("name"));
            string file = rooms.Runs.FileOf(query.Text("model"));
            LabeledStretch[] labels = [.. rooms.Labeling.All().Where(stretch => stretch.Recording == entry.Name)
                .OrderBy(stretch => stretch.From)];
            JsonObject answers = Answers.Of(rooms.Workspace, Answers.Load(rooms.Workspace, file), entry, labels);
            answers["command"] = CommandLine.ToText(["predict", file, entry.File]);
            return Reply.Json(context, answers);
        });
        server.Act("/api/export", (context, query) => Export(context, query, rooms));
        server.Ask("/api/blob", (context, query) =>
        {
            string file = rooms.Runs.FileOf(query.Text("model"));
            context.Response.ContentType = "application/octet-stream";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{FolderNames.Of(query.Text("model"))}.tiny\"";
            return context.Response.Body.WriteAsync(rooms.Workspace.Read(file)!).AsTask();
        });
    }

    private static string Board(Query query, StudioRooms rooms) =>
        query.Text("board") is string board && rooms.Setup.Boards.Contains(board)
            ? board
            : throw new SelectionException($"There is no board \"{query.Text("board")}\".");

    private static async Task Export(HttpContext context, Query query, StudioRooms rooms)
    {
        string name = query.Text("model");
        string format = query.Text("format");
        if (!Formats.Contains(format))
        {
            throw new SelectionException($"\"format\" is wrong: expected {string.Join(", ", Formats)}.");
        }

        bool isSample = format == Sample;
        string file = rooms.Runs.FileOf(name);
        string folder = isSample ? $"{ExportFolder}/{name}-sample" : $"{ExportFolder}/{name}";
        (IReadOnlyList<string> project, IReadOnlyList<string> notes) = isSample ? WriteSample(rooms, file, folder) : ([], []);
        string[] named = isSample ? ["--class", SampleProject.ModelClass, "--namespace", SampleProject.Namespace] : [];
        string[] arguments = ["export", file, "--format", isSample ? "bytes" : format, .. named, "--out", folder];
        string written = await rooms.Runs.Text(arguments);
        await Reply.Json(context, new JsonObject
        {
            ["command"] = CommandLine.ToText(arguments),
            ["files"] = new JsonArray([.. written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(project)
                .Select(file => JsonValue.Create(file.Replace('\\', '/')))]),
            ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
        });
    }

    private static (IReadOnlyList<string> Files, IReadOnlyList<string> Notes) WriteSample(StudioRooms rooms, string file, string folder) =>
        SampleProject.Write(rooms.Workspace, rooms.Workspace.Read(file)!, Answers.Load(rooms.Workspace, file), folder);
}
