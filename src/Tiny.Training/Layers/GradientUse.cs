using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Training.Layers;

/// <summary>What becomes of the gradients on parameters: a step along them at once, while they are in the nearest cache, or they are kept for whoever wants to see them.</summary>
public sealed class GradientUse
{
    private readonly float[] parameters;
    private readonly Optimizer? optimizer;
    private readonly Backpropagation? keeper;

    internal GradientUse(float[] parameters, Optimizer? optimizer, Backpropagation? keeper)
    {
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.keeper = keeper;
    }

    /// <summary>Uses the gradients of a range of the parameters. Each range is used once in a step, on any thread.</summary>
    /// <param name="at">Where in the network's array the range begins.</param>
    /// <param name="gradient">Its gradient; a multiple of 16 long, with 0 for what only fills up.</param>
    /// <param name="isWeight">Whether it is weights, which decay, or biases.</param>
    public void Use(int at, ReadOnlySpan<float> gradient, bool isWeight)
    {
        if (optimizer is not null)
        {
            optimizer.Apply(at, parameters.AsSpan(at, gradient.Length), gradient, isWeight);
        }
        else
        {
            gradient.CopyTo(keeper!.Gradients.AsSpan(at));
        }
    }
}
