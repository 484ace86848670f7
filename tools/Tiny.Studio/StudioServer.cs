using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Tiny.Studio.Serving;
using Tiny.Training.Data;

namespace Tiny.Studio;

/// <summary>The studio's server: the page and what it asks for, on the loopback address alone, for whoever has the token.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    private const int MostBody = 1 << 20;   // bytes: the page sends small objects
    private const int MostHeaders = 16 << 10;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.2);

    private readonly WebApplication application;
    private readonly StudioRooms rooms;

    private StudioServer(WebApplication application, StudioRooms rooms, string address)
    {
        this.application = application;
        this.rooms = rooms;
        Address = address;
    }

    /// <summary>The address to open, with the token in it.</summary>
    public string Address { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="DataException">The folder cannot be used, or another studio has it; or the port is taken.</exception>
    public static async Task<StudioServer> Start(StudioSetup setup, CancellationToken cancel = default)
    {
        StudioRooms rooms = new(setup);
        try
        {
            // Nothing is read from the environment or from settings files: the address is this one and no other.
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
                new WebApplicationOptions { ApplicationName = "Tiny.Studio" });
            builder.Services.AddRoutingCore();
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, setup.Port);
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MostBody;
                kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaders;
            });
            WebApplication application = builder.Build();
            RequestGuard guard = new();
            application.Use(guard.Check);
            application.UseWebSockets();
            application.UseRouting();
            Routes.Map(application, rooms);
            await application.StartAsync(cancel);
            int port = new Uri(application.Services.GetRequiredService<IServer>().Features
                .GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
            guard.Serve(port);
            rooms.ReadAhead();
            return new StudioServer(application, rooms, guard.Address);
        }
        catch (IOException error)
        {
            rooms.Dispose();
            throw new DataException($"--port {setup.Port}: cannot be listened on: {error.Message.TrimEnd('.')}. Name another, or none.",
                error);
        }
        catch
        {
            rooms.Dispose();
            throw;
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="idle">How long it goes on without an open window; null for ever.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task Wait(TimeSpan? idle, CancellationToken cancel)
    {
        long since = Stopwatch.GetTimestamp();
        while (idle is null || Stopwatch.GetElapsedTime(since) < idle)
        {
            await Task.Delay(idle is TimeSpan limit && limit < Look ? limit : Look, cancel);
            since = rooms.Hub.Windows > 0 ? Stopwatch.GetTimestamp() : since;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        rooms.Dispose();
        using CancellationTokenSource atOnce = new(TimeSpan.FromSeconds(1));
        await application.StopAsync(atOnce.Token);
        await application.DisposeAsync();
    }
}
