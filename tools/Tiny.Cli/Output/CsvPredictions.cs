using System.Globalization;
using Tiny.Cli.Options;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>
/// Answers as CSV, each written as soon as it is known. A row without answer has empty
/// fields; windows come with their recording and number.
/// </summary>
internal sealed class CsvPredictions(Network network) : IPredictionWriter
{
    private readonly string[] names = ModelText.OutputNames(network);
    private readonly bool isClassification = network.Task == NetworkTask.Classification;
    private ModelInputs? inputs;

    public void Begin(ModelInputs inputs)
    {
        this.inputs = inputs;
        if (inputs.AreNamed)
        {
            Write([.. inputs.AreWindows ? ["recording", "window"] : Array.Empty<string>(), .. isClassification
                ? ["label"] : Array.Empty<string>(), .. names]);
        }
    }

    public void Write(int classIndex, float[]? outputs)
    {
        List<string> fields = inputs!.AreWindows
            ? [inputs.Recording.Name, (inputs.Recording.Windows - 1).ToString(CultureInfo.InvariantCulture)]
            : [];
        if (isClassification)
        {
            fields.Add(outputs is null ? "" : names[classIndex]);
        }

        fields.AddRange(outputs is null
            ? names.Select(_ => "") : AnswerValues.Of(network, outputs).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        Write(fields);
    }

    public void End()
    {
    }

    private static void Write(IEnumerable<string> fields) => StandardStreams.DataText.Write(CsvText.Record(fields) + "\n");
}
