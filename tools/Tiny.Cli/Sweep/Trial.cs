using Tiny.Emulator;
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
/// <param name="Ram">Bytes of heap to predict.</param>
/// <param name="Instructions">Of a prediction, in each build of the interpreter.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record TrialResult(int Id, double? Accuracy, double? Rmse, int Parameters, int BlobBytes, long Ram, InstructionCounts? Instructions, double Seconds, string? Error)
{
    /// <summary>More is better.</summary>
    internal double Score => Accuracy ?? -Rmse ?? double.NegativeInfinity;
}

/// <summary>Instructions in each of the interpreter's measured builds: a board has the one that its profile names.</summary>
/// <param name="Lto">Released STM32 firmware.</param>
/// <param name="Dev">Without link-time optimisation.</param>
/// <param name="Soft">Without an FPU.</param>
internal sealed record InstructionCounts(long Lto, long Dev, long Soft)
{
    /// <summary>Counts a prediction of a model.</summary>
    internal static InstructionCounts Of(byte[] blob, out long ram)
    {
        // Any board with the build will do: it is not asked for times.
        DeviceModel[] models = [.. new[] { "stm32f4", "esp32", "stm32f091" }.Select(board => new DeviceModel(blob, BoardProfile.Load(board), learningSteps: 0))];
        ram = models[0].PredictRam + (models[0].Pipeline?.Ram ?? 0);
        return new InstructionCounts(models[0].Instructions, models[1].Instructions, models[2].Instructions);
    }

    internal long On(BoardProfile board) => board.Costs switch { "lto" => Lto, "dev" => Dev, _ => Soft };
}
