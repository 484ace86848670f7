using Tiny.Core.Activations;
using Tiny.Planning;

namespace Tiny.Training.Layers;

/// <summary>An activation with its parameter, as layers that give one value a sum have it.</summary>
/// <param name="Function">The activation.</param>
/// <param name="Parameter">Slope of leaky ReLU, alpha of ELU, else 0.</param>
internal readonly record struct LayerActivation(Activation Function, float Parameter)
{
    /// <summary>The activation and its bytes among a node's attributes.</summary>
    internal byte[] Attributes => ActivationTraits.HasParameter(Function)
        ? [(byte)Function, .. BitConverter.GetBytes(Parameter)] : [(byte)Function];

    /// <summary>In words.</summary>
    internal string Words => FormattableString.Invariant($"{Function} {Parameter}");

    /// <summary>Of a description.</summary>
    /// <exception cref="ArgumentException">It takes more than one sum to a value.</exception>
    internal static LayerActivation Of(Activation function, float? parameter) => function is Activation.Maxout or Activation.Softmax
        ? throw new ArgumentException(
        $"{function} is no activation of convolutions or of what joins branches. Take another, or a dense layer.")
        : new LayerActivation(function, parameter ?? DenseInitializer.DefaultParameter(function));

    /// <summary>The limit within which weights are drawn: He's before ReLU and its kin, Glorot's else.</summary>
    internal float LimitOf(int fanIn, int fanOut) => MathF.Sqrt(6f / (DenseInitializer.IsRectifier(Function) ? fanIn : fanIn + fanOut));
}
