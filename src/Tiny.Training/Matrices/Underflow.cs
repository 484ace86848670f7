using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>
/// Takes for 0 what is too small to move a parameter. Saturated units, states long forgotten and momentum without a gradient shrink into
/// the subnormal numbers, and there a multiply-add takes most Intel processors a hundred times as long.
/// </summary>
internal static class Underflow
{
    /// <summary>2^-100: times all weights, inputs and rates that occur it is still a normal number.</summary>
    internal const float Least = 7.8886090522101180541e-31f;

    /// <summary>2^-50, whose square is <see cref="Least"/>.</summary>
    private const float LeastSquared = 8.8817841970012523234e-16f;

    /// <summary>0 for what is nearer to 0 than <see cref="Least"/>; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Flush(Vector512<float> values) => Flush(values, Least);

    /// <summary>0 for what is nearer to 0 than <see cref="Least"/>; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Flush(float value) => MathF.Abs(value) < Least ? 0f : value;

    /// <summary>The square, 0 for what is nearer to 0 than <see cref="Least"/>; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Square(Vector512<float> values)
    {
        Vector512<float> root = Flush(values, LeastSquared);
        return root * root;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Flush(Vector512<float> values, float least) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(values), Vector512.Create(least)), Vector512<float>.Zero, values);
}
