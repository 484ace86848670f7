using System.Diagnostics;
using Tiny.Cli.Tests;
using Tiny.Features;

namespace Tiny.Studio.Tests.Live;

/// <summary>
/// A device at the other end of a pseudo-terminal: six channels at a rate, a line a sample as firmware-samples/05-Capture sends them.
/// </summary>
internal sealed class SerialSensor : IDisposable
{
    private static readonly string[] Names = ["ax", "ay", "az", "gx", "gy", "gz"];

    private readonly PseudoTerminal terminal = new();
    private readonly Thread thread;
    private readonly int rate;
    private volatile bool ended;

    internal SerialSensor(int rate)
    {
        this.rate = rate;
        thread = new Thread(Send) { IsBackground = true };
    }

    /// <summary>The port to connect to.</summary>
    internal string Port => terminal.Port;

    /// <summary>Begins to send; what is due later than its time is sent at once, so that none is left out.</summary>
    internal void Begin() => thread.Start();

    /// <summary>Ends it as if it was unplugged: in the middle of a line.</summary>
    internal void Unplug()
    {
        ended = true;
        thread.Join();
        terminal.Write("$1,2,3"u8);
        terminal.Dispose();
    }

    public void Dispose()
    {
        ended = true;
        if (thread.IsAlive)
        {
            thread.Join(1000);
        }

        terminal.Dispose();
    }

    private void Send()
    {
        byte[] header = SampleLine.Header(new Signal(rate).AddAll(Names, "counts"));
        SampleLine line = new(Names.Length);
        Stopwatch watch = Stopwatch.StartNew();
        for (int number = 0; !ended;)
        {
            for (long due = (long)(watch.Elapsed.TotalSeconds * rate); number < due && !ended; number++)
            {
                if (number % (10 * rate) == 0)
                {
                    terminal.Write(header);
                }

                line.Begin(number, (int)(1000L * number / rate));
                for (int channel = 0; channel < Names.Length; channel++)
                {
                    line.Add((int)(8000 * Math.Sin(0.02 * (channel + 1) * number)));
                }

                line.End();
                terminal.Write(line.Buffer.AsSpan(0, line.Length));
            }

            Thread.Sleep(2);
        }
    }
}
