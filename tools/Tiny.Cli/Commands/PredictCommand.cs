using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;

namespace Tiny.Cli.Commands;

/// <summary>tiny predict: answers for rows of data, computed by the device's own library.</summary>
internal sealed class PredictCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file, plain or gzip, with or without labels; - for CSV on stdin" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly DataOptions dataOptions = new();

    internal static Command Create()
    {
        PredictCommand predict = new();
        ExampleCommand command = new(
            "predict",
            "Predicts each row, computed by Tiny.Core: what the device will answer. Prints CSV: the class and the probability of each, or the values; with a header line if the data has one.",
            "tiny predict iris.tiny new-flowers.csv",
            "printf '5.1,3.5,1.4,0.2\\n' | tiny predict iris.tiny -");
        command.Arguments.Add(predict.model);
        command.Arguments.Add(predict.data);
        predict.dataOptions.AddTo(command);
        command.Options.Add(predict.json);
        command.SetWork(predict.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        RunFiles files = new RunFiles().ReadsModel("MODEL", parsed.GetValue(model)).Reads("DATA", parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (_, Network network) = ModelFile.Load(parsed.GetValue(model)!);
        using IPredictionWriter writer = parsed.GetValue(json) ? new JsonPredictions(network) : new CsvPredictions(network);
        using ModelInputs inputs = ModelInputs.Open(network, parsed.GetValue(data)!, dataOptions, parsed);
        float[] outputs = new float[network.Outputs];
        writer.Begin(inputs.AreNamed);
        foreach (float[] row in inputs.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            writer.Write(network.Predict(row, outputs), outputs);
        }

        writer.End();
        return ExitCode.Done;
    }

    private interface IPredictionWriter : IDisposable
    {
        void Begin(bool named);

        void Write(int classIndex, float[] outputs);

        void End();
    }

    /// <summary>A line each, flushed with its row.</summary>
    private sealed class CsvPredictions(Network network) : IPredictionWriter
    {
        private readonly string[] names = ModelText.OutputNames(network);
        private readonly CsvWriter csv = new(StandardStreams.DataText, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);

        public void Begin(bool named)
        {
            if (!named)
            {
                return;
            }

            if (network.Task == NetworkTask.Classification)
            {
                csv.WriteField("label");
            }

            foreach (string name in names)
            {
                csv.WriteField(name);
            }

            csv.NextRecord();
        }

        public void Write(int classIndex, float[] outputs)
        {
            if (classIndex >= 0)
            {
                csv.WriteField(names[classIndex]);
            }

            foreach (float value in Values(network, outputs))
            {
                csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
            }

            csv.NextRecord();
            csv.Flush();
        }

        public void End() => csv.Flush();

        public void Dispose() => csv.Dispose();
    }

    private sealed class JsonPredictions(Network network) : IPredictionWriter
    {
        private readonly string[] names = ModelText.OutputNames(network);
        private readonly JsonArray rows = [];

        public void Begin(bool named)
        {
        }

        public void Write(int classIndex, float[] outputs)
        {
            JsonObject row = [];
            if (classIndex >= 0)
            {
                row["label"] = names[classIndex];
            }

            JsonArray values = [.. Values(network, outputs).Select(value => JsonValue.Create(value))];
            row[classIndex >= 0 ? "probabilities" : "values"] = values;
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

        public void Dispose()
        {
        }
    }

    /// <summary>One value for each name: of a single probability, also that of the other class.</summary>
    private static IEnumerable<float> Values(Network network, float[] outputs) =>
        network.ClassCount == 2 && network.Outputs == 1 ? [1f - outputs[0], outputs[0]] : outputs;
}
