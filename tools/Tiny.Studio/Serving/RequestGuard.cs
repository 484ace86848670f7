using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tiny.Studio.Serving;

/// <summary>
/// Lets in none but the page that the studio itself has served. Whoever opens the address with the token gets a cookie; every other request
/// must have it, must name the loopback address as its host (or a name that leads here would do, DNS rebinding), and must come from the
/// studio's own page (or any page could send one).
/// </summary>
internal sealed class RequestGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; base-uri "
            + "'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private int port;

    /// <summary>The address to open, with the token in it.</summary>
    internal string Address => $"http://127.0.0.1:{port}/?token={token}";

    // Cookies do not part ports: two studios have two names.
    private string Cookie => $"tiny-studio-{port}";

    /// <summary>Says which port is listened on.</summary>
    internal void Serve(int listening) => port = listening;

    /// <summary>Answers what may not pass, and sets the headers that keep the page to this machine.</summary>
    internal Task Check(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        HttpRequest request = context.Request;
        if (request.Host.Value != $"127.0.0.1:{port}" && request.Host.Value != $"localhost:{port}")
        {
            return Refuse(context, "This host is not served.");
        }

        bool isOpening = request.Path == "/" && HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("token");
        if (!isOpening && ComesFromElsewhere(request))
        {
            return Refuse(context, "Only the studio's own page may ask for this.");
        }

        if (isOpening)
        {
            return Open(context);
        }

        return IsToken(request.Cookies[Cookie])
            ? next(context)
            : Refuse(context, "The token is missing or wrong. Open the address that tiny studio printed.");
    }

    /// <summary>Trades the token for a cookie, and the address for one without it.</summary>
    private Task Open(HttpContext context)
    {
        if (context.Request.Query["token"] is not [string given] || !IsToken(given))
        {
            return Refuse(context, "The token is wrong. Open the address that tiny studio printed.");
        }

        context.Response.Cookies.Append(Cookie, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.Redirect("/");
        return Task.CompletedTask;
    }

    private bool ComesFromElsewhere(HttpRequest request)
    {
        string own = $"http://{request.Host.Value}";
        string? origin = request.Headers.Origin;
        bool mustName = !HttpMethods.IsGet(request.Method) || request.Headers.Upgrade.Count > 0;
        string? site = request.Headers["Sec-Fetch-Site"];
        return (origin is null ? mustName : origin != own) || site is not (null or "same-origin" or "none");
    }

    private bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));

    private static Task Refuse(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why);
    }
}
