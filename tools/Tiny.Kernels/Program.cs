namespace Tiny.Kernels;

/// <summary>Writes src/Tiny.Core/Kernels: what an interpreter runs fastest is straight-line code, and that is written by a program.</summary>
public static class Program
{
    private const string Default = "src/Tiny.Core/Kernels";

    /// <summary>Each file, and its text.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Files { get; } = new Dictionary<string, Func<string>>
    {
        ["DenseForward.cs"] = DenseForwardWriter.Write,
        ["DenseInputGradient.cs"] = DenseLearningWriter.WriteInputGradient,
        ["InputPackedForward.cs"] = PackedWriter.WriteInputPacked,
        ["Normalisation.cs"] = NormaliseWriter.Write,
        ["DenseUpdate.cs"] = DenseLearningWriter.WriteUpdate,
        ["OutputPackedForward.cs"] = PackedWriter.WriteOutputPacked,
    };

    /// <summary>dotnet run -c Release --project tools/Tiny.Kernels [FOLDER]</summary>
    public static int Main(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : Default;
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Tiny.Kernels: {folder}: no such folder. Run from the top of the checkout, or name the folder.");
            return 1;
        }

        foreach ((string name, Func<string> text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text());
        }

        return 0;
    }
}
