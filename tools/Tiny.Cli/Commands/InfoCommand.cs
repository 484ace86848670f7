using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;
using Tiny.Features;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;
using Tiny.Training.Pruning;
using Tiny.Training.Records;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>tiny info: what a model is, and what it costs a board, counted by running it in the emulator.</summary>
internal sealed class InfoCommand
{
    private const string NoLearning = "int8 weights do not learn; keep the last layer float32";

    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly BoardOption boardOption = new();
    private readonly NativeOption native = new();

    internal static Command Create()
    {
        InfoCommand info = new();
        ExampleCommand command = new(
            "info",
            "Describes a model and what it costs on a board: memory and instructions, counted by running it in the emulator.",
            "tiny info iris.tiny",
            "tiny info iris.tiny --board stm32f091 --json");
        command.Arguments.Add(info.model);
        info.boardOption.AddTo(command);
        command.Options.Add(info.native.Option);
        command.Options.Add(info.json);
        command.SetWork(info.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(model)!;
        new RunFiles().ReadsModel("MODEL", path).Check();
        BoardProfile board = boardOption.Read(parsed);
        (byte[] blob, Network network) = ModelFile.Load(path);
        BoardCost cost = BoardCost.Of(blob, network, board, 1, native.Read(parsed));
        if (parsed.GetValue(json))
        {
            Json.Print(ToJson(blob, cost));
        }
        else
        {
            Console.Out.WriteLine(Summary(network, blob, RecordFile.Find(path, blob)).ToLeftAligned());
            Console.Out.WriteLine(LayerTable(network));
            Console.Out.WriteLine(AssemblyTable(cost.Fit));
            Console.Out.Write((cost.Device is null ? NotOnBoard(cost) : OnBoard(blob, cost, cost.Device)).ToLeftAligned());
        }

        return ExitCode.Done;
    }

    private static TextTable Summary(Network network, byte[] blob, TrainingRecord? record)
    {
        TextTable table = new();
        table.Add("network", ModelText.Shape(network));
        table.Add("task", $"{ModelText.Task(network.Task)}, {ModelText.Loss(network.Loss)}");
        table.Add(network.Task == NetworkTask.Classification ? "classes" : "outputs", string.Join(", ", ModelText.OutputNames(network)));
        table.Add("parameters", Format.Count(network.ParameterCount));
        if (network.Notes.FeatureBytes > 0)
        {
            table.Add("features", FeatureText.Describe(FeatureDescription.Of(network)));
        }

        if (SparsityText.Inputs(network) is string read)
        {
            table.Add("inputs read", read);
        }

        table.Add("generation", Format.Count(network.Generation));
        table.Add("blob", Format.Bytes(blob.Length));
        if (record is not null)
        {
            table.Add("trained on", $"{Format.Count(record.Split.TrainRows)} of "
                + $"the {Format.Count(record.Data.Rows, "row")} of {record.Data.Path}, by its training record");
        }

        return table;
    }

    private static string LayerTable(Network network)
    {
        // Dense models have no weights of 0, and no column for what is left of them.
        bool sparse = SparsityText.IsSparse(network);
        string[] Left(string text) => sparse ? [text] : [];
        TextTable table = new TextTable()
            .Add(["layer", "inputs", "outputs", "parameters", .. Left("weights left"), "weights", "activation"]);
        int number = 0;
        foreach (Layer layer in ModelText.Layers(network))
        {
            table.Add([
                $"{number++}", Format.Count(layer.Inputs), Format.Count(layer.Outputs), Format.Count(layer.ParameterCount),
                .. Left(SparsityText.Left(layer)), ModelText.Weights(layer),
                ModelText.Activation(network, layer)]);
        }

        return table.ToString();
    }

    /// <summary>What each assembly takes that the model needs.</summary>
    private static string AssemblyTable(BoardFit fit)
    {
        TextTable table = new TextTable().Add("assembly", "flash", "heap when loaded", "needed");
        HashSet<string> predicting = [.. fit.Predicting.Needs.Assemblies.Select(assembly => assembly.Name)];
        foreach (AssemblyNeeds assembly in (fit.Learning ?? fit.Predicting).Needs.Assemblies)
        {
            table.Add(assembly.Name, Format.Bytes(assembly.Bytes), Format.Bytes(assembly.HeapBytes),
                predicting.Contains(assembly.Name) ? "to predict" : "to learn");
        }

        return table.ToString();
    }

    /// <summary>What is known of a model that no device can hold, so that it was not run.</summary>
    private static TextTable NotOnBoard(BoardCost cost)
    {
        TextTable table = new();
        table.Add("board", cost.Board.Description);
        AddFlash(table, cost.Fit);
        table.Add("RAM to predict", $"{Format.Bytes(DeviceMemory.ToPredict(cost.Network))} of {Format.Bytes(cost.Board.HeapBytes)}");
        table.Add("RAM to learn", cost.Network.CanLearn()
            ? $"{Format.Bytes(DeviceMemory.ToLearn(cost.Network))} of {Format.Bytes(cost.Board.HeapBytes)}" : NoLearning);
        table.Add("largest array",
            $"{Format.Bytes(DeviceMemory.LargestArray(cost.Network))}, at "
                + $"most {Format.Bytes(cost.Board.LargestArrayBytes)} in a fragmented heap");
        table.Add("fits", $"no: {cost.TooLarge}");
        AddAdvice(table, cost);
        return table;
    }

    private static void AddFlash(TextTable table, BoardFit fit)
    {
        string area = fit.Board.DeploymentBytes == 0 ? "" : $" of {Format.Bytes(fit.Board.DeploymentBytes)} for programs";
        string learning = fit.Learning is null ? "" : $"; {Format.Bytes(fit.Learning.Bytes)} to learn too";
        table.Add("flash", $"{Format.Bytes(fit.Predicting.Bytes)} with the framework "
            + $"and {(fit.Predicting.IsWide ? "wide" : "small")} kernels, without your program,{area}{learning}");
    }

    private static void AddAdvice(TextTable table, BoardCost cost)
    {
        if (!cost.Fit.Fits)
        {
            table.Add("would fit", BoardAdvice.InWords(BoardAdvice.For(cost.Network, cost.Fit)));
        }
    }

    private static TextTable OnBoard(byte[] blob, BoardCost cost, DeviceModel device)
    {
        Network network = cost.Network;
        WindowCost? window = cost.Window;
        bool learns = network.CanLearn();
        BoardProfile board = device.Board;
        TextTable table = new();
        table.Add("board", board.Description);
        AddFlash(table, cost.Fit);
        table.Add("heap before Main",
            $"{Format.Bytes(cost.Fit.HeapBeforeMain)} of {Format.Bytes(board.HeapBytes)}, taken by the runtime and the assemblies");
        table.Add("RAM to predict",
            $"{Format.Bytes(device.PredictRam)}; "
                + $"{Format.Bytes(cost.Fit.PredictHeap!.Value)} at the fullest moment, blob, calls and runtime included");
        table.Add("RAM to learn",
            learns ? $"{Format.Bytes(device.LearnRam)}; {Format.Bytes(cost.Fit.LearnHeap!.Value)} at the fullest moment" : NoLearning);
        if (window is not null)
        {
            table.Add("RAM for windows", $"{Format.Bytes(window.Ram)} besides");
        }

        table.Add("largest array",
            $"{Format.Bytes(device.LargestArray)}, at most {Format.Bytes(board.LargestArrayBytes)} in a fragmented heap");
        if (window is not null)
        {
            table.Add("a sample", Cost(window.SampleInstructions, board));
            table.Add("features", Cost(window.FeatureInstructions, board));
        }

        if (StreamCost.Of(blob, network, board) is StreamCost stream)
        {
            AddStream(table, blob, stream, network);
        }
        else
        {
            table.Add("a prediction", Cost(device.Instructions, board));
        }

        if (window is not null)
        {
            table.Add("all of a window", Cost(window.Instructions, board));
        }

        if (learns)
        {
            table.Add("a learning step", Cost(device.LearnInstructions, board));
            (int last, int all) = SaveBytes(network);
            table.Add("a save", $"{Format.Bytes(last)} of flash if the last layer learns, {Format.Bytes(all)} if all do");
        }

        table.Add("loading", Cost(device.LoadInstructions, board));
        AddNative(table, cost, learns);
        table.Add("fits", cost.Fit.InWords);
        AddAdvice(table, cost);
        return table;
    }

    /// <summary>What a sample and an answer cost, and the largest rate of each board.</summary>
    private static void AddStream(TextTable table, byte[] blob, StreamCost stream, Network network)
    {
        BoardProfile board = stream.Device.Board;
        table.Add("RAM to stream", $"{Format.Bytes(stream.Device.Ram)} besides");
        table.Add("a sample", Cost(stream.SampleInstructions, board)
            + (stream.Block == 1 ? "" : $", on average over a block of {stream.Block}; nearly all with the last of them"));
        table.Add("an answer", Cost(stream.Device.AnswerInstructions, board) + " besides, where it is asked for");
        table.Add("largest rate", stream.RateInWords());
        foreach (StreamCost other in StreamCost.OnAll(blob, network))
        {
            table.Add($"  {other.Device.Board.Name}", other.RateInWords());
        }
    }

    /// <summary>What it costs where the firmware has the kernels in C, if that was asked for.</summary>
    private static void AddNative(TextTable table, BoardCost cost, bool learns)
    {
        if (cost.Native is not DeviceModel inC)
        {
            return;
        }

        table.Add("kernels in C", $"{Format.Bytes(inC.PredictRam)} of RAM to predict, int8 weights being read in the blob");
        table.Add("  a prediction", Cost(inC.Instructions, cost.Board));
        if (cost.Window is not null)
        {
            table.Add("  all of a window", Cost(cost.NativeInstructions!.Value, cost.Board));
        }

        if (learns)
        {
            table.Add("  a learning step", Cost(inC.LearnInstructions, cost.Board));
        }
    }

    /// <summary>What a slot store writes for each save: of the last layer, and of all.</summary>
    private static (int Last, int All) SaveBytes(Network network)
    {
        int all = SlotStore.Measure(network);
        Adapter.FreezeAllButLast(network);
        return (SlotStore.Measure(network), all);
    }

    private static string Cost(long instructions, BoardProfile board) =>
        $"{Format.Count(instructions)} instructions, about {Format.Milliseconds(board.Seconds(instructions))} "
        + $"at {Format.Plain(board.CyclesPerInstruction)} cycles each and {Format.Plain(board.Megahertz)} MHz";

    private static JsonObject ToJson(byte[] blob, BoardCost cost)
    {
        (Network network, BoardProfile board, DeviceModel? device, WindowCost? window) =
            (cost.Network, cost.Board, cost.Device, cost.Window);
        JsonObject figures = Json.Begin("info");
        figures["task"] = ModelText.Task(network.Task);
        figures["loss"] = ModelText.Loss(network.Loss);
        figures["inputs"] = network.Inputs;
        figures["outputs"] = Json.Strings(ModelText.OutputNames(network));
        figures["layers"] = new JsonArray([.. ModelText.Layers(network).Select(layer => ToJson(network, layer))]);
        figures["parameters"] = network.ParameterCount;
        figures["nonzero"] = ModelCounts.Nonzero(network);
        figures["macs"] = ModelCounts.Macs(network);
        figures["inputs_unread"] = new JsonArray([.. InputUse.Unread(network).Select(input => JsonValue.Create(input))]);
        figures["generation"] = network.Generation;
        figures["blob_bytes"] = blob.Length;
        figures["board"] = board.Name;
        figures["predict_ram"] = device?.PredictRam ?? DeviceMemory.ToPredict(network);
        figures["learn_ram"] = network.CanLearn() ? device?.LearnRam ?? DeviceMemory.ToLearn(network) : null;
        figures["largest_array"] = device?.LargestArray ?? DeviceMemory.LargestArray(network);
        figures["instructions"] = device?.Instructions;
        figures["window_instructions"] = window?.Instructions;
        figures["learn_instructions"] = network.CanLearn() ? device?.LearnInstructions : null;
        figures["load_instructions"] = device?.LoadInstructions;
        (int last, int all) = SaveBytes(network);
        figures["save_bytes"] = network.CanLearn() ? new JsonObject { ["last_layer"] = last, ["all_layers"] = all } : null;
        figures["milliseconds"] = device is null ? null : 1000 * board.Seconds(device.Instructions);
        if (cost.Native is DeviceModel inC)
        {
            figures["native"] = new JsonObject
            {
                ["predict_ram"] = inC.PredictRam,
                ["instructions"] = inC.Instructions,
                ["learn_instructions"] = network.CanLearn() ? inC.LearnInstructions : null,
                ["milliseconds"] = 1000 * board.Seconds(inC.Instructions),
            };
        }

        figures["window"] = window?.ToJson();
        figures["stream"] = StreamCost.Of(blob, network, board)?.ToJson();
        figures["stream_boards"] = StreamForm.IsStream(network)
            ? new JsonArray([.. StreamCost.OnAll(blob, network).Select(other => other.ToJson())]) : null;
        figures["features"] = network.Notes.FeatureBytes > 0 ? FeatureText.ToJson(FeatureDescription.Of(network)) : null;
        cost.Fit.AddTo(figures);
        figures["would_fit"] = cost.Fit.Fits
            ? null : new JsonArray([.. BoardAdvice.For(network, cost.Fit).Select(advice => advice.ToJson())]);
        return figures;
    }

    private static JsonObject ToJson(Network network, Layer layer)
    {
        JsonObject figures = Plain(network, layer);
        SparsityText.AddTo(figures, layer);
        return figures;
    }

    private static JsonObject Plain(Network network, Layer layer) => new()
    {
        ["kind"] = DeskKinds.Of(layer).Name,
        ["inputs"] = layer.Inputs,
        ["outputs"] = layer.Outputs,
        ["activation"] = ModelText.Activation(network, layer),
        ["parameters"] = layer.ParameterCount,
        ["weights"] = ModelText.Weights(layer),
    };
}
