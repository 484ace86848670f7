using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;
using Tiny.Training.Quantization;

namespace Tiny.Cli.Report;

/// <summary>Tries a model on data and on every board, and gathers what there is to see.</summary>
internal static class ReportCollector
{
    private const int MostTraced = 500;

    /// <summary>Gathers it.</summary>
    /// <param name="modelName">The model file.</param>
    /// <param name="blob">The model.</param>
    /// <param name="dataName">The data file.</param>
    /// <param name="rows">The rows to calibrate int8 on and to try it on.</param>
    /// <param name="result">How the model does on those to try it on.</param>
    /// <param name="quantized">The int8 model with its float32 self if that is at hand; else it is made, where it can be.</param>
    /// <param name="history">The epochs of its training, if they were kept.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="native">Whether to count firmware with the kernels in C too.</param>
    internal static ReportData Collect(
        string modelName, byte[] blob, string dataName, TrainingRows rows, EvaluationResult result, QuantizedModel? quantized,
        IReadOnlyList<EpochProgress>? history,
        CancellationToken cancel, bool native = false)
    {
        Network network = Network.FromBlob(blob);
        bool isFloat = !DeskKinds.HaveInt8(network);
        quantized ??= isFloat ? TryQuantize(network, rows, result, cancel) : null;
        List<(BoardCost, BoardCost?)> boards = [];
        foreach (string name in BoardProfile.Names)
        {
            cancel.ThrowIfCancellationRequested();
            BoardProfile board = BoardProfile.Load(name);
            boards.Add((BoardCost.Of(blob, network, board, 1, native),
                isFloat && quantized is not null ? BoardCost.Of(quantized.Blob, quantized.Network, board, 1, native) : null));
        }

        Dataset tried = rows.ToTest()
            .Sample(rows.Schema, Math.Clamp(ReportLimits.Values / network.Inputs, 1, ReportLimits.Rows), rows.Table.MemoryBytes);
        RowAnswers answers = new(network, tried);
        List<ReportExample> worst = answers.Worst();
        ReportInputs inputs = Inputs(tried);
        return new ReportData(
            Path.GetFileName(modelName), Path.GetFileName(dataName), blob, network, result, quantized, history, boards, inputs,
            worst, answers.Typical(ReportLimits.PanelRows - ReportLimits.Worst), answers.Values(), Activations(network, tried))
        {
            Calibration = answers.Calibrate(),
            Importance = Importance.Of(network, tried, inputs.PictureWidth, cancel),
            Examined = tried.Rows,
            Traces = Traces(network, rows, tried.Rows, worst),
        };
    }

    /// <summary>The samples of the worst windows, by their numbers among the rows tried.</summary>
    private static Dictionary<int, RecordingTrace> Traces(Network network, TrainingRows rows, int tried, List<ReportExample> worst)
    {
        if (network.Notes.FeatureBytes == 0 || RecordingTraces.Numbers(rows, tried) is not int[] numbers)
        {
            return [];
        }

        IReadOnlyDictionary<int, RecordingTrace> found =
            RecordingTraces.Find(network, rows, [.. worst.Select(example => numbers[example.Row])]);
        return worst.Where(example => found.ContainsKey(numbers[example.Row]))
            .ToDictionary(example => example.Row, example => found[numbers[example.Row]]);
    }

    private static QuantizedModel? TryQuantize(Network network, TrainingRows rows, EvaluationResult before, CancellationToken cancel)
    {
        try
        {
            Dataset calibration = rows.ToCalibrate();
            byte[] blob = Quantizer.Quantize(network, calibration, [.. Enumerable.Range(0, calibration.Rows)]);
            Network int8 = Network.FromBlob(blob);
            return new QuantizedModel(
                blob, int8, before, CoreEvaluation.Evaluate(int8, rows.Schema, rows.ToTest(), cancel), double.MaxValue);
        }
        catch (QuantizationException)
        {
            // The report says that there is no int8 model.
            return null;
        }
    }

    private static ReportInputs Inputs(Dataset tried)
    {
        int count = tried.ColumnCount;
        float[] least = tried.Row(0).ToArray();
        float[] greatest = tried.Row(0).ToArray();
        for (int row = 1; row < tried.Rows; row++)
        {
            ReadOnlySpan<float> values = tried.Row(row);
            for (int i = 0; i < count; i++)
            {
                least[i] = Math.Min(least[i], values[i]);
                greatest[i] = Math.Max(greatest[i], values[i]);
            }
        }

        // Unnamed inputs whose number is a square are taken for a picture.
        int side = (int)Math.Round(Math.Sqrt(count));
        return new ReportInputs(
            tried.Columns.Names, least, greatest, !tried.Columns.AreNamed && side >= 4 && side * side == count ? side : 0);
    }

    private static List<double[]> Activations(Network network, Dataset tried)
    {
        PredictionTrace trace = new(network);
        float[] inputs = new float[network.Inputs];
        List<double[]> means = [.. ModelText.Layers(network).Select(layer => new double[layer.Outputs])];
        int count = Math.Min(MostTraced, tried.Rows);
        for (int i = 0; i < count; i++)
        {
            tried.Row((int)((long)i * tried.Rows / count)).CopyTo(inputs);
            trace.Run(inputs);
            for (int layer = 0; layer < means.Count; layer++)
            {
                float[] outputs = trace.GetOutputs(layer);
                for (int unit = 0; unit < means[layer].Length; unit++)
                {
                    means[layer][unit] += outputs[unit] / count;
                }
            }
        }

        return means;
    }
}
