using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Tiny.Studio.Serving;

/// <summary>The page's files, which are part of the assembly: what is asked for is looked up by its whole name, never on a disk.</summary>
internal static class PageFiles
{
    private const string Prefix = "Page/";

    private static readonly HashSet<string> Names =
        [.. typeof(PageFiles).Assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/'))];

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>Sends a file of the page, or says that there is none.</summary>
    internal static async Task Send(HttpContext context)
    {
        string name = Prefix + (context.Request.Path == "/" ? "index.html" : context.Request.Path.Value!.TrimStart('/'));
        using Stream? file = Names.Contains(name) ? Assembly.GetExecutingAssembly().GetManifestResourceStream(name) : null;
        if (file is null)
        {
            await Reply.Fault(context, StatusCodes.Status404NotFound, "There is no such file.");
            return;
        }

        context.Response.ContentType = Types[Path.GetExtension(name)];
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body);
    }
}
