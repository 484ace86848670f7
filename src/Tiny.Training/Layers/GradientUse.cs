using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Training.Layers;

/// <summary>
/// What becomes of the gradients on parameters: a step along them at once, while they are in
/// the nearest cache, or they are kept for whoever wants to see them.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public sealed class GradientUse
{
    private readonly TrainingNetwork network;
    private readonly Optimizer? optimizer;
    private readonly Backpropagation? keeper;

    internal GradientUse(TrainingNetwork network, Optimizer? optimizer, Backpropagation? keeper)
    {
        this.network = network;
        this.optimizer = optimizer;
        this.keeper = keeper;
    }

    /// <summary>Uses the gradients of a range of the parameters. Each range is used once in a step, on any thread.</summary>
    /// <param name="at">Where in the network's array the range begins.</param>
    /// <param name="gradient">(parameters of the range), a multiple of 16 long, with 0 for what only fills up.</param>
    /// <param name="isWeight">Whether it is weights, which decay, or biases.</param>
    public void Use(int at, ReadOnlySpan<float> gradient, bool isWeight)
    {
        if (optimizer is not null)
        {
            Span<float> parameters = network.Parameters.AsSpan(at, gradient.Length);
            optimizer.Apply(at, parameters, gradient, isWeight);
            Keep(parameters, at);
        }
        else
        {
            Span<float> kept = keeper!.Gradients.AsSpan(at, gradient.Length);
            gradient.CopyTo(kept);
            keeper.AreWeights.AsSpan(at / Blocks.Width, gradient.Length / Blocks.Width).Fill(isWeight);
            Keep(kept, at);
        }
    }

    /// <summary>What was pruned is 0 and has no gradient, whatever an optimizer remembers of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(Span<float> values, int at)
    {
        if (network.Kept is not int[] bits)
        {
            return;
        }

        Span<Vector512<int>> kept = MemoryMarshal.Cast<float, Vector512<int>>(values);
        ReadOnlySpan<Vector512<int>> mask = MemoryMarshal.Cast<int, Vector512<int>>(bits.AsSpan(at, values.Length));
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] &= mask[i];
        }
    }
}
