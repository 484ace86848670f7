using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tiny.Training.Matrices;

/// <summary>Four rows of four numbers, a vector each: what turns rows into columns, in registers.</summary>
internal readonly record struct FourByFour(Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D)
{
    /// <summary>Rows, and numbers of a row.</summary>
    internal const int Width = 4;

    /// <summary>The columns of four rows that stand a step apart. Where they stand is not checked here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FourByFour Turned(ref float rows, nint step)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref rows);
        Vector128<float> b = Vector128.LoadUnsafe(ref Unsafe.Add(ref rows, step));
        Vector128<float> c = Vector128.LoadUnsafe(ref Unsafe.Add(ref rows, 2 * step));
        Vector128<float> d = Vector128.LoadUnsafe(ref Unsafe.Add(ref rows, 3 * step));
        if (!Sse.IsSupported)
        {
            return new FourByFour(
                Vector128.Create(a[0], b[0], c[0], d[0]), Vector128.Create(a[1], b[1], c[1], d[1]),
                Vector128.Create(a[2], b[2], c[2], d[2]), Vector128.Create(a[3], b[3], c[3], d[3]));
        }

        Vector128<float> abLow = Sse.UnpackLow(a, b);
        Vector128<float> cdLow = Sse.UnpackLow(c, d);
        Vector128<float> abHigh = Sse.UnpackHigh(a, b);
        Vector128<float> cdHigh = Sse.UnpackHigh(c, d);
        return new FourByFour(
            Sse.MoveLowToHigh(abLow, cdLow), Sse.MoveHighToLow(cdLow, abLow),
            Sse.MoveLowToHigh(abHigh, cdHigh), Sse.MoveHighToLow(cdHigh, abHigh));
    }
}
