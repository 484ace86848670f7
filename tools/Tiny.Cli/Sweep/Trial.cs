using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator.Boards;

namespace Tiny.Cli.Sweep;

/// <summary>One run of tiny train.</summary>
/// <param name="Id">Its number, from 0, in the order of the manifest.</param>
/// <param name="Configuration">The configuration's number.</param>
/// <param name="Rung">The stage of halving, from 0.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Arguments">The arguments in which trials differ.</param>
internal sealed record Trial(int Id, int Configuration, int Rung, int Seed, IReadOnlyList<string> Arguments);

/// <summary>What a trial came to.</summary>
/// <param name="Id">The trial's number.</param>
/// <param name="Accuracy">On the validation rows, answered by the device's library; null for a regression.</param>
/// <param name="Rmse">The same for a regression.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="BlobBytes">Bytes of the blob.</param>
/// <param name="Ram">Bytes of heap to predict, windows included.</param>
/// <param name="Instructions">Of a prediction, or of a whole hop with its features, in each build of the interpreter.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record TrialResult(int Id, double? Accuracy, double? Rmse, int Parameters, int BlobBytes, long Ram,
    InstructionCounts? Instructions, double Seconds, string? Error)
{
    /// <summary>More is better.</summary>
    internal double Score => Accuracy ?? -Rmse ?? double.NegativeInfinity;

    /// <summary>Whether it says what a result must: why it failed, or a finite score and what the model costs.</summary>
    internal bool IsWhole => Error is not null
        || (double.IsFinite(Score) && BlobBytes > 0 && Instructions is { Lto: > 0, Dev: > 0, Soft: > 0 });

    /// <summary>The result of a trial that could not be run to its end.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="why">Why not; line breaks in it become blanks.</param>
    internal static TrialResult Failed(Trial trial, string why) =>
        new(trial.Id, null, null, 0, 0, 0, null, 0, why.ReplaceLineEndings(" ").Trim());
}

/// <summary>Instructions in each of the interpreter's measured builds: a board has the one that its profile names.</summary>
/// <param name="Lto">Released STM32 firmware.</param>
/// <param name="Dev">Without link-time optimization.</param>
/// <param name="Soft">Without an FPU.</param>
internal sealed record InstructionCounts(long Lto, long Dev, long Soft)
{
    /// <summary>Counts a prediction of a model, or a whole hop of one of recordings.</summary>
    /// <exception cref="ModelException">No device can hold the model.</exception>
    internal static InstructionCounts Of(byte[] blob, Network network, out long ram)
    {
        // Any board with the build will do: it is not asked for times.
        BoardCost[] costs = [.. new[] { "stm32f4", "esp32", "stm32f091" }
            .Select(board => BoardCost.Of(blob, network, BoardProfile.Load(board), learningSteps: 0))];
        if (costs[0].TooLarge is string reason)
        {
            throw new ModelException($"the model fits no device: {reason}");
        }

        ram = costs[0].PredictRam;
        return new InstructionCounts(costs[0].Instructions!.Value, costs[1].Instructions!.Value, costs[2].Instructions!.Value);
    }

    internal long On(BoardProfile board) => board.Costs switch { "lto" => Lto, "dev" => Dev, _ => Soft };
}
