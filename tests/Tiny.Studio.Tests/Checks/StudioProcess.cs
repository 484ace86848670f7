using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tiny.Studio.Tests.Checks;

/// <summary>tiny studio as a process of its own, and a client that has opened its address.</summary>
internal sealed class StudioProcess : IDisposable
{
    private readonly Process process;
    private readonly HttpClient client = new(new HttpClientHandler { CookieContainer = new CookieContainer() });

    private StudioProcess(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    internal string Address { get; }

    internal string Root => new Uri(Address).GetLeftPart(UriPartial.Authority);

    internal long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    internal static async Task<StudioProcess> Start(string folder, params string[] options)
    {
        ProcessStartInfo start = OpenStudio.StartTiny(["studio", folder, "--no-browser", .. options]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = Process.Start(start)!;
        string? address = await process.StandardOutput.ReadLineAsync();
        Assert.True(address is not null, address is null ? await process.StandardError.ReadToEndAsync() : "");
        _ = process.StandardError.ReadToEndAsync();
        StudioProcess studio = new(process, address!);
        (await studio.client.GetAsync(address)).EnsureSuccessStatusCode();
        return studio;
    }

    internal async Task<bool> Post(string path, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Root + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Origin", Root);
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.IsSuccessStatusCode;
    }

    internal Task<JsonElement> Get(string path) => client.GetFromJsonAsync<JsonElement>(Root + path);

    internal void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }
}
