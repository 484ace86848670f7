using Tiny.Benchmarks.Device;

namespace Tiny.Benchmarks;

/// <summary>Runs the benchmarks.</summary>
public static class Program
{
    private const string Folder = "tests/Tiny.Benchmarks";

    /// <summary>dotnet run -c Release --project tests/Tiny.Benchmarks -- device [--write]</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not ["device", ..])
        {
            Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Tiny.Benchmarks -- device [--write]\n"
                + "device counts instructions in the emulator and prints them; --write keeps them in DEVICE.md and device-counts.csv.");
            return 2;
        }

        Measurement[] measurements = [.. DeviceBenchmark.Run()];
        string document = DeviceDocument.Markdown(measurements);
        Console.Out.Write(document);
        if (arguments.Contains("--write"))
        {
            File.WriteAllText(Path.Combine(Folder, "DEVICE.md"), document);
            File.WriteAllText(Path.Combine(Folder, "device-counts.csv"), DeviceDocument.Csv(measurements));
        }

        return 0;
    }
}
