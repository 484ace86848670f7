using System.Runtime.CompilerServices;

namespace Tiny.Training.Matrices;

/// <content>The tiles of four rows, for 16 registers and for rests, and of one.</content>
internal static partial class Tiles<TVector, TOperations, TOrder>
{
    /// <summary>4 rows of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(ref float z, nint zNext, ref float x, nint xBlock, ref float w, nint wNext, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start), a1 = a0, a2 = a0, a3 = a0;
        TVector b0 = TOperations.Load(ref Unsafe.Add(ref start, TOperations.Count)), b1 = b0, b2 = b0, b3 = b0;
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
        ref float z1 = ref Unsafe.Add(ref z, zNext);
        TOperations.Store(b0, ref z1);
        TOperations.Store(b1, ref Unsafe.Add(ref z1, Blocks.Width));
        TOperations.Store(b2, ref Unsafe.Add(ref z1, 2 * Blocks.Width));
        TOperations.Store(b3, ref Unsafe.Add(ref z1, 3 * Blocks.Width));
    }

    /// <summary>4 rows of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(ref float z, ref float x, nint xBlock, ref float w, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start), a1 = a0, a2 = a0, a3 = a0;
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
    }

    /// <summary>1 row of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2(ref float z, nint zNext, ref float x, nint xBlock, ref float w, nint wNext, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start);
        TVector b0 = TOperations.Load(ref Unsafe.Add(ref start, TOperations.Count));
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
                at = ref Unsafe.Add(ref at, TOrder.SummandStep);
                w = ref Unsafe.Add(ref w, Blocks.Width);
                w1 = ref Unsafe.Add(ref w1, Blocks.Width);
            }
            while (--left > 0);
            x = ref Unsafe.Add(ref x, xBlock);
            summands -= TOrder.SummandsOfBlock;
        }

        TOperations.Store(a0, ref z);
        ref float z1 = ref Unsafe.Add(ref z, zNext);
        TOperations.Store(b0, ref z1);
    }

    /// <summary>1 row of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(ref float z, ref float x, nint xBlock, ref float w, ref float start, int summands)
    {
        TVector a0 = TOperations.Load(ref start);
        while (summands > 0)
        {
            ref float at = ref x;
            int left = Math.Min(summands, TOrder.SummandsOfBlock);
            do
            {
                TVector p = TOperations.Load(ref w);
                TVector s = TOperations.Broadcast(at);
                a0 = TOperations.MultiplyAdd(s, p, a0);
                at = ref Unsafe.Add(ref at, TOrder.SummandStep);
                w = ref Unsafe.Add(ref w, Blocks.Width);
            }
            while (--left > 0);
            x = ref Unsafe.Add(ref x, xBlock);
            summands -= TOrder.SummandsOfBlock;
        }

        TOperations.Store(a0, ref z);
    }
}
