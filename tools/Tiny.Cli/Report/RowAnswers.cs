using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Report;

/// <summary>What a model answers for each row tried, and how far off it is.</summary>
internal sealed class RowAnswers
{
    private readonly Network network;
    private readonly Dataset tried;
    private readonly Answer[] answers;
    private readonly bool classes;
    private readonly bool probabilities;

    /// <summary>Predicts all rows.</summary>
    internal RowAnswers(Network network, Dataset tried)
    {
        this.network = network;
        this.tried = tried;
        classes = network.Task == NetworkTask.Classification;
        probabilities = AnswerValues.AreProbabilities(network);
        answers = new Answer[tried.Rows];
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        for (int row = 0; row < tried.Rows; row++)
        {
            tried.Row(row).CopyTo(inputs);
            int predicted = network.Predict(inputs, outputs);
            answers[row] = classes ? OfClasses(row, predicted, [.. AnswerValues.Of(network, outputs)]) : OfValue(row, outputs[0]);
        }
    }

    /// <summary>An answer.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Off">How far off it is: 1 less the probability of the right class; of scores, by how much
    /// the best of the wrong ones is above the right one; the absolute error.</param>
    /// <param name="Predicted">The class.</param>
    /// <param name="Right">The value of the right class.</param>
    /// <param name="Value">The value of the class predicted, or the value predicted.</param>
    private readonly record struct Answer(int Row, double Off, int Predicted, float Right, float Value);

    /// <summary>The worst predictions, the worst first: of classes only those that are wrong.</summary>
    internal List<ReportExample> Worst() =>
        [.. answers.Where(answer => !classes || answer.Predicted != tried.Classes[answer.Row]).OrderByDescending(answer => answer.Off)
        .Take(ReportLimits.Worst).Select(Example)];

    /// <summary>How far the probabilities can be trusted; null where there are none.</summary>
    internal Calibration? Calibrate() => probabilities
        ? Calibration.Of([.. answers.Select(answer => (answer.Value, answer.Predicted == tried.Classes[answer.Row]))]) : null;

    /// <summary>A row of each class that is predicted well; of classes evenly chosen where there are more than so many.</summary>
    internal List<ReportExample> Typical(int most)
    {
        Answer[][] groups = [.. answers.GroupBy(answer => classes ? tried.Classes[answer.Row] : 0).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(answer => answer.Off).ToArray())];
        int count = Math.Min(most, groups.Length);
        return [.. Enumerable.Range(0, count).Select(i => groups[(int)((long)i * groups.Length / count)])
            .Select(group => Example(group[group.Length / 10]))];
    }

    /// <summary>Of a regression: actual and predicted values, evenly chosen.</summary>
    internal List<(double, double)> Values()
    {
        int every = Math.Max(1, (answers.Length + ReportLimits.Dots - 1) / ReportLimits.Dots);
        return classes ? [] : [.. answers.Where((_, i) => i % every == 0)
            .Select(answer => ((double)tried.Targets[answer.Row], (double)answer.Value))];
    }

    private Answer OfClasses(int row, int predicted, float[] values)
    {
        int actual = tried.Classes[row];
        double off = probabilities ? 1 - values[actual] : values.Where((_, i) => i != actual).Max() - (double)values[actual];
        return new Answer(row, off, predicted, values[actual], values[predicted]);
    }

    private Answer OfValue(int row, float value) => new(row, Math.Abs((double)value - tried.Targets[row]), -1, 0f, value);

    private ReportExample Example(Answer answer)
    {
        float[] inputs = tried.Row(answer.Row).ToArray();
        if (!classes)
        {
            return new ReportExample(answer.Row, inputs, Number(tried.Targets[answer.Row]), Number(answer.Value),
                $"off by {Number(answer.Off)}");
        }

        string predicted = network.GetOutputName(answer.Predicted);
        string detail = probabilities ? $"{Format.Percent(answer.Right)} for the right class"
            : answer.Predicted == tried.Classes[answer.Row] ? $"score {Number(answer.Right)}"
            : $"score {Number(answer.Right)} for the right class, {Number(answer.Value)} for {Html.Short(predicted)}";
        return new ReportExample(answer.Row, inputs, network.GetOutputName(tried.Classes[answer.Row]), predicted, detail);
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
