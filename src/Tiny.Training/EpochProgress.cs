namespace Tiny.Training;

/// <summary>What is known at the end of an epoch.</summary>
/// <param name="Epoch">Epochs done, from 1.</param>
/// <param name="Epochs">Epochs to do at most.</param>
/// <param name="Loss">Mean loss over the epoch's batches, each before its step.</param>
/// <param name="HeldBackLoss">Mean loss on the held-back rows, null without any.</param>
/// <param name="Seconds">Seconds since training began.</param>
/// <seealso cref="Trainer"/>
public sealed record EpochProgress(int Epoch, int Epochs, double Loss, double? HeldBackLoss, double Seconds);
