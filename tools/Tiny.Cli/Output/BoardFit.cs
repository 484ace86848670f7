using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;

namespace Tiny.Cli.Output;

/// <summary>Whether a model fits a board, by its flash and by its heap, and why not.</summary>
/// <param name="Board">The board.</param>
/// <param name="Predicting">Flash to predict.</param>
/// <param name="Learning">Flash to learn besides; null for a model that cannot.</param>
/// <param name="Device">The model on the board; null if no device can hold it.</param>
/// <param name="WindowRam">Bytes of heap that windows take.</param>
internal sealed record BoardFit(BoardProfile Board, ModelFlash Predicting, ModelFlash? Learning, DeviceModel? Device, long WindowRam)
{
    /// <summary>Bytes of heap that the runtime and the assemblies take before Main.</summary>
    internal int HeapBeforeMain => Predicting.Needs.HeapBeforeMain;

    /// <summary>Bytes of heap at the fullest moment of a program that loads the model from its blob and predicts.</summary>
    internal long? PredictHeap => Device is null ? null : HeapBeforeMain + Device.PredictPeak + WindowRam;

    /// <summary>The same with learning.</summary>
    internal long? LearnHeap => Device is null || Learning is null ? null : Learning.Needs.HeapBeforeMain + Device.LearnPeak + WindowRam;

    /// <summary>Whether the model predicts on the board.</summary>
    internal bool Fits => Fault(Predicting, PredictHeap) is null;

    /// <summary>Whether it learns there too.</summary>
    internal bool FitsLearning => Fits && Learning is not null && Fault(Learning, LearnHeap) is null;

    /// <summary>Yes or no in words, with what is too large.</summary>
    internal string InWords => Fault(Predicting, PredictHeap) is string fault ? $"no: {fault}"
        : Learning is null ? "yes"
        : Fault(Learning, LearnHeap) is string learning ? $"to predict, but not to learn: {learning}"
        : "yes, to predict and to learn";

    /// <summary>A model on a board, which it was run on.</summary>
    internal static BoardFit Of(Network network, ModelFlash flash, BoardProfile board, DeviceModel? device, long windowRam) =>
        new(board, flash, network.CanLearn() ? flash.ToLearn(network) : null, device, windowRam);

    /// <summary>The figures of flash and heap.</summary>
    internal void AddTo(JsonObject figures)
    {
        figures["kernels"] = Predicting.IsWide ? "wide" : "small";
        figures["flash_bytes"] = Predicting.Bytes;
        figures["learn_flash_bytes"] = Learning?.Bytes;
        figures["flash_area"] = Board.DeploymentBytes;
        figures["assemblies"] = new JsonObject(
            (Learning ?? Predicting).Needs.Assemblies.Select(assembly => KeyValuePair.Create(assembly.Name, (JsonNode?)assembly.Bytes)));
        figures["heap_before_main"] = HeapBeforeMain;
        figures["heap_bytes"] = Board.HeapBytes;
        figures["predict_heap"] = PredictHeap;
        figures["learn_heap"] = LearnHeap;
        figures["fits"] = Fits;
        figures["fits_learning"] = FitsLearning;
    }

    private string? Fault(ModelFlash flash, long? heap) =>
        !flash.Fits ? $"it takes {Format.Bytes(flash.Bytes)} of flash with the framework, and the board "
        + $"has {Format.Bytes(Board.DeploymentBytes)} for programs"
        : heap is null ? "no device can load it"
        : heap > Board.HeapBytes - DeployedProgram.HeapHeader
        ? $"it takes {Format.Bytes(heap.Value)} of heap with what the runtime takes, and the board has {Format.Bytes(Board.HeapBytes)}"
        : Device!.LargestArray > Board.LargestArrayBytes
        ? $"its largest array takes {Format.Bytes(Device.LargestArray)}, and a fragmented heap may "
        + $"have {Format.Bytes(Board.LargestArrayBytes)} in one piece"
        : null;
}
