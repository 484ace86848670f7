namespace Tiny.Training.Optimization;

/// <summary>The ways to step along a gradient g with rate r.</summary>
public enum OptimizerKind
{
    /// <summary>w -= r g.</summary>
    Sgd,

    /// <summary>v = beta v + (1 - beta) g; w -= r v. beta 0.9.</summary>
    Momentum,

    /// <summary>v = beta v + g; w -= r v: the classical form, whose steps are 1 / (1 - beta) times as long. beta 0.9.</summary>
    ClassicalMomentum,

    /// <summary>s = beta s + (1 - beta) g^2; w -= r g / (sqrt s + epsilon). beta 0.9.</summary>
    RmsProp,

    /// <summary>Momentum and RMSprop, both corrected for their start from 0 by 1 - beta^t. beta 0.9 and 0.999.</summary>
    Adam,
}
