using System.Globalization;
using System.Text;
using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;
using Tiny.Int8;
using Tiny.Sparse.Int8;
using Tiny.Training.Export.CSharp;

namespace Tiny.Benchmarks.Device;

/// <summary>
/// What a model as exported source takes: flash with the framework, and instructions of a sample
/// of zeros, or the values nearest to 0 within the range of calibration.
/// </summary>
internal static class SourceCount
{
    private static readonly string[] Boards = ["stm32f4", "esp32", "rp2040", "stm32f091"];

    /// <summary>A line for the flash, and one for each board.</summary>
    internal static string Text(string path)
    {
        Kinds.RegisterAll();
        Network network = Network.FromBlob(File.ReadAllBytes(path));
        string source = CSharpExporter.Export(network, "Models", "Model");
        DeviceProgram program = DeviceCompiler.Compile("Generated", source);
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"flash {DeployedProgram.Of(program).FlashBytes:#,0} bytes");
        foreach (BoardProfile board in Boards.Select(BoardProfile.Load))
        {
            Machine machine = DeviceBenchmark.Machine(board, program);
            text.AppendLine($"{board.Name}: {string.Join(", ", Counts(machine, board, source, network))}");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Counts(Machine machine, BoardProfile board, string source, Network network)
    {
        (string Method, object[] Arguments)[] methods =
        [
            ("Predict", [Nearest(network), new float[network.Outputs]]),
            ("Classify", [Nearest(network)]),
            ("PredictLevels", [new byte[network.Inputs], new float[network.Outputs]]),
            ("ClassifyLevels", [new byte[network.Inputs]]),
        ];
        foreach ((string method, object[] arguments) in methods.Where(
            each => source.Contains($" {each.Method}(", StringComparison.Ordinal)))
        {
            long count = machine.Count(() => machine.Invoke("Models.Model", method, arguments));
            yield return string.Create(CultureInfo.InvariantCulture, $"{method} {count:#,0} ({1000 * board.Seconds(count):0.0} ms)");
        }
    }

    /// <summary>Of float32 any sample costs the same; an int8 input beyond its range takes longer.</summary>
    private static float[] Nearest(Network network)
    {
        float[]? scaling = network.GetLayer(0) switch
        {
            LevelDenseLayer dense => dense.Scaling,
            SparseLevelLayer sparse => sparse.Scaling,
            ByteLayer bytes => bytes.LevelScaling,
            _ => null,
        };
        float Level(int input, int part) => scaling![scaling.Length == 2 ? part : 2 * input + part];
        float Value(int input) => (Math.Clamp(Level(input, 1), 0.5f - LevelDenseLayer.Levels, -1.5f) - Level(input, 1)) / Level(input, 0);
        return [.. Enumerable.Range(0, network.Inputs).Select(i => scaling is null ? 0f : Value(i))];
    }
}
