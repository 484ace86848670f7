using Tiny.Cli.Commands;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Report;

/// <summary>All that a report shows.</summary>
/// <param name="ModelName">The model file.</param>
/// <param name="DataName">The data file.</param>
/// <param name="Blob">The model.</param>
/// <param name="Network">The same, loaded.</param>
/// <param name="Result">How it does on the rows tried.</param>
/// <param name="Quantized">The model as int8 beside its float32 self, where it can be had.</param>
/// <param name="History">The epochs of its training, where they were kept.</param>
/// <param name="Boards">The model on each board, and its int8 self where there is one.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Worst">The worst predictions, the worst first.</param>
/// <param name="Typical">A row that is predicted well of each class, or of some where there are many.</param>
/// <param name="Answers">Of a regression: actual and predicted values.</param>
/// <param name="Activations">(layers)(outputs) the mean output of each unit.</param>
internal sealed record ReportData(
    string ModelName,
    string DataName,
    byte[] Blob,
    Network Network,
    EvaluationResult Result,
    QuantizedModel? Quantized,
    IReadOnlyList<EpochProgress>? History,
    IReadOnlyList<(BoardCost Model, BoardCost? Int8)> Boards,
    ReportInputs Inputs,
    IReadOnlyList<ReportExample> Worst,
    IReadOnlyList<ReportExample> Typical,
    IReadOnlyList<(double Actual, double Predicted)> Answers,
    IReadOnlyList<double[]> Activations)
{
    /// <summary>The model as a stream, where it was trained for one.</summary>
    internal StreamOutcome? Stream { get; init; }

    /// <summary>How far its probabilities can be trusted; null where it gives none.</summary>
    internal Calibration? Calibration { get; init; }

    /// <summary>How much it relies on each input; null where that was not measured.</summary>
    internal Importance? Importance { get; init; }

    /// <summary>Rows that were looked through for examples.</summary>
    internal int Examined { get; init; }

    /// <summary>The samples of windows, by the rows that <see cref="ReportExample"/> numbers.</summary>
    internal IReadOnlyDictionary<int, RecordingTrace> Traces { get; init; } = new Dictionary<int, RecordingTrace>();
}

/// <summary>The inputs of a model as the data have them.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Least">(inputs) the least value of each.</param>
/// <param name="Greatest">(inputs) the greatest.</param>
/// <param name="PictureWidth">The width of the picture that they are, 0 if they are none.</param>
internal sealed record ReportInputs(IReadOnlyList<string> Names, float[] Least, float[] Greatest, int PictureWidth);

/// <summary>A row of the data with its answer.</summary>
/// <param name="Row">Its number among the rows tried.</param>
/// <param name="Inputs">(inputs).</param>
/// <param name="Actual">The right answer.</param>
/// <param name="Predicted">The model's.</param>
/// <param name="Detail">The probability or score it gave the right class, or the error.</param>
internal sealed record ReportExample(int Row, float[] Inputs, string Actual, string Predicted, string Detail);
