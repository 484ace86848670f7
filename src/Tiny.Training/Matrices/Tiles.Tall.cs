using System.Runtime.CompilerServices;

namespace Tiny.Training.Matrices;

/// <content>The tiles of eight rows, for machines with 32 vector registers.</content>
internal static partial class Tiles<TVector, TOperations, TOrder>
{
    /// <summary>8 rows of three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x3(ref float z, nint zNext, ref float x, nint xBlock, ref float w, nint wNext, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector b0 = TOperations.Load(ref Unsafe.Add(ref start, TOperations.Count)), b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        TVector c0 = TOperations.Load(ref Unsafe.Add(ref start, 2 * TOperations.Count)), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        ref float w1 = ref Unsafe.Add(ref w, wNext);
        ref float w2 = ref Unsafe.Add(ref w1, wNext);
        while (summands > 0)
        {
            ref float at = ref x;
            int left = Math.Min(summands, TOrder.SummandsOfBlock);
            do
            {
                TVector p = TOperations.Load(ref w), q = TOperations.Load(ref w1), r = TOperations.Load(ref w2);
                TVector s = TOperations.Broadcast(at);
                a0 = TOperations.MultiplyAdd(s, p, a0);
                b0 = TOperations.MultiplyAdd(s, q, b0);
                c0 = TOperations.MultiplyAdd(s, r, c0);
                s = TOperations.Broadcast(Unsafe.Add(ref at, TOrder.RowStep));
                a1 = TOperations.MultiplyAdd(s, p, a1);
                b1 = TOperations.MultiplyAdd(s, q, b1);
                c1 = TOperations.MultiplyAdd(s, r, c1);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 2 * TOrder.RowStep));
                a2 = TOperations.MultiplyAdd(s, p, a2);
                b2 = TOperations.MultiplyAdd(s, q, b2);
                c2 = TOperations.MultiplyAdd(s, r, c2);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 3 * TOrder.RowStep));
                a3 = TOperations.MultiplyAdd(s, p, a3);
                b3 = TOperations.MultiplyAdd(s, q, b3);
                c3 = TOperations.MultiplyAdd(s, r, c3);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 4 * TOrder.RowStep));
                a4 = TOperations.MultiplyAdd(s, p, a4);
                b4 = TOperations.MultiplyAdd(s, q, b4);
                c4 = TOperations.MultiplyAdd(s, r, c4);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 5 * TOrder.RowStep));
                a5 = TOperations.MultiplyAdd(s, p, a5);
                b5 = TOperations.MultiplyAdd(s, q, b5);
                c5 = TOperations.MultiplyAdd(s, r, c5);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 6 * TOrder.RowStep));
                a6 = TOperations.MultiplyAdd(s, p, a6);
                b6 = TOperations.MultiplyAdd(s, q, b6);
                c6 = TOperations.MultiplyAdd(s, r, c6);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 7 * TOrder.RowStep));
                a7 = TOperations.MultiplyAdd(s, p, a7);
                b7 = TOperations.MultiplyAdd(s, q, b7);
                c7 = TOperations.MultiplyAdd(s, r, c7);
                at = ref Unsafe.Add(ref at, TOrder.SummandStep);
                w = ref Unsafe.Add(ref w, Blocks.Width);
                w1 = ref Unsafe.Add(ref w1, Blocks.Width);
                w2 = ref Unsafe.Add(ref w2, Blocks.Width);
            }
            while (--left > 0);
            x = ref Unsafe.Add(ref x, xBlock);
            summands -= TOrder.SummandsOfBlock;
        }

        TOperations.Store(a0, ref z);
        TOperations.Store(a1, ref Unsafe.Add(ref z, Blocks.Width));
        TOperations.Store(a2, ref Unsafe.Add(ref z, 2 * Blocks.Width));
        TOperations.Store(a3, ref Unsafe.Add(ref z, 3 * Blocks.Width));
        TOperations.Store(a4, ref Unsafe.Add(ref z, 4 * Blocks.Width));
        TOperations.Store(a5, ref Unsafe.Add(ref z, 5 * Blocks.Width));
        TOperations.Store(a6, ref Unsafe.Add(ref z, 6 * Blocks.Width));
        TOperations.Store(a7, ref Unsafe.Add(ref z, 7 * Blocks.Width));
        ref float z1 = ref Unsafe.Add(ref z, zNext);
        TOperations.Store(b0, ref z1);
        TOperations.Store(b1, ref Unsafe.Add(ref z1, Blocks.Width));
        TOperations.Store(b2, ref Unsafe.Add(ref z1, 2 * Blocks.Width));
        TOperations.Store(b3, ref Unsafe.Add(ref z1, 3 * Blocks.Width));
        TOperations.Store(b4, ref Unsafe.Add(ref z1, 4 * Blocks.Width));
        TOperations.Store(b5, ref Unsafe.Add(ref z1, 5 * Blocks.Width));
        TOperations.Store(b6, ref Unsafe.Add(ref z1, 6 * Blocks.Width));
        TOperations.Store(b7, ref Unsafe.Add(ref z1, 7 * Blocks.Width));
        ref float z2 = ref Unsafe.Add(ref z1, zNext);
        TOperations.Store(c0, ref z2);
        TOperations.Store(c1, ref Unsafe.Add(ref z2, Blocks.Width));
        TOperations.Store(c2, ref Unsafe.Add(ref z2, 2 * Blocks.Width));
        TOperations.Store(c3, ref Unsafe.Add(ref z2, 3 * Blocks.Width));
        TOperations.Store(c4, ref Unsafe.Add(ref z2, 4 * Blocks.Width));
        TOperations.Store(c5, ref Unsafe.Add(ref z2, 5 * Blocks.Width));
        TOperations.Store(c6, ref Unsafe.Add(ref z2, 6 * Blocks.Width));
        TOperations.Store(c7, ref Unsafe.Add(ref z2, 7 * Blocks.Width));
    }

    /// <summary>8 rows of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2(ref float z, nint zNext, ref float x, nint xBlock, ref float w, nint wNext, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector b0 = TOperations.Load(ref Unsafe.Add(ref start, TOperations.Count)), b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        ref float w1 = ref Unsafe.Add(ref w, wNext);
        while (summands > 0)
        {
            ref float at = ref x;
            int left = Math.Min(summands, TOrder.SummandsOfBlock);
            do
            {
                TVector p = TOperations.Load(ref w), q = TOperations.Load(ref w1);
                TVector s = TOperations.Broadcast(at);
                a0 = TOperations.MultiplyAdd(s, p, a0);
                b0 = TOperations.MultiplyAdd(s, q, b0);
                s = TOperations.Broadcast(Unsafe.Add(ref at, TOrder.RowStep));
                a1 = TOperations.MultiplyAdd(s, p, a1);
                b1 = TOperations.MultiplyAdd(s, q, b1);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 2 * TOrder.RowStep));
                a2 = TOperations.MultiplyAdd(s, p, a2);
                b2 = TOperations.MultiplyAdd(s, q, b2);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 3 * TOrder.RowStep));
                a3 = TOperations.MultiplyAdd(s, p, a3);
                b3 = TOperations.MultiplyAdd(s, q, b3);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 4 * TOrder.RowStep));
                a4 = TOperations.MultiplyAdd(s, p, a4);
                b4 = TOperations.MultiplyAdd(s, q, b4);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 5 * TOrder.RowStep));
                a5 = TOperations.MultiplyAdd(s, p, a5);
                b5 = TOperations.MultiplyAdd(s, q, b5);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 6 * TOrder.RowStep));
                a6 = TOperations.MultiplyAdd(s, p, a6);
                b6 = TOperations.MultiplyAdd(s, q, b6);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 7 * TOrder.RowStep));
                a7 = TOperations.MultiplyAdd(s, p, a7);
                b7 = TOperations.MultiplyAdd(s, q, b7);
                at = ref Unsafe.Add(ref at, TOrder.SummandStep);
                w = ref Unsafe.Add(ref w, Blocks.Width);
                w1 = ref Unsafe.Add(ref w1, Blocks.Width);
            }
            while (--left > 0);
            x = ref Unsafe.Add(ref x, xBlock);
            summands -= TOrder.SummandsOfBlock;
        }

        TOperations.Store(a0, ref z);
        TOperations.Store(a1, ref Unsafe.Add(ref z, Blocks.Width));
        TOperations.Store(a2, ref Unsafe.Add(ref z, 2 * Blocks.Width));
        TOperations.Store(a3, ref Unsafe.Add(ref z, 3 * Blocks.Width));
        TOperations.Store(a4, ref Unsafe.Add(ref z, 4 * Blocks.Width));
        TOperations.Store(a5, ref Unsafe.Add(ref z, 5 * Blocks.Width));
        TOperations.Store(a6, ref Unsafe.Add(ref z, 6 * Blocks.Width));
        TOperations.Store(a7, ref Unsafe.Add(ref z, 7 * Blocks.Width));
        ref float z1 = ref Unsafe.Add(ref z, zNext);
        TOperations.Store(b0, ref z1);
        TOperations.Store(b1, ref Unsafe.Add(ref z1, Blocks.Width));
        TOperations.Store(b2, ref Unsafe.Add(ref z1, 2 * Blocks.Width));
        TOperations.Store(b3, ref Unsafe.Add(ref z1, 3 * Blocks.Width));
        TOperations.Store(b4, ref Unsafe.Add(ref z1, 4 * Blocks.Width));
        TOperations.Store(b5, ref Unsafe.Add(ref z1, 5 * Blocks.Width));
        TOperations.Store(b6, ref Unsafe.Add(ref z1, 6 * Blocks.Width));
        TOperations.Store(b7, ref Unsafe.Add(ref z1, 7 * Blocks.Width));
    }

    /// <summary>8 rows of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1(ref float z, ref float x, nint xBlock, ref float w, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        while (summands > 0)
        {
            ref float at = ref x;
            int left = Math.Min(summands, TOrder.SummandsOfBlock);
            do
            {
                TVector p = TOperations.Load(ref w);
                TVector s = TOperations.Broadcast(at);
                a0 = TOperations.MultiplyAdd(s, p, a0);
                s = TOperations.Broadcast(Unsafe.Add(ref at, TOrder.RowStep));
                a1 = TOperations.MultiplyAdd(s, p, a1);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 2 * TOrder.RowStep));
                a2 = TOperations.MultiplyAdd(s, p, a2);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 3 * TOrder.RowStep));
                a3 = TOperations.MultiplyAdd(s, p, a3);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 4 * TOrder.RowStep));
                a4 = TOperations.MultiplyAdd(s, p, a4);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 5 * TOrder.RowStep));
                a5 = TOperations.MultiplyAdd(s, p, a5);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 6 * TOrder.RowStep));
                a6 = TOperations.MultiplyAdd(s, p, a6);
                s = TOperations.Broadcast(Unsafe.Add(ref at, 7 * TOrder.RowStep));
                a7 = TOperations.MultiplyAdd(s, p, a7);
                at = ref Unsafe.Add(ref at, TOrder.SummandStep);
                w = ref Unsafe.Add(ref w, Blocks.Width);
            }
            while (--left > 0);
            x = ref Unsafe.Add(ref x, xBlock);
            summands -= TOrder.SummandsOfBlock;
        }

        TOperations.Store(a0, ref z);
        TOperations.Store(a1, ref Unsafe.Add(ref z, Blocks.Width));
        TOperations.Store(a2, ref Unsafe.Add(ref z, 2 * Blocks.Width));
        TOperations.Store(a3, ref Unsafe.Add(ref z, 3 * Blocks.Width));
        TOperations.Store(a4, ref Unsafe.Add(ref z, 4 * Blocks.Width));
        TOperations.Store(a5, ref Unsafe.Add(ref z, 5 * Blocks.Width));
        TOperations.Store(a6, ref Unsafe.Add(ref z, 6 * Blocks.Width));
        TOperations.Store(a7, ref Unsafe.Add(ref z, 7 * Blocks.Width));
    }
}
