using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tiny.Core.Blobs;
using Tiny.Features;
using Tiny.Studio.Labels;
using Tiny.Training;
using Tiny.Training.Files;

namespace Tiny.Studio.Serving;

/// <summary>What the page can ask for.</summary>
internal static class Routes
{
    private const int NotModifiable = StatusCodes.Status409Conflict;

    internal static void Map(IEndpointRouteBuilder server, StudioRooms rooms)
    {
        FolderRoutes.Map(server, rooms);
        RecordRoutes.Map(server, rooms);
        ModelRoutes.Map(server, rooms);
        server.MapGet("/{**path}", PageFiles.Send);
    }

    /// <summary>A question.</summary>
    internal static void Ask(this IEndpointRouteBuilder server, string path, Func<HttpContext, Query, Task> answer) =>
        server.MapGet(path, context => Guarded(context, () => answer(context, Query.OfAddress(context.Request))));

    /// <summary>An action.</summary>
    internal static void Act(this IEndpointRouteBuilder server, string path, Func<HttpContext, Query, Task> answer) =>
        server.MapPost(path, context => Guarded(context, async () => await answer(context, await Query.OfBody(context.Request))));

    /// <summary>What a person can cause is answered in words; nothing of the machine beyond the folder is told.</summary>
    private static async Task Guarded(HttpContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ConflictException error)
        {
            await Reply.Fault(context, NotModifiable, error.Message);
        }
        catch (BadHttpRequestException error)
        {
            await Reply.Fault(context, error.StatusCode, error.Message);
        }
        catch (Exception error) when (error is TinyException or BlobException or FeatureException || FileFault.Is(error))
        {
            await Reply.Fault(context, StatusCodes.Status400BadRequest, error.Message);
        }
    }
}
