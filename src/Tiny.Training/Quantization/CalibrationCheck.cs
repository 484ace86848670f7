using System.Globalization;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Normalization;

namespace Tiny.Training.Quantization;

/// <summary>
/// Whether rows to calibrate on are like those a model was trained on. An input becomes 256 levels between its least and its greatest value
/// there: what lies outside is cut off, so a constant, a few rows or another unit give a model that is right for nothing else.
/// </summary>
/// <example>
/// <code>
/// string remark = CalibrationCheck.Check(network, data.Schema, rows, "gestures.csv");
/// Console.WriteLine(remark);
/// </code>
/// </example>
public static class CalibrationCheck
{
    /// <summary>Fewer rows do not show how far the inputs go, unless they are those trained on.</summary>
    public const int FewestRows = 20;

    // In training deviations. The values trained on have a range of 2 or more, whatever their distribution.
    private const double LeastRange = 1;
    private const double MostShift = 3;
    private const double MostSpread = 5;
    private const double CertainShift = 10; // no chance explains it

    // A few of many inputs may be unlike by chance: a pixel that is nearly always dark.
    private const double MostUnlike = 0.1;

    // Statistics that agree this well are of the training rows themselves.
    private const double Same = 0.01;

    private const string Advice = "int8 would be right for such values alone. Calibrate on rows like those trained on, in the same units.";

    /// <summary>Looks at all rows to calibrate on.</summary>
    /// <param name="model">The float32 model.</param>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="source">Where they come from, for the messages: such as the file.</param>
    /// <returns>What is odd about them but no reason to refuse them, in words; or null.</returns>
    /// <exception cref="QuantizationException">They are too few, or unlike those the model was
    /// trained on, or its weights are int8 already.</exception>
    public static string? Check(Network model, DataSchema schema, RowSource rows, string source)
    {
        Quantizer.CheckFloat(model);
        TrainingStatistics training = new(model);
        ColumnStatistics found = ColumnStatistics.Of(rows, schema.ColumnCount);
        found = training.ArePooled ? found.Pooled() : found;
        Input[] inputs =
        [
            .. Enumerable.Range(0, training.ArePooled ? 1 : found.Count).Where(training.Varied)
                .Select(i => new Input(training.ArePooled ? "all together" : NameOf(schema, i), found, i, training.Mean(i),
                training.Deviation(i))),
        ];
        if (training.AreKnown && inputs.All(input => input.IsSame))
        {
            return null;
        }

        if (found.Rows < FewestRows)
        {
            throw new QuantizationException(
                $"{source}: {found.Rows} {(found.Rows == 1 ? "row is" : "rows are")} too few to calibrate on: "
                    + $"expected {FewestRows} or more, like those trained on.");
        }

        if (!training.AreKnown)
        {
            return null;
        }

        Input[] unlike = [.. inputs.Where(input => input.IsUnlike).OrderByDescending(input => Math.Abs(input.Shift))];
        string which = training.ArePooled
            ? "the inputs are" : $"{unlike.Length} of {inputs.Length} inputs {(unlike.Length == 1 ? "is" : "are")}";
        string said = $"{source}: {which} unlike what the model was trained on: {unlike.FirstOrDefault()?.Describe()}.";
        if (unlike.Length > MostUnlike * inputs.Length || unlike.Any(input => Math.Abs(input.Shift) > CertainShift))
        {
            throw new QuantizationException($"{said} {Advice}");
        }

        return unlike.Length == 0 ? null : said;
    }

    private static string NameOf(DataSchema schema, int input) => schema.Columns.AreNamed
        ? $"input \"{schema.Columns.Names[input]}\"" : $"input {input}";

    /// <summary>An input over the calibration rows, measured by what it was in training.</summary>
    private sealed class Input(string name, ColumnStatistics found, int column, double mean, double deviation)
    {
        /// <summary>How far the mean is off, in training deviations.</summary>
        internal double Shift { get; } = (found.Means[column] - mean) / deviation;

        private double Range { get; } = ((double)found.Greatest[column] - found.Least[column]) / deviation;

        private double Spread { get; } = found.Deviation(column) / deviation;

        internal bool IsSame => Math.Abs(Shift) < Same && Math.Abs(Spread - 1) < Same;

        internal bool IsUnlike => Range < LeastRange || Math.Abs(Shift) > MostShift || Spread > MostSpread;

        internal string Describe() => string.Create(CultureInfo.InvariantCulture,
            $"{name}: {Values()} over {found.Rows} rows; in training the mean was {mean:G4}, the deviation {deviation:G4}");

        private string Values() => found.IsConstant(column)
            ? string.Create(CultureInfo.InvariantCulture, $"always {found.Least[column]:G4}")
            : string.Create(CultureInfo.InvariantCulture,
            $"{found.Least[column]:G4} to {found.Greatest[column]:G4} with mean {found.Means[column]:G4}");
    }
}
