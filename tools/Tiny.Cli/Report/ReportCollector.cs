using System.Globalization;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Quantisation;

namespace Tiny.Cli.Report;

/// <summary>Tries a model on data and on every board, and gathers what there is to see.</summary>
internal static class ReportCollector
{
    private const int MostRows = 20_000;
    private const int MostTraced = 500;
    private const int MostWorst = 12;
    private const int MostDots = 600;

    /// <summary>Gathers it.</summary>
    /// <param name="modelName">The model file.</param>
    /// <param name="blob">The model.</param>
    /// <param name="dataName">The data file.</param>
    /// <param name="rows">The rows to calibrate int8 on and to try it on.</param>
    /// <param name="result">How the model does on those to try it on.</param>
    /// <param name="quantized">The int8 model with its float32 self if that is at hand; else it is made, where it can be.</param>
    /// <param name="history">The epochs of its training, if they were kept.</param>
    /// <param name="cancel">Stops it.</param>
    internal static ReportData Collect(
        string modelName, byte[] blob, string dataName, TrainingRows rows, EvaluationResult result, QuantizedModel? quantized, IReadOnlyList<EpochProgress>? history,
        CancellationToken cancel)
    {
        Network network = Network.FromBlob(blob);
        quantized ??= network.InputForm == InputForm.Values ? TryQuantize(network, rows, result, cancel) : null;
        byte[]? int8 = network.InputForm == InputForm.Values ? quantized?.Blob : null;
        List<(DeviceModel, DeviceModel?)> boards = [];
        foreach (string name in BoardProfile.Names)
        {
            cancel.ThrowIfCancellationRequested();
            BoardProfile board = BoardProfile.Load(name);
            boards.Add((new DeviceModel(blob, board), int8 is null ? null : new DeviceModel(int8, board)));
        }

        Dataset tried = rows.ToTest().Sample(rows.Schema, MostRows, rows.Table.MemoryBytes);
        (List<ReportExample> worst, List<ReportExample> typical, List<(double, double)> answers) = Answer(network, tried);
        return new ReportData(
            Path.GetFileName(modelName), Path.GetFileName(dataName), blob, network, result, quantized, history, boards, Inputs(tried), worst, typical, answers, Activations(network, tried));
    }

    private static QuantizedModel? TryQuantize(Network network, TrainingRows rows, EvaluationResult before, CancellationToken cancel)
    {
        try
        {
            Dataset calibration = rows.ToCalibrate();
            byte[] blob = Quantiser.Quantise(network, calibration, [.. Enumerable.Range(0, calibration.Rows)]);
            Network int8 = Network.FromBlob(blob);
            return new QuantizedModel(blob, int8, before, CoreEvaluation.Evaluate(int8, rows.Schema, rows.ToTest(), cancel), double.MaxValue);
        }
        catch (QuantisationException)
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
        return new ReportInputs(tried.Columns.Names, least, greatest, !tried.Columns.AreNamed && side >= 4 && side * side == count ? side : 0);
    }

    private static (List<ReportExample> Worst, List<ReportExample> Typical, List<(double, double)> Answers) Answer(Network network, Dataset tried)
    {
        bool classes = network.Task == NetworkTask.Classification;
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        List<(double Off, int Row, int Told, float Answer)> answers = [];
        for (int row = 0; row < tried.Rows; row++)
        {
            tried.Row(row).CopyTo(inputs);
            int told = network.Predict(inputs, outputs);
            double off = classes ? 1 - Probability(network, outputs, tried.Classes[row]) : Math.Abs(outputs[0] - tried.Targets[row]);
            answers.Add((off, row, told, outputs[0]));
        }

        ReportExample Example((double Off, int Row, int Told, float Answer) answer) => classes
            ? new(answer.Row, tried.Row(answer.Row).ToArray(), network.GetOutputName(tried.Classes[answer.Row]), network.GetOutputName(answer.Told), $"{Format.Percent(1 - answer.Off)} for the right one")
            : new(answer.Row, tried.Row(answer.Row).ToArray(), Number(tried.Targets[answer.Row]), Number(answer.Answer), $"off by {Number(answer.Off)}");

        List<ReportExample> worst = [.. answers.OrderByDescending(answer => answer.Off).Take(MostWorst).Select(Example)];
        List<ReportExample> typical =
        [
            .. answers.GroupBy(answer => classes ? tried.Classes[answer.Row] : 0).OrderBy(group => group.Key).Select(group => Example(group.OrderBy(answer => answer.Off).ElementAt(group.Count() / 10))),
        ];
        int every = Math.Max(1, answers.Count / MostDots);
        return (worst, typical, classes ? [] : [.. answers.Where((_, i) => i % every == 0).Select(answer => ((double)tried.Targets[answer.Row], (double)answer.Answer))]);
    }

    private static double Probability(Network network, float[] outputs, int index) =>
        network.Outputs > 1 ? outputs[index] : index == 1 ? outputs[0] : 1 - outputs[0];

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

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
