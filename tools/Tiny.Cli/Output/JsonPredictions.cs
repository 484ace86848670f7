using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Core;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>Answers as one JSON object. A row without answer has null for a label and null for values.</summary>
internal sealed class JsonPredictions(Network network) : IPredictionWriter
{
    private readonly string[] names = ModelText.OutputNames(network);
    private readonly bool isClassification = network.Task == NetworkTask.Classification;
    private readonly string values = network.Task == NetworkTask.Regression
        ? "values" : AnswerValues.AreProbabilities(network) ? "probabilities" : "scores";
    private readonly JsonArray rows = [];
    private ModelInputs? inputs;

    public void Begin(ModelInputs inputs) => this.inputs = inputs;

    public void Write(int classIndex, float[]? outputs)
    {
        JsonObject row = [];
        if (inputs!.AreWindows)
        {
            row["recording"] = inputs.Recording.Name;
            row["window"] = inputs.Recording.Windows - 1;
        }

        if (isClassification)
        {
            row["label"] = outputs is null ? null : names[classIndex];
        }

        row[values] = outputs is null
            ? null : new JsonArray([.. AnswerValues.Of(network, outputs).Select(value => JsonValue.Create(value))]);
        rows.Add((JsonNode)row);
    }

    public void End()
    {
        JsonObject json = Json.Begin("predict");
        json["rows"] = rows.Count;
        json["outputs"] = Json.Strings(names);
        json["predictions"] = rows;
        Json.Print(json);
    }
}
