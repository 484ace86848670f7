using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;

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
        (_, Network network) = ModelFile.Load(parsed.GetValue(model)!);
        using IPredictionWriter writer = parsed.GetValue(json) ? new JsonPredictions(network) : new CsvPredictions(network);
        string path = parsed.GetValue(data)!;
        bool isIdx = path != "-" && DataFile.IsIdx(path);
        dataOptions.CheckFor(parsed, path, isIdx, labelled: false);
        if (isIdx)
        {
            PredictIdx(network, path, writer, cancel);
        }
        else
        {
            PredictCsv(network, path, dataOptions.ToCsv(parsed), writer, cancel);
        }

        writer.End();
        return ExitCode.Done;
    }

    private static void PredictIdx(Network network, string path, IPredictionWriter writer, CancellationToken cancel)
    {
        IdxArray rows = IdxReader.ReadArray(path);
        if (rows.ElementsEach != network.Inputs)
        {
            throw new DataException($"{path}: each row has {rows.ElementsEach} elements, but the model takes {network.Inputs} inputs.");
        }

        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        for (int row = 0; row < rows.Count; row++)
        {
            cancel.ThrowIfCancellationRequested();
            Array.Copy(rows.Elements, row * inputs.Length, inputs, 0, inputs.Length);
            writer.Write(network.Predict(inputs, outputs), outputs);
        }
    }

    /// <summary>Row by row, so that a sensor may be piped through.</summary>
    private static void PredictCsv(Network network, string path, CsvOptions options, IPredictionWriter writer, CancellationToken cancel)
    {
        using CsvSource source = path == "-" ? new CsvSource("stdin", Console.In, options) : new CsvSource(path, options);
        ColumnSelection selection = ColumnSelection.ForModel(source.Header, options, network.Inputs, network.ColumnsChecksum, needsLabel: false);
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        writer.Begin(source.Header.IsNamed);
        int rows = 0;

        // The label, if there is one, is not wanted here: a row without it is as good.
        ColumnSelection unlabelled = selection with { Label = -1 };
        while (source.ReadRow(unlabelled, inputs, out _))
        {
            cancel.ThrowIfCancellationRequested();
            writer.Write(network.Predict(inputs, outputs), outputs);
            rows++;
        }

        if (source.Dropped > 0)
        {
            Notes.Dropped(path, source.Dropped, rows);
        }
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
        private readonly CsvWriter csv = new(Console.Out, CultureInfo.InvariantCulture, leaveOpen: true);

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
