namespace Tiny.Kernels;

/// <summary>Writes the kernels of device and trainer: what runs fastest is straight-line code, and that is written by a program.</summary>
public static class Program
{
    private const string Trainer = "src/Tiny.Training/Matrices";

    /// <summary>Each file by its path from the top of the checkout, and its text.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Files { get; } = new Dictionary<string, Func<string>>
    {
        ["src/Tiny.Core/Kernels/DenseProducts.cs"] = SmallDenseWriter.Write,
        ["src/Tiny.Core.Wide/Kernels/WideDenseProducts.cs"] = DenseForwardWriter.Write,
        ["src/Tiny.Int8/Kernels/LevelProducts.cs"] = PackedWriter.WriteSmallLevels,
        ["src/Tiny.Int8/Kernels/DigitProducts.cs"] = PackedWriter.WriteDigits,
        ["src/Tiny.Int8.Wide/Kernels/WideLevelProducts.cs"] = PackedWriter.WriteWideLevels,
        ["src/Tiny.Convolution.Int8/Kernels/FilterProducts.cs"] = ConvolutionWriter.Write,
        ["src/Tiny.Convolution.Int8.Wide/Kernels/WideFilterProducts.cs"] = ConvolutionWriter.WriteWide,
        ["src/Tiny.Convolution.Int8.Wide/Kernels/WholeWindows.cs"] = ConvolutionWriter.WriteWhole,
        ["src/Tiny.Convolution.Int8.Wide/Kernels/SquareFilters.cs"] = SquareFilterWriter.Write,
        ["src/Tiny.Convolution.Int8.Wide/Kernels/SquareProducts.cs"] = SquareProductWriter.Write,
        ["src/Tiny.Convolution.Int8/Kernels/ChannelProducts.cs"] = ConvolutionWriter.WriteChannels,
        ["src/Tiny.Learning/Kernels/DenseUpdates.cs"] = () =>
            DenseLearningWriter.WriteUpdates("Tiny.Learning", "Dense", SmallDenseWriter.WidestBlock),
        ["src/Tiny.Learning/Kernels/DenseInputGradients.cs"] = () =>
            DenseLearningWriter.WriteInputGradients("Tiny.Learning", "Dense", SmallDenseWriter.WidestBlock),
        ["src/Tiny.Learning.Wide/Kernels/WideDenseUpdates.cs"] = () =>
            DenseLearningWriter.WriteUpdates("Tiny.Learning.Wide", "WideDense", DenseForwardWriter.Widest),
        ["src/Tiny.Learning.Wide/Kernels/WideDenseInputGradients.cs"] = () =>
            DenseLearningWriter.WriteInputGradients("Tiny.Learning.Wide", "WideDense", DenseForwardWriter.Widest),
        ["src/Tiny.Learning.Wide/Kernels/Normalization.cs"] = NormalizationWriter.Write,
        ["src/Tiny.Sparse/Kernels/SparseProducts.cs"] = SparseWriter.Write,
        ["src/Tiny.Sparse.Int8/Kernels/SparseLevelProducts.cs"] = SparseWriter.WriteLevels,
        ["src/Tiny.Recurrence.Int8/Kernels/GruSteps.cs"] = GruStepWriter.Write,
        ["src/Tiny.Recurrence.Int8/Kernels/LaneSums.cs"] = LaneSumWriter.Write,
        ["src/Tiny.Native/Firmware/tiny_native_interop.h"] = InteropWriter.WriteHeader,
        ["src/Tiny.Native/Firmware/tiny_native_table.cpp"] = InteropWriter.WriteTable,
        ["src/Tiny.Native/Firmware/tiny_native_calls.cpp"] = InteropWriter.WriteCalls,
        [$"{Trainer}/Tiles.Tall.cs"] = TileWriter.WriteTall,
        [$"{Trainer}/Tiles.Low.cs"] = TileWriter.WriteLow,
        [$"{Trainer}/LaneTiles.Sums.cs"] = LaneTileWriter.WriteSums,
        [$"{Trainer}/LaneTiles.Gradients.cs"] = LaneTileWriter.WriteGradients,
    };

    /// <summary>dotnet run -c Release --project tools/Tiny.Kernels [TOP OF THE CHECKOUT]</summary>
    public static int Main(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : ".";
        if (!File.Exists(Path.Combine(folder, "Tiny.sln")))
        {
            Console.Error.WriteLine($"Tiny.Kernels: {folder}: is not the top of the checkout. Run from there, or name it.");
            return 1;
        }

        foreach ((string name, Func<string> text) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text());
        }

        return 0;
    }
}
