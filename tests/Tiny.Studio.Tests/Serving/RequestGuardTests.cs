using System.Net;
using System.Text;

namespace Tiny.Studio.Tests.Serving;

public sealed class RequestGuardTests
{
    private const string Secret = "what lies outside of the folder";

    private static readonly string[] Paths =
    [
        "/", "/index.html", "/main.js", "/api/state", "/api/runs", "/api/live", "/api/trace?name={0}&from=0&to=9&parts=9",
            "/api/proposals?name={0}", "/api/map?window=8&hop=4", "/api/map?window={0}&hop={0}",
        "/api/answers?model={0}&name={0}", "/api/info?model={0}&board={0}", "/api/blob?model={0}", "/{0}", "/Page/{0}", "/api/{0}",
    ];

    private static readonly string[] Actions =
    [
        "/api/labels", "/api/undo", "/api/redo", "/api/trim", "/api/split", "/api/rename", "/api/remove", "/api/note", "/api/connect",
            "/api/disconnect", "/api/move", "/api/record", "/api/stop", "/api/try",
        "/api/train/stop", "/api/export",
    ];

    private static readonly string[] Names =
    [
        "../secret.csv", "..%2fsecret.csv", "..%5csecret.csv", "%2e%2e/secret.csv", "%2e%2e%2fsecret.csv", "....//secret.csv",
            "..%252fsecret.csv", "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "C:\\\\secret.csv",
        "file:///etc/passwd", "..\\\\secret.csv", ".studio/journal.jsonl", "%00", "a%00.csv", "con", "", ".", "..", "%ff%fe",
            "%u002e%u002e/secret.csv", "take", "take/take", "x'; rm -rf /", "--out=../x", "-h", "\\u0000",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ];

    [Fact]
    public async Task Two_thousand_fuzzed_requests_read_and_write_nothing_outside_of_the_folder()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder => Recorded.Write(folder, "take", "shake", 40));
        string outside = Path.Combine(studio.Above, "secret.csv");
        File.WriteAllText(outside, Secret);
        Random random = new(22);
        int port = studio.Address.Port;
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            (string request, bool mayPass) = Draw(random, studio.Cookie, port);
            string answer = await RawRequest.Send(port, request);
            int status = RawRequest.Status(answer); // 0 where the connection was closed in the middle of a body that is too long
            Assert.DoesNotContain(Secret, answer);
            Assert.DoesNotContain("root:", answer);
            Assert.True(mayPass || status is 0 or (>= 400 and < 500), $"{status} to {request[..Math.Min(300, request.Length)]}");
            Assert.True(status < 500, $"{status} to {request[..Math.Min(300, request.Length)]}: {answer}");
            refused += mayPass ? 0 : 1;
        }

        Assert.True(refused > 1000, $"{refused} requests had to be refused");
        Assert.Equal([outside], Directory.EnumerateFiles(studio.Above));
        Assert.Equal([studio.Folder], Directory.EnumerateDirectories(studio.Above));
        Assert.Equal(Secret, File.ReadAllText(outside));
        Assert.Equal(HttpStatusCode.OK, (await studio.Window.GetAsync(studio.Root + "/api/state")).StatusCode);
    }

    [Theory]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: {1}", 200)]
    [InlineData("Host: localhost:{0}\r\nCookie: {1}", 200)]
    [InlineData("Host: 127.0.0.1:{0}", 403)]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: tiny-studio-{0}=0123456789abcdef0123456789abcdef", 403)]
    [InlineData("Host: studio.example:{0}\r\nCookie: {1}", 403)]
    [InlineData("Host: 127.0.0.1\r\nCookie: {1}", 403)]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: {1}\r\nOrigin: http://127.0.0.1:1", 403)]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: {1}\r\nOrigin: null", 403)]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: {1}\r\nSec-Fetch-Site: same-site", 403)]
    [InlineData("Host: 127.0.0.1:{0}\r\nCookie: {1}\r\nSec-Fetch-Site: cross-site", 403)]
    public async Task Only_the_studios_own_page_is_answered(string headers, int status)
    {
        await using OpenStudio studio = await OpenStudio.Start();
        string request = $"GET /api/state HTTP/1.1\r\n{string.Format(headers, studio.Address.Port, studio.Cookie)}\r\nConnection: "
            + "close\r\n\r\n";
        Assert.Equal(status, RawRequest.Status(await RawRequest.Send(studio.Address.Port, request)));
    }

    [Fact]
    public async Task An_action_or_a_socket_without_an_origin_is_refused()
    {
        await using OpenStudio studio = await OpenStudio.Start();
        string head = $"Host: 127.0.0.1:{studio.Address.Port}\r\nCookie: {studio.Cookie}\r\nConnection: close";
        Assert.Equal(403, RawRequest.Status(
            await RawRequest.Send(studio.Address.Port, $"POST /api/undo HTTP/1.1\r\n{head}\r\nContent-Length: 2\r\n\r\n{{}}")));
        string upgrade = head.Replace(
            "Connection: close", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + "dGhlIHNhbXBsZSBub25jZQ==");
        Assert.Equal(403, RawRequest.Status(await RawRequest.Send(studio.Address.Port, $"GET /api/live HTTP/1.1\r\n{upgrade}\r\n\r\n")));
    }

    [Fact]
    public async Task The_page_may_ask_nothing_of_any_other_machine()
    {
        await using OpenStudio studio = await OpenStudio.Start();
        using HttpResponseMessage page = await studio.Window.GetAsync(studio.Root + "/");
        string policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.DoesNotContain("://", (await page.Content.ReadAsStringAsync()).Replace("http://www.w3.org", ""));
    }

    /// <summary>
    /// A request, and whether it comes from the studio's own page with its token, so that the server may do what it says.
    /// </summary>
    private static (string Request, bool MayPass) Draw(Random random, string cookie, int port)
    {
        string T(string[] list) => list[random.Next(list.Length)];
        int evil = random.Next(8);
        bool isAction = random.Next(2) == 0;
        string path = isAction ? T(Actions) : string.Format(T(Paths), T(Names), T(Names));
        string host = evil == 0 ? T(["studio.example", $"127.0.0.1.example:{port}", $"0.0.0.0:{port}", $"[::1]:{port}", "127.0.0.1", ""])
            : $"127.0.0.1:{port}";
        string token = evil == 1 ? T(["", "tiny-studio=1", cookie + "0", cookie.ToUpperInvariant(), $"tiny-studio-{port}=", cookie[..^1]])
            : cookie;
        string origin = evil == 2 ? T(
            ["http://evil.example", "null", $"http://127.0.0.1:{port + 1}", $"https://127.0.0.1:{port}",
                $"http://127.0.0.1:{port}.evil.example"]) : $"http://127.0.0.1:{port}";
        string site = evil == 3 ? T(["cross-site", "same-site", "x"]) : "same-origin";
        string method = evil == 4 ? T(["PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "CONNECT"]) : isAction ? "POST" : "GET";
        string body = evil switch
        {
            5 => T(["{", "[]", "null", "\"x\"", "{\"name\":{\"name\":1}}", "{\"name\":null}", new string('[', 5000), "{\"a\":1,\"a\":2}",
                "\u00ff\u00fe", "{\"name\":1e999}"]),
            6 => "{\"name\":\"" + new string('x', 2 << 20) + "\"}",
            _ => Body(random, T),
        };
        string length = evil == 7 ? T(["-1", "x", "99999999999999999999", "0"]) : Encoding.Latin1.GetByteCount(body).ToString();
        string request = $"{method} {path.Replace(" ", "%20")} HTTP/1.1\r\nHost: {host}\r\nCookie: {token}\r\nOrigin: {origin}\r\n"
            + $"Sec-Fetch-Site: {site}\r\nConnection: close\r\n"
            + (method == "GET" ? "\r\n" : $"Content-Length: {length}\r\nContent-Type: application/json\r\n\r\n{body}");

        return (request, evil > 3);
    }

    private static string Body(Random random, Func<string[], string> draw)
    {
        string name = draw(Names);
        string other = draw(Names);
        return $"{{\"name\":\"{name}\",\"to\":\"{other}\",\"from\":{random.Next(-5, 50)},\"at\":{random.Next(-5, 50)},"
            + $"\"model\":\"{other}\",\"format\":\"bytes\",\"board\":\"stm32f4\",\"kind\":\"port\",\"baud\":9600,"
            + $"\"label\":\"{other}\",\"takes\":1,\"seconds\":0.1,\"countdown\":0,\"movement\":\"{other}\",\"wearer\":\"{other}\","
                + $"\"note\":\"{name}\",\"add\":[{{\"from\":0,\"to\":{random.Next(60)},\"label\":\"{other}\"}}]}}";
    }
}
