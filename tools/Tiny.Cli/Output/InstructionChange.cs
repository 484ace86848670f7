using Tiny.Emulator;
using Tiny.Emulator.Boards;

namespace Tiny.Cli.Output;

/// <summary>What a prediction costs a board with one model and with another, counted in the emulator.</summary>
/// <param name="Board">The board.</param>
/// <param name="Before">Instructions of one whole Predict of the first model; null where it does not run there.</param>
/// <param name="After">Of the second.</param>
internal sealed record InstructionChange(BoardProfile Board, long? Before, long? After)
{
    /// <summary>Runs both models on the board.</summary>
    internal static InstructionChange Count(byte[] before, byte[] after, BoardProfile board) =>
        new(board, Count(before, board), Count(after, board));

    public override string ToString()
    {
        string change = "";
        if (Before is long before && After is long after)
        {
            double share = (double)after / before - 1;
            change = $": {Format.Percent(Math.Abs(share))} {(share > 0 ? "more" : "fewer")}";
        }

        return $"{InWords(Before)} instructions, now {InWords(After)} on {Board.Name}{change}";
    }

    /// <summary>
    /// A model that no device loads, such as one whose blob is larger than the largest object there, is no reason not to write it.
    /// </summary>
    private static long? Count(byte[] blob, BoardProfile board)
    {
        try
        {
            return new DeviceModel(blob, board, learningSteps: 0).Instructions;
        }
        catch (Exception error) when (error is DeviceProgramException or EmulatorException)
        {
            Words.Say($"note: a model of {Format.Bytes(blob.Length)} does not run on {board.Name}: {error.Message}");
            return null;
        }
    }

    private static string InWords(long? instructions) => instructions is long count ? Format.Count(count) : "uncounted";
}
