using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Cli.Commands;

/// <summary>tiny info: what a model is and what it costs the device.</summary>
internal sealed class InfoCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        InfoCommand info = new();
        ExampleCommand command = new("info", "Tells what a model is and what it costs the device.", "tiny info iris.tiny", "tiny info iris.tiny --json");
        command.Arguments.Add(info.model);
        command.Options.Add(info.json);
        command.SetWork(info.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        (byte[] blob, Network network) = ModelFile.Load(parsed.GetValue(model)!);
        if (parsed.GetValue(json))
        {
            Json.Print(ToJson(network, blob));
        }
        else
        {
            Console.Out.Write(Summary(network, blob).ToLeftAligned());
            Console.Out.WriteLine();
            Console.Out.Write(LayerTable(network));
        }

        return ExitCode.Done;
    }

    private static TextTable Summary(Network network, byte[] blob)
    {
        TextTable table = new();
        table.Add("network", ModelText.Shape(network));
        table.Add("task", $"{ModelText.Task(network.Task)}, {ModelText.Loss(network.Loss)}");
        table.Add(network.Task == NetworkTask.Classification ? "classes" : "outputs", string.Join(", ", ModelText.OutputNames(network)));
        table.Add("parameters", Format.Count(network.ParameterCount));
        table.Add("generation", Format.Count(network.Generation));
        table.Add("blob", Format.Bytes(blob.Length));
        table.Add("RAM to predict", Format.Bytes(DeviceMemory.ToPredict(network)));
        table.Add("RAM to learn", Format.Bytes(DeviceMemory.ToLearn(network)));
        table.Add("largest array", Format.Bytes(DeviceMemory.LargestArray(network)));
        return table;
    }

    private static string LayerTable(Network network)
    {
        TextTable table = new TextTable().Add("layer", "inputs", "outputs", "parameters", "weights", "activation");
        int number = 0;
        foreach (DenseLayer layer in ModelText.Layers(network))
        {
            table.Add($"{number++}", Format.Count(layer.Inputs), Format.Count(layer.Outputs), Format.Count(layer.ParameterCount), "float32",
                ModelText.Activation(layer));
        }

        return table.ToString();
    }

    private static JsonObject ToJson(Network network, byte[] blob)
    {
        JsonObject figures = Json.Begin("info");
        figures["task"] = ModelText.Task(network.Task);
        figures["loss"] = ModelText.Loss(network.Loss);
        figures["inputs"] = network.Inputs;
        figures["outputs"] = Json.Strings(ModelText.OutputNames(network));
        figures["layers"] = new JsonArray([.. ModelText.Layers(network).Select(ToJson)]);
        figures["parameters"] = network.ParameterCount;
        figures["generation"] = network.Generation;
        figures["blob_bytes"] = blob.Length;
        figures["predict_ram"] = DeviceMemory.ToPredict(network);
        figures["learn_ram"] = DeviceMemory.ToLearn(network);
        figures["largest_array"] = DeviceMemory.LargestArray(network);
        return figures;
    }

    private static JsonObject ToJson(DenseLayer layer) => new()
    {
        ["inputs"] = layer.Inputs,
        ["outputs"] = layer.Outputs,
        ["activation"] = ModelText.Activation(layer),
        ["parameters"] = layer.ParameterCount,
        ["weights"] = "float32",
    };
}
