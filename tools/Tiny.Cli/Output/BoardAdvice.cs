using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;
using Tiny.Training.Quantization;

namespace Tiny.Cli.Output;

/// <summary>What would fit a board that a model as a blob does not fit.</summary>
/// <param name="What">In words.</param>
/// <param name="FlashBytes">What it takes of flash, with the framework.</param>
/// <param name="HeapBytes">What it takes of heap, with what the runtime takes.</param>
/// <param name="Fits">Whether that is within the board's.</param>
internal sealed record BoardAdvice(string What, int FlashBytes, long HeapBytes, bool Fits)
{
    // Of source a model's code besides its weights, and a program's tables: assumed, on the
    // large side. What is advised should be tried with tiny emulate.
    private const int SourceOverhead = 2_500;
    private const int SourceHeap = 500;

    // Frames of a prediction, on top of what the network holds.
    private const int Frames = 1_200;

    /// <summary>What there is to try, the model's own form not among it.</summary>
    internal static IReadOnlyList<BoardAdvice> For(Network network, BoardFit fit)
    {
        List<BoardAdvice> advice = [];
        if (Source(network, fit.Board) is BoardAdvice source)
        {
            advice.Add(source);
        }

        if (network.InputForm == InputForm.Values && Int8(network, fit) is BoardAdvice int8)
        {
            advice.Add(int8);
        }

        return advice;
    }

    /// <summary>The advice as one sentence.</summary>
    internal static string InWords(IReadOnlyList<BoardAdvice> advice)
    {
        BoardAdvice[] fitting = [.. advice.Where(entry => entry.Fits)];
        return fitting.Length == 0
            ? "neither C# source nor int8 would: narrower layers, or a larger board"
            : string.Join("; or ", fitting.Select(
            entry => $"{entry.What}: about {Format.Bytes(entry.FlashBytes)} of flash, {Format.Bytes(entry.HeapBytes)} of heap"));
    }

    internal JsonObject ToJson() => new() { ["what"] = What, ["flash_bytes"] = FlashBytes, ["heap"] = HeapBytes, ["fits"] = Fits };

    private static BoardAdvice Of(string what, long flash, long heap, BoardProfile board) =>
        new(what, (int)Math.Min(flash, int.MaxValue), heap, board.HasFlashFor(flash) && heap <= board.HeapBytes);

    /// <summary>C# source carries no library, and its weights take no heap.</summary>
    private static BoardAdvice? Source(Network network, BoardProfile board)
    {
        if (ModelText.Layers(network).Any(layer => DeskKinds.Of(layer).Source is null))
        {
            return null;
        }

        long weights = ModelText.Layers(network).Sum(layer => DeskKinds.Of(layer).Source!.BytesOf(layer));
        bool table = ModelText.Layers(network).Any(layer => DeskKinds.Of(layer).ActivationOf(layer) is Activation activation
            && ActivationTraits.UsesSigmoidTable(activation));
        AssemblyNeeds mscorlib = ModelFlash.Of("Tiny.Core").Assemblies.First(assembly => assembly.Name == "mscorlib");
        long values = ModelText.Layers(network).Sum(layer => (long)DeviceMemory.Array(layer.Outputs, sizeof(float)))
            + DeviceMemory.Array(network.Inputs, sizeof(float));
        long heap = new DeployedProgram([mscorlib]).HeapBeforeMain + SourceHeap + values + Frames
            + (table ? 2 * DeviceMemory.Array(SigmoidTable.Pieces, sizeof(float)) : 0);
        return weights > CSharpExporter.MostCode
            ? null : Of("as C# source (tiny export --format csharp)", mscorlib.Bytes + weights + SourceOverhead, heap, board);
    }

    /// <summary>int8 with zero weights is as large as with any.</summary>
    private static BoardAdvice? Int8(Network network, BoardFit fit)
    {
        int count = Quantizer.CountQuantized(network, network.LayerCount);
        if (count == 0)
        {
            return null;
        }

        PlanBuilder plan = Int8Outline.Of(network, count);
        Network int8 = plan.ToNetwork();
        int blob = BlobWriter.Measure(int8);
        ModelFlash flash = ModelFlash.ToPredict(int8, blob, fit.Board, fit.Predicting.Records);

        // What loading takes besides the network and its blob is the same for both: counted where the model was run.
        long calls = fit.Device is null
            ? Frames : fit.Device.PredictPeak - fit.Device.PredictRam - DeviceMemory.Array(fit.Predicting.BlobBytes, 1);
        return Of("as int8 (tiny quantize)", flash.Bytes,
            flash.Needs.HeapBeforeMain + DeviceMemory.ToPredict(int8) + DeviceMemory.Array(blob, 1) + calls + fit.WindowRam, fit.Board);
    }
}
