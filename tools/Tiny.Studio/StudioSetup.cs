using System.Diagnostics;

namespace Tiny.Studio;

/// <summary>What the studio is given by the command that starts it.</summary>
public sealed record StudioSetup
{
    /// <summary>The folder of recordings and models.</summary>
    public required string Folder { get; init; }

    /// <summary>The port of the loopback address; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Recordings outside of the folder that may be played as if a sensor sent them.</summary>
    public IReadOnlyList<string> Played { get; init; } = [];

    /// <summary>The boards' names.</summary>
    public IReadOnlyList<string> Boards { get; init; } = [];

    /// <summary>How tiny itself is started with arguments.</summary>
    public required Func<IReadOnlyList<string>, ProcessStartInfo> Tiny { get; init; }

    /// <summary>The serial ports that are connected.</summary>
    public Func<IReadOnlyList<string>> Ports { get; init; } = () => [];

    /// <summary>Opens a serial port at a speed; a read of the stream gives nothing after a moment of silence.</summary>
    public Func<string, int, Stream>? OpenPort { get; init; }
}
