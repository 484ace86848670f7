using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Training.Evaluation;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>tiny validate: the same inputs through the desktop core and the emulated device, layer by layer, bit by bit.</summary>
internal sealed class ValidateCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Argument<string> data =
        new("DATA") { Description = "A CSV or IDX file, plain or gzip, with or without labels; - for CSV on stdin" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly BoardOption boardOption = new();
    private readonly Option<bool> native =
        new("--native") { Description = "The firmware has Tiny's kernels in C (src/Tiny.Native/README.md)" };
    private readonly DataOptions dataOptions = new();

    internal static Command Create()
    {
        ValidateCommand validate = new();
        ExampleCommand command = new(
            "validate",
            "Runs the same inputs on the desktop and on the emulated device, and compares the outputs of every layer bit by bit; for "
                + "recordings the features too.",
            "tiny validate iris.tiny iris.csv",
            "tiny validate iris.tiny iris.csv --board rp2040 --json");
        command.Arguments.Add(validate.model);
        command.Arguments.Add(validate.data);
        validate.dataOptions.AddTo(command);
        validate.boardOption.AddTo(command);
        command.Options.Add(validate.native);
        command.Options.Add(validate.json);
        command.SetWork(validate.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string modelPath = parsed.GetValue(model)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads("DATA", parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        DeviceModel device = DeviceModel.TryLoad(
            blob, boardOption.Read(parsed), 0, wide: true, parsed.GetValue(native), out string? tooLarge)
            ?? throw new ModelException($"{modelPath}: does not fit the board: {tooLarge}");
        DevicePipeline? pipeline = device.Pipeline;
        using ModelInputs inputs = ModelInputs.Open(
            network, parsed.GetValue(data)!, RecordFile.Find(modelPath, blob), dataOptions, parsed, sample => pipeline!.Add(sample), Break);
        bool streams = StreamForm.IsStream(network);
        PredictionTrace trace = new(network);
        int rows = 0;
        int equal = 0;
        LayerDifference? first = null;
        foreach (float[] row in inputs.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            trace.Run(row);
            LayerDifference? difference = inputs.AreWindows
                ? Compare(rows, -1, row, pipeline!.Compute()) ?? Compare(rows, network, trace, device.TraceLayers(pipeline.Compute()))
                : Compare(rows, network, trace, device.TraceLayers(row));
            equal += difference is null ? 1 : 0;
            first ??= difference;
            rows++;
        }

        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("validate");
            figures["board"] = device.Board.Name;
            figures["rows"] = rows;
            figures["bit_equal"] = equal;
            figures["first_difference"] = first?.ToJson();
            figures["window"] = inputs.AreWindows && !streams && rows > 0 ? WindowCost.Of(device, pipeline!, network).ToJson() : null;
            Json.Print(figures);
        }
        else
        {
            Screen.Print($"{Format.Count(equal)} of {Format.Count(rows, streams ? "block" : "row")} "
                + $"{(streams ? "of samples, streamed one behind the other, " : "")}are equal to the bit in every layer on "
                + $"{device.Board.Name}.");
            if (inputs.AreWindows && !streams && rows > 0)
            {
                Screen.Print(WindowCost.Of(device, pipeline!, network).ToString());
            }

            if (first is not null)
            {
                Screen.Print($"First difference: {first}");
            }
        }

        return equal == rows ? ExitCode.Done : ExitCode.Failed;

        void Break()
        {
            pipeline!.Reset();
            StreamForm.Reset(network);
            device.Reset();
        }
    }

    private static LayerDifference? Compare(int row, Network network, PredictionTrace trace, float[][] device)
    {
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            if (Compare(row, layer, trace.GetOutputs(layer), device[layer]) is LayerDifference difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static LayerDifference? Compare(int row, int layer, float[] desktop, float[] device)
    {
        for (int output = 0; output < device.Length; output++)
        {
            int here = BitConverter.SingleToInt32Bits(desktop[output]);
            int there = BitConverter.SingleToInt32Bits(device[output]);
            if (here != there)
            {
                return new LayerDifference(row, layer, output, here, there);
            }
        }

        return null;
    }

    /// <summary>Where desktop and device part; layer -1 stands for the features.</summary>
    private sealed record LayerDifference(int Row, int Layer, int Output, int Desktop, int Device)
    {
        public override string ToString() =>
            $"row {Row}, {(Layer < 0 ? $"feature {Output}" : $"layer {Layer}, output {Output}")}: desktop {Desktop:X8}, device {Device:X8}";

        internal JsonObject ToJson() => new()
        {
            ["row"] = Row,
            ["layer"] = Layer,
            ["output"] = Output,
            ["desktop_bits"] = Desktop.ToString("X8"),
            ["device_bits"] = Device.ToString("X8"),
        };
    }
}
