using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tiny.Studio.Serving;

/// <summary>Answers of the server.</summary>
internal static class Reply
{
    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>An object as JSON.</summary>
    internal static Task Json(HttpContext context, JsonNode answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString(Plain));
    }

    /// <summary>What is wrong, in words for the page to show.</summary>
    internal static Task Fault(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return Json(context, new JsonObject { ["fault"] = message });
    }
}
