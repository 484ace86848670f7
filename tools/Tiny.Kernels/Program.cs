namespace Tiny.Kernels;

/// <summary>Writes the kernels of device and trainer: what runs fastest is straight-line code, and that is written by a program.</summary>
public static class Program
{
    private const string Device = "src/Tiny.Core/Kernels";
    private const string Trainer = "src/Tiny.Training/Matrices";

    /// <summary>Each file by its path from the top of the checkout, and its text.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Files { get; } = new Dictionary<string, Func<string>>
    {
        [$"{Device}/DenseForward.cs"] = DenseForwardWriter.Write,
        [$"{Device}/DenseInputGradient.cs"] = DenseLearningWriter.WriteInputGradient,
        [$"{Device}/InputPackedForward.cs"] = PackedWriter.WriteInputPacked,
        [$"{Device}/Normalisation.cs"] = NormaliseWriter.Write,
        [$"{Device}/DenseUpdate.cs"] = DenseLearningWriter.WriteUpdate,
        [$"{Device}/OutputPackedForward.cs"] = PackedWriter.WriteOutputPacked,
        [$"{Trainer}/Tiles.Tall.cs"] = TileWriter.WriteTall,
        [$"{Trainer}/Tiles.Low.cs"] = TileWriter.WriteLow,
    };

    /// <summary>dotnet run -c Release --project tools/Tiny.Kernels [TOP OF THE CHECKOUT]</summary>
    public static int Main(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : ".";
        if (!Directory.Exists(Path.Combine(folder, Device)))
        {
            Console.Error.WriteLine($"Tiny.Kernels: {folder}: is not the top of the checkout. Run from there, or name it.");
            return 1;
        }

        foreach ((string name, Func<string> text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text());
        }

        return 0;
    }
}
