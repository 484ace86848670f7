using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Serial;
using Tiny.Cli.Sweep;
using Tiny.Emulator.Boards;
using Tiny.Studio;
using Tiny.Training.Data;

namespace Tiny.Cli.Commands;

/// <summary>tiny studio: record, label, train, try and export in a browser, on this machine alone.</summary>
internal sealed class StudioCommand
{
    private const double LongestIdle = 86_400; // seconds

    private readonly Argument<string> folder =
        new("FOLDER") { Description = "The folder of recordings and models; it is created if missing", DefaultValueFactory = _ => "." };
    private readonly Option<int> port = new Option<int>("--port")
    {
        Description = "The port on the loopback address; 0: any free port",
        HelpName = "N",
        DefaultValueFactory = _ => 0
    }
        .Within(number => number is >= 0 and <= 65535, "0 to 65535");

    private readonly Option<bool> noBrowser = new("--no-browser") { Description = "Print the address instead of opening a browser" };
    private readonly Option<string[]> play = new("--play")
    {
        Description = "A file of recordings to play as if a sensor sent them. Repeatable",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> serial = new("--serial")
    {
        Description = "A serial port that is not found by itself, such as /dev/rfcomm0. May be given again",
        HelpName = "PORT",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<double?> idle =
        new Option<double?>("--idle")
        {
            Description = "End after this many seconds without an open window. Default: only when interrupted",
            HelpName = "S"
        }
        .Within(seconds => seconds is >= 0 and <= LongestIdle, $"0 to {LongestIdle:0} seconds");

    internal static Command Create()
    {
        StudioCommand studio = new();
        ExampleCommand command = new(
            "studio",
            "Opens Tiny Studio in a browser: view a signal, label it, train, try, export. It runs on this machine only, makes no network "
                + "requests, and works on a folder of plain files. Ctrl-C ends it.",
            "tiny studio gestures",
            "tiny studio gestures --play recordings.csv",
            "tiny studio gestures --port 8123 --no-browser");
        command.Arguments.Add(studio.folder);
        foreach (Option option in new Option[] { studio.port, studio.noBrowser, studio.play, studio.serial, studio.idle })
        {
            command.Options.Add(option);
        }

        command.SetWork(studio.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string[] played = parsed.GetValue(play) ?? [];
        string[] named = parsed.GetValue(serial) ?? [];
        RunFiles files = new();
        foreach (string path in played)
        {
            files.Reads(play.Name, File.Exists(path) ? path : throw new DataException(
                $"{path}: {(Directory.Exists(path) ? "is a folder" : "no such file")}. Name a file of recordings for {play.Name}."));
        }

        files.Check();
        StudioSetup setup = new()
        {
            Folder = parsed.GetValue(folder)!,
            Port = parsed.GetValue(port),
            Played = played,
            Boards = BoardProfile.Names,
            Tiny = arguments => WorkerProcess.Self([.. arguments]),
            Ports = () => [.. SerialDevice.Ports().Concat(named).Distinct()],
            OpenPort = SerialDevice.Open,
        };
        Serve(setup, parsed.GetValue(noBrowser), parsed.GetValue(idle), cancel).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static async Task Serve(StudioSetup setup, bool quiet, double? idle, CancellationToken cancel)
    {
        await using StudioServer server = await StudioServer.Start(setup, cancel);
        Console.Out.WriteLine(server.Address);
        Words.Say("Tiny Studio is open at this address, for this machine alone; Ctrl-C ends it.");
        if (!quiet)
        {
            OpenBrowser(server.Address);
        }

        try
        {
            await server.Wait(idle is double seconds ? TimeSpan.FromSeconds(seconds) : null, cancel);
        }
        catch (OperationCanceledException)
        {
            Words.Say("Tiny Studio has ended.");
        }
    }

    private static void OpenBrowser(string address)
    {
        try
        {
            using Process? process = Process.Start(OperatingSystem.IsMacOS() ? new ProcessStartInfo("open", [address])
                : OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
                : new ProcessStartInfo("xdg-open", [address]) { RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            Words.Say("No browser could be opened: open the address yourself.");
        }
    }
}
