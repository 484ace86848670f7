using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tiny.Training.Matrices;

/// <summary>
/// Vectors of 512 bits: AVX-512. 32 registers. Where a processor lowers its clock for them the runtime does not call them accelerated, but
/// products keep it busy long enough that they are faster there too: .NET's advice is for code that uses them now and then.
/// </summary>
internal readonly struct Vector512Operations : IVectorOperations<Vector512<float>>
{
    /// <summary>Whether the machine has them.</summary>
    internal static bool AreSupported => Avx512F.IsSupported;

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static int TileRows => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly float from) => Vector512.LoadUnsafe(in from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, ref float to) => vector.StoreUnsafe(ref to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
}
