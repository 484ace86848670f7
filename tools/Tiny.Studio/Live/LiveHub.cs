using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Tiny.Studio.Live;

/// <summary>
/// All open windows of the studio: each is told of everything. A window that cannot keep up misses traces, which it is told by their
/// numbers, but no event.
/// </summary>
internal sealed class LiveHub : IDisposable
{
    private const int MostTraces = 400; // messages that wait for a window

    private readonly Lock sync = new();
    private readonly List<Window> windows = [];
    private readonly CancellationTokenSource ended = new();
    private long skipped;

    /// <summary>Messages of traces that a window was too slow for.</summary>
    internal long SkippedTraces => Interlocked.Read(ref skipped);

    /// <summary>How many windows are open.</summary>
    internal int Windows
    {
        get
        {
            using Lock.Scope alone = sync.EnterScope();
            return windows.Count;
        }
    }

    /// <summary>Tells all windows of something.</summary>
    internal void Say(string type, JsonObject what)
    {
        what["type"] = type;
        Send(new Message(WebSocketMessageType.Text, Encoding.UTF8.GetBytes(what.ToJsonString())));
    }

    /// <summary>Sends samples to all windows.</summary>
    internal void Trace(byte[] bytes) => Send(new Message(WebSocketMessageType.Binary, bytes));

    /// <summary>Serves a window until it is closed.</summary>
    internal async Task Serve(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, context.RequestAborted);
        Window window = new(Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true }));
        Keep(window);
        Task sending = Send(socket, window, end.Token);
        try
        {
            byte[] buffer = new byte[256];
            while (socket.State == WebSocketState.Open
                && (await socket.ReceiveAsync(buffer, end.Token)).MessageType != WebSocketMessageType.Close)
            {
                // A window says nothing: it asks by requests.
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The window is gone, or the studio ends.
        }

        Drop(window);
        window.Messages.Writer.Complete();
        await end.CancelAsync();
        await sending;
    }

    /// <inheritdoc/>
    public void Dispose() => ended.Cancel();

    private static async Task Send(WebSocket socket, Window window, CancellationToken end)
    {
        try
        {
            await foreach (Message message in window.Messages.Reader.ReadAllAsync(end))
            {
                if (message.Type == WebSocketMessageType.Binary)
                {
                    Interlocked.Decrement(ref window.Traces);
                }

                await socket.SendAsync(message.Bytes, message.Type, endOfMessage: true, end);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private void Send(Message message)
    {
        using Lock.Scope alone = sync.EnterScope();
        foreach (Window window in windows)
        {
            if (message.Type == WebSocketMessageType.Binary && Interlocked.Increment(ref window.Traces) > MostTraces)
            {
                Interlocked.Decrement(ref window.Traces);
                Interlocked.Increment(ref skipped);
                continue;
            }

            window.Messages.Writer.TryWrite(message);
        }
    }

    private void Keep(Window window)
    {
        using Lock.Scope alone = sync.EnterScope();
        windows.Add(window);
    }

    private void Drop(Window window)
    {
        using Lock.Scope alone = sync.EnterScope();
        windows.Remove(window);
    }

    private sealed record Message(WebSocketMessageType Type, byte[] Bytes);

    private sealed class Window(Channel<Message> messages)
    {
        internal int Traces;

        internal Channel<Message> Messages => messages;
    }
}
