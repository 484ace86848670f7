using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Networks.Activations;

/// <summary>2 sigmoid(2 x) - 1, whose derivative is 1 - a^2.</summary>
internal readonly struct TanhFunction : IActivationFunction
{
    private static Vector512<float> One => Vector512<float>.One;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> z, float parameter) =>
        (One + One) / (One + VectorExponential.Exp(z * -2f)) - One;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> z, Vector512<float> a, float parameter) =>
        One - a * a;
}
