using Tiny.Core;
using Tiny.Core.Losses;

namespace Tiny.Training;

/// <summary>Which loss goes with which task, and what it is called on the command line.</summary>
/// <example>
/// <code>
/// string name = LossChoice.NameOf(LossChoice.Usual(data.Task)); // as after --loss
/// </code>
/// </example>
public static class LossChoice
{
    /// <summary>What --loss calls it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such loss.</exception>
    public static string NameOf(Loss loss) => loss switch
    {
        Loss.MeanSquaredError => "mse",
        Loss.HalfSquaredError => "half-mse",
        Loss.BinaryCrossEntropy => "binary-cross-entropy",
        Loss.SoftmaxCrossEntropy => "softmax-cross-entropy",
        Loss.MultiClassHinge => "hinge",
        _ => throw new ArgumentOutOfRangeException(nameof(loss), $"Unknown loss {loss}."),
    };

    /// <summary>The loss of a task when none is named.</summary>
    public static Loss Usual(NetworkTask task) => task == NetworkTask.Classification ? Loss.SoftmaxCrossEntropy : Loss.MeanSquaredError;

    /// <summary>Why a loss cannot train a task; null if it can. Squared errors train classes too, as probabilities.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="task">The task.</param>
    /// <param name="reason">Why it is that task, such as "y has values".</param>
    public static string? Fault(Loss loss, NetworkTask task, string reason) =>
        task == NetworkTask.Classification || loss is Loss.MeanSquaredError or Loss.HalfSquaredError
            ? null
            : $"--loss {NameOf(loss)} is for classes, but {reason}: take {NameOf(Usual(task))}.";
}
