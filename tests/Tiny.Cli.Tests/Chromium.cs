using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tiny.Cli.Tests;

/// <summary>
/// A page in a headless Chromium, driven over its DevTools protocol: what it logs, what it asks for, what its script answers.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-port=0", "about:blank",
    ];

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("tiny-chromium-");
    private readonly ClientWebSocket socket = new();
    private Process? process;
    private int lastId;

    /// <summary>The program, null where it is not installed.</summary>
    internal static string? Path { get; } = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Errors, in the console or thrown.</summary>
    internal List<string> Errors { get; } = [];

    /// <summary>Addresses asked for.</summary>
    internal List<string> Requests { get; } = [];

    internal static async Task<Chromium> Open(string file)
    {
        Chromium chromium = new();
        await chromium.Start();
        await chromium.Call("Page.enable");
        await chromium.Call("Runtime.enable");
        await chromium.Call("Log.enable");
        await chromium.Call("Network.enable");
        await chromium.Navigate(file);
        return chromium;
    }

    /// <summary>Opens another file.</summary>
    internal async Task Navigate(string file)
    {
        string address = new Uri(file).AbsoluteUri;
        await Call("Page.navigate", new JsonObject { ["url"] = address });
        for (int i = 0; await Evaluate("location.href + document.readyState") != address + "complete" && i < 200; i++)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Lays the page out on a screen so wide, or on paper.</summary>
    internal async Task Resize(int width, bool print = false)
    {
        await Call("Emulation.setEmulatedMedia", new JsonObject { ["media"] = print ? "print" : "screen" });
        await Call("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 });
    }

    /// <summary>What an expression gives, as JSON or plain text.</summary>
    internal async Task<string> Evaluate(string expression)
    {
        JsonElement result = await Call(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.False(result.TryGetProperty("exceptionDetails", out JsonElement thrown), thrown.ToString());
        JsonElement value = result.GetProperty("result").TryGetProperty("value", out JsonElement found) ? found : default;
        return value.ValueKind == JsonValueKind.Undefined ? "undefined" : value.ToString();
    }

    internal async Task<JsonElement> Call(string method, JsonObject? parameters = null)
    {
        int id = ++lastId;
        byte[] message = Encoding.UTF8.GetBytes(
            new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString());
        await socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            JsonElement answer = await Receive();
            if (answer.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
            {
                Assert.False(answer.TryGetProperty("error", out JsonElement error), error.ToString());
                return answer.GetProperty("result");
            }

            Note(answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        for (int i = 0; profile.Exists && i < 20; i++)
        {
            try
            {
                profile.Delete(recursive: true);
                break;
            }
            catch (IOException)
            {
                await Task.Delay(50); // its children are still writing
            }
        }
    }

    private async Task Start()
    {
        process = Process.Start(new ProcessStartInfo(
            Path!, [.. Flags, $"--user-data-dir={profile.FullName}"])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        string portFile = System.IO.Path.Combine(profile.FullName, "DevToolsActivePort");
        for (int i = 0; i < 500 && (!File.Exists(portFile) || File.ReadAllLines(portFile).Length < 2); i++)
        {
            await Task.Delay(20);
        }

        using HttpClient http = new();
        JsonArray pages = (await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{File.ReadAllLines(portFile)[0]}/json/list"))!;
        string address = pages.First(page => (string)page!["type"]! == "page")!["webSocketDebuggerUrl"]!.ToString();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
    }

    private async Task<JsonElement> Receive()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        using MemoryStream message = new();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(message.ToArray()).RootElement;
    }

    private void Note(JsonElement happened)
    {
        JsonElement parameters = happened.GetProperty("params");
        switch (happened.GetProperty("method").GetString())
        {
            case "Runtime.exceptionThrown":
            case "Runtime.consoleAPICalled":
            case "Log.entryAdded":
                Errors.Add(parameters.ToString());
                break;
            case "Network.requestWillBeSent":
                Requests.Add(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
        }
    }
}

/// <summary>A test in a real browser; skipped with a word where there is none.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute()
    {
        Skip = Chromium.Path is null ? "Chromium is not installed (Debian: apt-get install chromium)." : null;
    }
}
