using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Networks.Activations;

/// <summary>max(0, x).</summary>
internal readonly struct ReluFunction : IActivationFunction
{
    private static Vector512<float> One => Vector512<float>.One;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Forward(Vector512<float> z, float parameter) =>
        Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<float>.Zero), Vector512<float>.Zero, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> z, Vector512<float> a, float parameter) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), One, Vector512<float>.Zero);
}
