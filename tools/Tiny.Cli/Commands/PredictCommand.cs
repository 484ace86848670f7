using System.CommandLine;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>tiny predict: answers for rows of data, computed by the device's own library.</summary>
internal sealed class PredictCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Argument<string> data =
        new("DATA") { Description = "A CSV or IDX file, plain or gzip, with or without labels; - for stdin" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly DataOptions dataOptions = new();

    internal static Command Create()
    {
        PredictCommand predict = new();
        ExampleCommand command = new(
            "predict",
            "Predicts each row, with the arithmetic of the device. Prints CSV, one line per row: the class and each class's probability "
                + "or score, or the predicted values. "
                + "Blank lines and rows left out have empty fields. There is a header line if the data has one.",
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
        string modelPath = parsed.GetValue(model)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads("DATA", parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        IPredictionWriter writer = parsed.GetValue(json) ? new JsonPredictions(network) : new CsvPredictions(network);
        using ModelInputs inputs = ModelInputs.Open(network, parsed.GetValue(data)!, RecordFile.Find(modelPath, blob), dataOptions, parsed,
            onBreak: () => StreamForm.Reset(network));
        float[] outputs = new float[network.Outputs];
        writer.Begin(inputs);
        foreach (float[]? row in inputs.AllRows())
        {
            cancel.ThrowIfCancellationRequested();
            writer.Write(row is null ? -1 : Predict(modelPath, network, row, outputs), row is null ? null : outputs);
        }

        writer.End();
        return ExitCode.Done;
    }

    private static int Predict(string modelPath, Network network, float[] row, float[] outputs)
    {
        try
        {
            return network.Predict(row, outputs);
        }
        catch (InvalidOperationException error)
        {
            throw new ModelException($"{modelPath}: {error.Message} Train it again, or look at what wrote it.");
        }
    }
}
