using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks.Activations;

/// <summary>1 / (1 + e^-x), whose derivative is a (1 - a).</summary>
internal readonly struct SigmoidFunction : IActivationFunction
{
    private static Vector512<float> One => Vector512<float>.One;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> z, float parameter) =>
        Underflow.Flush(One / (One + VectorExponential.Exp(-z)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> z, Vector512<float> a, float parameter) =>
        a * (One - a);
}
