using System.Globalization;
using System.Reflection;

namespace Tiny.Emulator.Costs;

/// <summary>
/// What a kernel in C takes, from src/Tiny.Native/counts.csv: counts of whole calls at some sizes. Between them a call is taken for so
/// much itself, for each row, each input and each product; where one size was counted alone, for so much each element.
/// </summary>
public sealed class KernelCosts
{
    private static readonly Dictionary<string, KernelCosts> Loaded = [];

    private readonly Dictionary<string, double> counts = [];
    private readonly Grid dense;
    private readonly Grid int8;
    private readonly Grid places;
    private readonly Grid floatPlaces;

    private KernelCosts(string build)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Costs/counts.csv")!);
        string[] columns = reader.ReadLine()!.Split(',');
        while (reader.ReadLine()?.Split(',') is string[] fields)
        {
            // No floating-point unit: floats cost what they cost a Cortex-M0+, whole numbers what they
            // cost a core without the DSP extension.
            bool whole = fields[0].Contains("8") && !fields[0].Contains("f32");
            string column = build switch { "lto" => "m4f_dsp", "dev" => "m4f", "soft" => whole ? "m4f" : "m0plus", _ => "m0plus" };
            counts[fields[0]] = double.Parse(fields[Array.IndexOf(columns, column)], CultureInfo.InvariantCulture);
        }

        dense = Grid.Of(4, 64, (inputs, rows) => counts[$"dense_f32.{inputs}x{rows}"]);
        int8 = Grid.Of(4, 64, (inputs, rows) => counts[$"dense_s8.{inputs}x{rows}"]);

        // Sixteen places, windows of 3 by 3.
        places = Grid.Of(4, 16, (channels, filters) => counts[$"conv2d_s8.inside.{channels}x{filters}"] / 16);
        floatPlaces = Grid.Of(4, 16, (channels, filters) => counts[$"conv2d_f32.inside.{channels}x{filters}"] / 16);
    }

    /// <summary>The counts for a build of the interpreter: lto, dev, soft, m0 or m0plus.</summary>
    public static KernelCosts For(string build)
    {
        lock (Loaded)
        {
            return Loaded.TryGetValue(build, out KernelCosts? known) ? known : Loaded[build] = new KernelCosts(build);
        }
    }

    /// <summary>Instructions of one call.</summary>
    /// <param name="method">The kernel, as Tiny.Native names it.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="arguments">What they are.</param>
    public long Of(string method, ParameterInfo[] parameters, object?[] arguments)
    {
        object Get(string name) => arguments[Array.FindIndex(parameters, parameter => parameter.Name == name)]!;
        double Int(string name) => (int)Get(name);
        int Window(int at) => ((int[])Get("window"))[at];
        double each = parameters.Any(parameter => parameter.Name == "window") ? Window(0) * Window(1) : 0;
        double Weights(string rows) => ((ushort[])Get("counts")).Take((int)Int(rows)).Sum(count => count);
        double given = each > 0 ? Window(14) * Window(15) : 0;
        return (long)Math.Round(method switch
        {
            "Dense" => dense.At(Int("inputs"), Int("rows")),
            "DenseUpdate" => Scaled("dense_update_f32.64x64", 64 * 64, Int("inputs") * Int("rows")),
            "DenseInputGradient" => Scaled("dense_input_gradient_f32.64x64", 64 * 64, Int("inputs") * Int("rows")),
            "Normalize" => Scaled("normalize_f32.64", 64, Int("count")),
            "Activate" => Scaled("activate_f32.sigmoid.64", 64, Int("rows")),
            "Scale" => Scaled("normalize_f32.64", 64, Int("count")),
            "GruStep" => Scaled("gru_step_f32.16x3", Products(16, 3), Products(Int("units"), Int("channels"))),
            "FastGrnnStep" => Scaled("fastgrnn_step_f32.16x3", 16 * (16 + 3 + 12), Int("units") * (Int("units") + Int("channels") + 12)),
            "Levels" => Scaled("levels_u8.784", 784, Int("count")),
            "RowStarts" => Scaled("row_starts_s8.64x64", 64 * 64, Int("inputs") * Int("rows")),
            "Sums" => int8.At(Int("inputs"), Int("rows")),
            "Unpack" => Scaled("unpack_digits.32", 32, Int("count")),
            "Pack" => Scaled((int)Get("relu") != 0 ? "pack_digits.32" : "pack_digits.table.32", 32, Int("rows")),
            "ToFloats" => Scaled("sums_to_f32.10", 10, Int("rows")),
            "Convolve" => given * places.At(each * Window(12) / 9, Int("filters")),
            "Depthwise" => Scaled("depthwise_s8.10x10x16.3x3", 100 * 16 * 9, given * Window(12) * each),
            "Pool" => Scaled("pool_u8.10x10x16.2x2", 25 * 16 * 4, given * Window(12) * each),
            "MeanDigits" or "MeanFloats" => Scaled("mean_digits.100x16", 100 * 16, Int("places") * Int("channels")),
            "PackBytes" => Scaled("unpack_digits.32", 32, 3 * Int("longs")),
            "Range" => Scaled("window_range_f32.128", 128, Int("count")),
            "Deviation" or "Crossings" => Scaled("window_deviation_f32.128", 128, Int("count")),
            "Band" => Scaled("goertzel_f32.128", 128, Int("count")),
            "Fourier" => Scaled("fft_f32.256", 256 * 8, Int("count") * Math.Log2(Math.Max(2, Int("count")))),
            "Rows" => Scaled("sparse_f32.24x32", Indexed(32 * 24, 32), Indexed(Weights("rows"), Int("rows"))),
            "Groups" => Scaled("sparse_s8.24x32", Indexed(32 * 24, 32), Indexed(Weights("groups"), Int("groups"))),
            "NormalizeUsed" => Scaled("normalize_used_f32.64", 64, Int("count")),
            "LevelsUsed" => Scaled("levels_used_u8.64", 64, Int("count")),
            "Convolution" => given * floatPlaces.At(each * Window(12) / 9, Int("filters")),
            "DepthwiseConvolution" => Scaled("depthwise_f32.10x10x16.3x3", 100 * 16 * 9, given * Window(12) * each),
            "MaxPooling" or "AveragePooling" => Scaled("max_pool_f32.10x10x16.2x2", 25 * 16 * 4, given * Window(12) * each),
            "GlobalAverage" => Scaled("global_average_f32.100x16", 100 * 16, Int("places") * Int("channels")),
            _ => throw new EmulatorException($"The kernel {method} was not counted."),
        });
    }

    private static double Products(double units, double channels) => units * (2 * (channels + units) + channels + units + 12);

    /// <summary>A row's beginning and end cost as much as two of its weights.</summary>
    private static double Indexed(double weights, double rows) => weights + 2 * rows;

    private double Scaled(string line, double counted, double now) => counts[line] * now / counted;

    /// <summary>So much a call, each row, each input and each product, from counts at the four corners of two sizes.</summary>
    private sealed record Grid(double Call, double Input, double Row, double Product)
    {
        internal static Grid Of(int small, int large, Func<int, int, double> count)
        {
            double product = (count(large, large) - count(large, small) - count(small, large) + count(small, small))
                / ((large - small) * (large - small));
            double input = (count(large, small) - count(small, small)) / (large - small) - product * small;
            double row = (count(small, large) - count(small, small)) / (large - small) - product * small;
            return new Grid(count(small, small) - (input + row + product * small) * small, input, row, product);
        }

        internal double At(double inputs, double rows) => Math.Max(0, Call + Input * inputs + Row * rows + Product * inputs * rows);
    }
}
