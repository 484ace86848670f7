using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32;
using Tiny.Training.Data;

namespace Tiny.Cli.Serial;

/// <summary>
/// A serial port as a stream of bytes. The system's own tool sets it up (stty, mode), for there is no library for it among the packages we
/// may use. On Unix a read gives nothing after 0.2 s of silence, so that it can be interrupted; on Windows it waits.
/// </summary>
internal static class SerialDevice
{
    /// <exception cref="DataException">There is no such port, or it cannot be set up or read.</exception>
    internal static Stream Open(string port, int baud)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(port))
        {
            string[] ports = [.. Ports()];
            string present = ports.Length == 0 ? "No serial port is connected." : $"Connected are {string.Join(", ", ports)}.";
            throw new DataException($"{port}: no such port. {present}");
        }

        if (OperatingSystem.IsWindows() && !port.All(char.IsAsciiLetterOrDigit))
        {
            throw new DataException($"{port}: is no port's name, such as COM3.");
        }

        string speed = baud.ToString(CultureInfo.InvariantCulture);
        if (OperatingSystem.IsWindows())
        {
            Run("cmd", port, ["/c", "mode", $"{port}:", $"BAUD={speed}", "PARITY=N", "DATA=8", "STOP=1"]);
        }
        else
        {
            Run("stty", port, [OperatingSystem.IsMacOS() ? "-f" : "-F", port, speed, "raw", "-echo", "min", "0", "time", "2"]);
        }

        try
        {
            FileStream file = new(OperatingSystem.IsWindows() ? $@"\\.\{port}" : port, FileMode.Open, FileAccess.Read, FileShare.ReadWrite,
                bufferSize: 0);
            return OperatingSystem.IsWindows() ? file : new WatchedPort(file, port);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{port}: cannot be "
                + $"opened: {error.Message} Does another program hold it, or may you read it (on Linux: the group dialout)?", error);
        }
    }

    /// <summary>The ports that are connected.</summary>
    internal static IEnumerable<string> Ports() => OperatingSystem.IsWindows() ? WindowsPorts() : Directory.Exists("/dev")
        ? Directory.EnumerateFiles("/dev").Where(path => new[] { "ttyUSB", "ttyACM", "cu.usb" }
        .Any(kind => Path.GetFileName(path).StartsWith(kind, StringComparison.Ordinal))).Order()
        : [];

    [SupportedOSPlatform("windows")]
    private static string[] WindowsPorts()
    {
        using RegistryKey? key = Registry.LocalMachine.OpenSubKey(@"HARDWARE\DEVICEMAP\SERIALCOMM");
        return [.. (key?.GetValueNames() ?? []).Select(name => key!.GetValue(name)).OfType<string>().Order()];
    }

    private static void Run(string tool, string port, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new DataException($"{port}: is no serial port, or cannot be set "
                    + $"up: {said}. What a file or a pipe holds is recorded with tiny capture - < {port}.");
            }
        }
        catch (Win32Exception error)
        {
            throw new DataException($"{port}: {tool}, which sets up serial ports, cannot be run: {error.Message}", error);
        }
    }
}
