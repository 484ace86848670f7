using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Networks.Activations;

/// <summary>
/// e^x for sixteen floats at once, within 2 units in the last place where the result is a normal number. Inlined into its caller's
/// loop: that of System.Numerics.Tensors is a call through memory until the runtime has seen it often enough.
/// </summary>
internal static class VectorExponential
{
    // Beyond these the result is not a normal float.
    private const float Least = -87.33654f;
    private const float Most = 88.37626f;

    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f; // few bits, so that n times it is exact
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e^x; at the ends of the range where there is no normal float beyond, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Exp(Vector512<float> x)
    {
        // Comparisons are false for NaN, which so goes through.
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(Least)), Vector512.Create(Least), x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(Most)), Vector512.Create(Most), x);

        // e^x = 2^n e^r with r within half of ln 2; e^r by the polynomial of Cephes' expf (Moshier).
        Vector512<float> n = Vector512.Floor(x * Log2E + Vector512.Create(0.5f));
        Vector512<float> r = x - n * Ln2High - n * Ln2Low;
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.MultiplyAddEstimate(p, r * r, r + Vector512.Create(1f));
        Vector512<int> exponent = Vector512.ShiftLeft(Vector512.ConvertToInt32(n) + Vector512.Create(127), 23);
        return p * exponent.AsSingle();
    }
}
