using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Import;
using Tiny.Training.Quantization;

namespace Tiny.Cli.Options;

/// <summary>The options of tiny import that name data: to compare answers on, and to calibrate int8 on. Neither needs labels.</summary>
internal sealed class ImportDataOptions
{
    private const int MostToCalibrate = 4000;

    private readonly Option<string?> check =
        new("--check")
        {
            Description = "A CSV or IDX file, or - for stdin, to compare model and graph on. Default: up to 64 random rows",
            HelpName = "DATA"
        };
    private readonly Option<string?> weights = new("--weights") { Description = "float32, or int8 with --calibrate", HelpName = "FORM" };
    private readonly Option<string?> calibrate =
        new("--calibrate") { Description = "A CSV or IDX file like the data the model will see, to calibrate int8 on", HelpName = "DATA" };
    private readonly DataOptions reading = new(); // none is offered: how a file is to be read is found out

    internal void AddTo(Command command)
    {
        command.Options.Add(check);
        command.Options.Add(weights);
        command.Options.Add(calibrate);
    }

    internal void NameFiles(ParseResult parsed, RunFiles files) =>
        files.Reads(check.Name, parsed.GetValue(check)).Reads(calibrate.Name, parsed.GetValue(calibrate));

    internal bool IsInt8(ParseResult parsed) => parsed.GetValue(weights) == "int8";

    /// <exception cref="UsageException">They do not go together.</exception>
    internal void Check(ParseResult parsed)
    {
        if (parsed.GetValue(weights) is string form && form is not ("int8" or "float32"))
        {
            throw new UsageException($"--weights {form}: expected float32 or int8.");
        }

        if (IsInt8(parsed) != parsed.GetValue(calibrate) is not null)
        {
            throw new UsageException("--weights int8 and --calibrate DATA go together: give both or none.");
        }
    }

    /// <summary>Compares the model's answers with the graph's.</summary>
    internal ImportCheck Compare(ParseResult parsed, ImportedModel imported, CancellationToken cancel)
    {
        if (parsed.GetValue(check) is not string path)
        {
            return imported.Check(imported.DrawRows());
        }

        ImportCheck result = imported.Check(Rows(parsed, imported.Network, path, cancel));
        return result.Rows > 0 ? result : throw new ModelException($"{path}: there are no rows to compare answers on.");
    }

    /// <summary>The int8 model, and in words how well it agrees with the float32 one.</summary>
    internal (byte[] Blob, string Words) Quantize(ParseResult parsed, Network network, CancellationToken cancel)
    {
        string path = parsed.GetValue(calibrate)!;
        List<float> inputs = [];
        int stride = 1;
        int rows = 0;
        foreach (float[] row in Rows(parsed, network, path, cancel))
        {
            // Every second row goes when there are too many, again and again: so they are evenly spaced.
            if (rows++ % stride == 0)
            {
                inputs.AddRange(row);
                (inputs, stride) = inputs.Count / network.Inputs < 2 * MostToCalibrate
                    ? (inputs, stride) : (Halved(inputs, network.Inputs), 2 * stride);
            }
        }

        int count = inputs.Count / network.Inputs;
        Dataset data = Dataset.ForClassification([.. inputs], DataColumns.Unnamed(network.Inputs, shareUnit: false), new int[count], ["?"]);
        int[] all = [.. Enumerable.Range(0, count)];
        using MemoryRows source = new(data, all);
        if (CalibrationCheck.Check(network, data.Schema, source, path) is string odd)
        {
            Output.Words.Warn(odd);
        }

        byte[] blob = Quantizer.Quantize(network, data, all);
        return (blob, Agreement(network, Network.FromBlob(blob), data));
    }

    private static List<float> Halved(List<float> rows, int each)
    {
        List<float> half = new(rows.Count);
        for (int row = 0; row < rows.Count / each; row += 2)
        {
            half.AddRange(rows.GetRange(row * each, each));
        }

        return half;
    }

    private static string Agreement(Network before, Network after, Dataset data)
    {
        float[] expected = new float[before.Outputs];
        float[] outputs = new float[before.Outputs];
        int alike = 0;
        double largest = 0;
        for (int row = 0; row < data.Rows; row++)
        {
            float[] inputs = data.Row(row).ToArray();
            alike += before.Predict(inputs, expected) == after.Predict(inputs, outputs) ? 1 : 0;
            largest = Math.Max(largest, expected.Zip(outputs, (a, b) => Math.Abs((double)a - b)).Max());
        }

        return before.Task == NetworkTask.Classification
            ? $"{Format.Percent((double)alike / data.Rows)} of {Format.Count(data.Rows, "calibration row")} get the float32 model's class"
            : string.Create(CultureInfo.InvariantCulture,
            $"outputs differ from float32 by {largest:G3} at most over {Format.Count(data.Rows, "calibration row")}");
    }

    private IEnumerable<float[]> Rows(ParseResult parsed, Network network, string path, CancellationToken cancel)
    {
        using ModelInputs inputs = ModelInputs.Open(network, path, null, reading, parsed);
        foreach (float[] row in inputs.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
