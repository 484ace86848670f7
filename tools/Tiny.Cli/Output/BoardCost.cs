using Tiny.Core;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Training.Memory;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Output;

/// <summary>
/// What a model costs a board, counted in the emulator: a prediction, and of a model of
/// recordings a whole hop, samples and features included.
/// </summary>
/// <param name="Board">The board.</param>
/// <param name="Network">The model.</param>
/// <param name="Device">The model on the board; null if no device can hold it.</param>
/// <param name="Window">What its windows cost; null for a model of a table.</param>
/// <param name="Fit">Whether it fits.</param>
/// <param name="TooLarge">Why no device can hold it, as the end of a sentence; null if one can.</param>
internal sealed record BoardCost(
    BoardProfile Board, Network Network, DeviceModel? Device, WindowCost? Window, BoardFit Fit, string? TooLarge)
{
    /// <summary>Runs a model on a board.</summary>
    /// <param name="blob">The model.</param>
    /// <param name="network">The same, loaded.</param>
    /// <param name="board">The board.</param>
    /// <param name="learningSteps">Steps to learn, besides.</param>
    /// <param name="native">Whether to count a firmware with the kernels in C too.</param>
    internal static BoardCost Of(byte[] blob, Network network, BoardProfile board, int learningSteps, bool native = false)
    {
        ModelFlash flash = ModelFlash.ToPredict(network, blob.Length, board, BlobExtras.Tags(blob));
        DeviceModel? device = DeviceModel.TryLoad(blob, board, learningSteps, flash.IsWide, out string? tooLarge);
        WindowCost? window = device is null || StreamForm.IsStream(network) ? null : WindowCost.Measure(device, network);
        DeviceModel? inC = native && device is not null
            ? DeviceModel.TryLoad(blob, board, learningSteps, wide: false, native: true, out _) : null;
        return new BoardCost(board, network, device, window, BoardFit.Of(network, flash, board, device, window?.Ram ?? 0),
            tooLarge)
        { Native = inC };
    }

    /// <summary>The model on the same board where the firmware has the kernels in C; null where that was not asked for.</summary>
    internal DeviceModel? Native { get; init; }

    /// <summary>
    /// Machine instructions of a prediction there, or of a whole hop, whose samples and features cost what they cost without.
    /// </summary>
    internal long? NativeInstructions => Native is null
        ? null : Native.Instructions + ((Window?.Instructions ?? Device!.Instructions) - Device!.Instructions);

    /// <summary>Bytes of heap to predict, windows included.</summary>
    internal long PredictRam => (Device?.PredictRam ?? DeviceMemory.ToPredict(Network)) + (Window?.Ram ?? 0);

    /// <summary>Bytes of heap with a learner on it, windows included.</summary>
    internal long LearnRam => (Device?.LearnRam ?? DeviceMemory.ToLearn(Network)) + (Window?.Ram ?? 0);

    /// <summary>Machine instructions of a prediction, or of a whole hop; null where it was not run.</summary>
    internal long? Instructions => Window?.Instructions ?? Device?.Instructions;

    /// <summary>The same in seconds, by the board's assumed cycles.</summary>
    internal double? Seconds => Instructions is long instructions ? Board.Seconds(instructions) : null;

    /// <summary>Whether the model predicts on the board.</summary>
    internal bool Fits => Fit.Fits;
}
