using System.Diagnostics;

namespace Tiny.Cli.Tests.Fuzz;

/// <summary>Two named pipes with somebody at their other ends: one who sends a file, one who takes what comes.</summary>
internal sealed class PipePartner : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Thread sender;
    private readonly Thread taker;

    /// <summary>Makes the pipes.</summary>
    /// <param name="folder">The folder for them.</param>
    /// <param name="sent">What the one sends.</param>
    internal PipePartner(string folder, byte[] sent)
    {
        Source = Path.Combine(folder, "source");
        Sink = Path.Combine(folder, "sink");
        using (Process made = Process.Start("mkfifo", [Source, Sink]))
        {
            made.WaitForExit();
        }

        sender = Begin(() =>
        {
            using FileStream to = new(Source, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            to.Write(sent);
        });
        taker = Begin(() =>
        {
            using FileStream from = new(Sink, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            from.CopyTo(Stream.Null);
        });
    }

    /// <summary>The pipe to read.</summary>
    internal string Source { get; }

    /// <summary>The pipe to write to.</summary>
    internal string Sink { get; }

    /// <summary>Opens both ends of both pipes, so that whoever still waits for the other end goes on, and removes them.</summary>
    public void Dispose()
    {
        foreach (string pipe in new[] { Source, Sink })
        {
            new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0).Dispose();
        }

        Assert.True(sender.Join(Patience) && taker.Join(Patience), "a pipe was replaced by something else");
        File.Delete(Source);
        File.Delete(Sink);
    }

    private static Thread Begin(Action work)
    {
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (IOException)
            {
                // Whoever was at the other end has gone.
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
