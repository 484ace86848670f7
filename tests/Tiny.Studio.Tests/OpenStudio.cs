using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tiny.Studio.Tests;

/// <summary>A studio on a folder of its own, and a window of it: a client that has opened the address.</summary>
internal sealed class OpenStudio : IAsyncDisposable
{
    private readonly DirectoryInfo above = Directory.CreateTempSubdirectory("tiny-studio-");
    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
    private readonly string[] ports;
    private StudioServer? server;

    private OpenStudio(string[] ports)
    {
        this.ports = ports;
        Window = new HttpClient(handler);
    }

    /// <summary>The folder that it works on.</summary>
    internal string Folder => Path.Combine(above.FullName, "folder");

    /// <summary>The folder around it, of which it must not touch anything.</summary>
    internal string Above => above.FullName;

    /// <summary>The address with the token.</summary>
    internal Uri Address => new(server!.Address);

    /// <summary>The address without it.</summary>
    internal string Root => $"http://127.0.0.1:{Address.Port}";

    /// <summary>The token's cookie.</summary>
    internal string Cookie => handler.CookieContainer.GetCookieHeader(new Uri(Root));

    internal HttpClient Window { get; }

    internal static async Task<OpenStudio> Start(Action<string>? fill = null, params string[] ports)
    {
        OpenStudio studio = new(ports);
        Directory.CreateDirectory(studio.Folder);
        fill?.Invoke(studio.Folder);
        await studio.Open();
        return studio;
    }

    /// <summary>Ends the server and starts another on the same folder.</summary>
    internal async Task Restart()
    {
        await server!.DisposeAsync();
        await Open();
    }

    internal string At(string name) => Path.Combine(Folder, name);

    internal async Task<JsonElement> Get(string path) =>
        await (await Window.GetAsync(Root + path)).Content.ReadFromJsonAsync<JsonElement>();

    internal async Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Root + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Origin", Root);
        using HttpResponseMessage response = await Window.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Does something that must go well.</summary>
    internal async Task<JsonElement> Do(string path, object body)
    {
        (HttpStatusCode status, JsonElement answer) = await Post(path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {answer}");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Window.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        above.Delete(recursive: true);
    }

    private async Task Open()
    {
        server = await StudioServer.Start(
            new StudioSetup
            {
                Folder = Folder,
                Boards = ["stm32f4"],
                Tiny = StartTiny,
                Ports = () => ports,
                OpenPort = Cli.Serial.SerialDevice.Open
            });
        using HttpResponseMessage opened = await Window.GetAsync(Address);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
    }

    internal static ProcessStartInfo StartTiny(IReadOnlyList<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tiny.dll"), .. arguments]);
}
