using System.Globalization;
using BenchmarkDotNet.Running;
using Tiny.Benchmarks.Desktop;
using Tiny.Benchmarks.Device;
using Tiny.Benchmarks.Trust;

namespace Tiny.Benchmarks;

/// <summary>Runs the benchmarks.</summary>
public static class Program
{
    private const string Folder = "tests/Tiny.Benchmarks";

    private const string Usage = """
        Usage: dotnet run -c Release --project tests/Tiny.Benchmarks -- WHAT
          device [--write]                  counts instructions in the emulator; --write keeps them in DEVICE.md and device-counts.csv
          device convolution|recurrence|stream
                                            counts those of convolutions, of recurrent layers, or of streams, alone
          source MODEL                      flash and instructions of a model exported as C#
          boards [--write]                  what models of several sizes take on each board; --write keeps it in BOARDS.md
          trust [--write]                   how often labels that are noise are trusted, and how soon right ones; --write: in TRUST.md
          kernels [BENCHMARKDOTNET OPTIONS] times the trainer's products with BenchmarkDotNet
          peak                              the forward product against what a core can do at most
          job two-layer THREADS             one of the jobs that the peers do too
          job mnist FOLDER HIDDEN BATCH THREADS
          job cnn FOLDER strided|gap|pooled EPOCHS BATCH THREADS
          peers SHARED PYTHON [--write]     times the jobs side by side with the peers; --write keeps the table in PEERS.md
        """;

    /// <summary>dotnet run -c Release --project tests/Tiny.Benchmarks -- WHAT</summary>
    public static int Main(string[] arguments)
    {
        bool write = arguments.Contains("--write");
        switch (arguments)
        {
            case ["device", "convolution"]:
                Console.Out.Write(DeviceDocument.Csv([.. ConvolutionBenchmark.Run()]));
                return 0;
            case ["device", "recurrence"]:
                Console.Out.Write(DeviceDocument.Csv([.. RecurrenceBenchmark.Run()]));
                return 0;
            case ["source", string model]:
                Console.Out.Write(SourceCount.Text(model));
                return 0;
            case ["device", "stream"]:
                Console.Out.Write(DeviceDocument.Csv([.. StreamBenchmark.Run()]));
                return 0;
            case ["device", ..]:
                Device(write);
                return 0;
            case ["boards", ..]:
                Keep(BoardTable.Markdown(), "BOARDS.md", write);
                return 0;
            case ["trust", ..]:
                Keep(TrustDocument.Markdown(), "TRUST.md", write);
                return 0;
            case ["kernels", .. string[] options]:
                BenchmarkSwitcher.FromTypes([typeof(ProductBenchmarks)]).Run(options.Length > 0 ? options : ["--filter", "*"]);
                return 0;
            case ["peak"]:
                (double peak, double product) = Peak.Measure(64, 1000, 100);
                Print($"forward 64x1000x100: {product:0.0} GFLOP/s; independent multiply-adds: {peak:0.0} GFLOP/s; {product / peak:0.0%}");
                Print($"independent multiply-adds of two threads at once: {Peak.OfThreads(2):0.0} GFLOP/s");
                return 0;
            case ["job", "two-layer", string threads]:
                (double seconds, double loss) = Jobs.TwoLayer(int.Parse(threads));
                Print($"tiny two-layer 64x1000x100x10, 2000 steps: {seconds:0.000} s, loss {loss:0.0000}");
                return 0;
            case ["job", "mnist", string folder, string hidden, string batch, string threads]:
                (double epoch, double accuracy) = Jobs.Mnist(folder, int.Parse(hidden), int.Parse(batch), int.Parse(threads));
                Console.Write($"tiny {threads} threads 784-{hidden}-10 batch {batch} sgd: ");
                Print($"median {epoch:0.0000} s an epoch, accuracy {accuracy:0.0000}");
                return 0;
            case ["job", "cnn", string images, string net, string epochs, string rows, string workers]:
                (double each, double right) = Jobs.Convolutions(images, net, int.Parse(epochs), int.Parse(rows), int.Parse(workers));
                Print($"tiny {workers} threads {net} batch {rows} adam: median {each:0.0000} s an epoch, accuracy {right:0.0000}");
                return 0;
            case ["peers", string shared, string python, ..]:
                string table = PeerComparison.Run(shared, python);
                Keep(table, "PEERS.md", write);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static void Device(bool write)
    {
        Measurement[] measurements = [.. DeviceBenchmark.Run()];
        Keep(DeviceDocument.Markdown(measurements), "DEVICE.md", write);
        if (write)
        {
            File.WriteAllText(Path.Combine(Folder, "device-counts.csv"), DeviceDocument.Csv(measurements));
        }
    }

    private static void Keep(string document, string name, bool write)
    {
        Console.Out.Write(document);
        if (write)
        {
            File.WriteAllText(Path.Combine(Folder, name), document);
        }
    }

    private static void Print(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
