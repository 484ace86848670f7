using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tiny.Training.Matrices;

/// <summary>
/// Products of a last block with few columns, four at a time. Along a row a vector of 512 bits would carry twelve zeros beside them; down
/// a column it carries sixteen rows. <see cref="Tiles{TVector, TOperations, TOrder}"/> sums every element the same way, to the same bits.
/// </summary>
internal static class NarrowTiles
{
    /// <summary>Columns taken at a time.</summary>
    internal const int Columns = 4;

    /// <summary>Rows of a tile.</summary>
    internal const int Rows = 16;

    private const int TallRows = 4 * Rows;

    /// <summary>Four columns of z = start + x w.</summary>
    /// <param name="z">Where the first of them begins.</param>
    /// <param name="x">Where x begins.</param>
    /// <param name="xBlock">Floats from one of its blocks to the next.</param>
    /// <param name="w">Where the first of its columns begins: 16 floats a summand.</param>
    /// <param name="start">Four floats that the sums begin with; null for what z holds.</param>
    /// <param name="summands">Summands of an element.</param>
    /// <param name="rows">Rows of z, a multiple of 16.</param>
    internal static void Multiply(ref float z, ref float x, int xBlock, ref float w, ref float start, int summands, int rows)
    {
        int row = 0;
        for (; row + 2 * Rows <= rows; row += 2 * Rows)
        {
            Tile32(
                ref Unsafe.Add(ref z, row * Blocks.Width), ref Unsafe.Add(ref x, row * Blocks.Width), xBlock, ref w, ref start, summands);
        }

        if (row < rows)
        {
            Tile16(
                ref Unsafe.Add(ref z, row * Blocks.Width), ref Unsafe.Add(ref x, row * Blocks.Width), xBlock, ref w, ref start, summands);
        }
    }

    /// <summary>Four columns of z = x^T w.</summary>
    /// <param name="z">Where the first of them begins.</param>
    /// <param name="x">Where x begins, at a block of it.</param>
    /// <param name="xBlock">Floats from one of its blocks to the next.</param>
    /// <param name="w">Where the first of its columns begins: 16 floats a summand.</param>
    /// <param name="summands">Summands of an element.</param>
    /// <param name="rows">Rows of z.</param>
    internal static void MultiplyTransposed(ref float z, ref float x, int xBlock, ref float w, int summands, int rows)
    {
        int row = 0;
        for (; row + TallRows <= rows; row += TallRows)
        {
            TransposedTile64(
                ref Unsafe.Add(ref z, row * Blocks.Width), ref Unsafe.Add(ref x, Blocks.Start(row, xBlock)), xBlock, ref w, summands);
        }

        for (; row < rows; row += Rows)
        {
            TransposedTile16(
                ref Unsafe.Add(ref z, row * Blocks.Width), ref Unsafe.Add(ref x, Blocks.Start(row, xBlock)), ref w, summands,
                Math.Min(Rows, rows - row));
        }
    }

    /// <summary>32 rows of x w; two vectors for each column: four sums alone wait for one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile32(ref float z, ref float x, nint xBlock, ref float w, ref float start, int summands)
    {
        Begin(ref z, ref start, out Vector512<float> a0, out Vector512<float> b0, out Vector512<float> c0, out Vector512<float> d0);
        Begin(
            ref Unsafe.Add(ref z, Rows * Blocks.Width), ref start, out Vector512<float> a1, out Vector512<float> b1,
            out Vector512<float> c1, out Vector512<float> d1);
        for (int block = 0; block < summands; block += Blocks.Width)
        {
            int end = Math.Min(summands - block, Blocks.Width);
            for (int k = 0; k < end; k += 4)
            {
                AddFour(ref Unsafe.Add(ref x, k), ref w, end - k, ref a0, ref b0, ref c0, ref d0);
                AddFour(ref Unsafe.Add(ref x, Rows * Blocks.Width + k), ref w, end - k, ref a1, ref b1, ref c1, ref d1);
                w = ref Unsafe.Add(ref w, 4 * Blocks.Width);
            }

            x = ref Unsafe.Add(ref x, xBlock);
        }

        Store(ref z, a0, b0, c0, d0, Rows);
        Store(ref Unsafe.Add(ref z, Rows * Blocks.Width), a1, b1, c1, d1, Rows);
    }

    /// <summary>16 rows of x w; a vector for each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile16(ref float z, ref float x, nint xBlock, ref float w, ref float start, int summands)
    {
        Begin(ref z, ref start, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d);
        for (int block = 0; block < summands; block += Blocks.Width)
        {
            int end = Math.Min(summands - block, Blocks.Width);
            for (int k = 0; k < end; k += 4)
            {
                AddFour(ref Unsafe.Add(ref x, k), ref w, end - k, ref a, ref b, ref c, ref d);
                w = ref Unsafe.Add(ref w, 4 * Blocks.Width);
            }

            x = ref Unsafe.Add(ref x, xBlock);
        }

        Store(ref z, a, b, c, d, Rows);
    }

    /// <summary>64 rows of x^T w, which are columns in four blocks of x; a vector for each column and block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposedTile64(ref float z, ref float x, nint xBlock, ref float w, int summands)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        ref float x1 = ref Unsafe.Add(ref x, xBlock);
        ref float x2 = ref Unsafe.Add(ref x1, xBlock);
        ref float x3 = ref Unsafe.Add(ref x2, xBlock);
        for (int n = 0; n < summands; n++)
        {
            nint line = n * Blocks.Width;
            ref float by = ref Unsafe.Add(ref w, line);
            Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref x, line)), ref by, ref a0, ref a1, ref a2, ref a3);
            Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref x1, line)), ref by, ref b0, ref b1, ref b2, ref b3);
            Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref x2, line)), ref by, ref c0, ref c1, ref c2, ref c3);
            Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref x3, line)), ref by, ref d0, ref d1, ref d2, ref d3);
        }

        Store(ref z, a0, a1, a2, a3, Rows);
        Store(ref Unsafe.Add(ref z, Rows * Blocks.Width), b0, b1, b2, b3, Rows);
        Store(ref Unsafe.Add(ref z, 2 * Rows * Blocks.Width), c0, c1, c2, c3, Rows);
        Store(ref Unsafe.Add(ref z, 3 * Rows * Blocks.Width), d0, d1, d2, d3, Rows);
    }

    /// <summary>At most 16 rows of x^T w, which are columns in one block of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposedTile16(ref float z, ref float x, ref float w, int summands, int rows)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (int n = 0; n < summands; n++)
        {
            nint line = n * Blocks.Width;
            Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref x, line)), ref Unsafe.Add(ref w, line), ref a, ref b, ref c, ref d);
        }

        Store(ref z, a, b, c, d, rows);
    }

    /// <summary>What 16 rows of four columns begin with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(
        ref float z, ref float start, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
        if (!Unsafe.IsNullRef(ref start))
        {
            a = Vector512.Create(start);
            b = Vector512.Create(Unsafe.Add(ref start, 1));
            c = Vector512.Create(Unsafe.Add(ref start, 2));
            d = Vector512.Create(Unsafe.Add(ref start, 3));
            return;
        }

        a = EveryFourthRow(ref z);
        b = EveryFourthRow(ref Unsafe.Add(ref z, Blocks.Width));
        c = EveryFourthRow(ref Unsafe.Add(ref z, 2 * Blocks.Width));
        d = EveryFourthRow(ref Unsafe.Add(ref z, 3 * Blocks.Width));
        Turn(ref a, ref b, ref c, ref d);
    }

    /// <summary>Adds a summand of 16 rows to four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<float> rows, ref float w, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        a = Avx512F.FusedMultiplyAdd(rows, Vector512.Create(w), a);
        b = Avx512F.FusedMultiplyAdd(rows, Vector512.Create(Unsafe.Add(ref w, 1)), b);
        c = Avx512F.FusedMultiplyAdd(rows, Vector512.Create(Unsafe.Add(ref w, 2)), c);
        d = Avx512F.FusedMultiplyAdd(rows, Vector512.Create(Unsafe.Add(ref w, 3)), d);
    }

    /// <summary>Adds up to four summands of 16 rows to four columns; behind the last one stand zeros, but no more of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(
        ref float x, ref float w, int left, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        Vector512<float> p = EveryFourthRow(ref x), q = EveryFourthRow(ref Unsafe.Add(ref x, Blocks.Width));
        Vector512<float> r = EveryFourthRow(ref Unsafe.Add(ref x, 2 * Blocks.Width));
        Vector512<float> s = EveryFourthRow(ref Unsafe.Add(ref x, 3 * Blocks.Width));
        Turn(ref p, ref q, ref r, ref s);
        Add(p, ref w, ref a, ref b, ref c, ref d);
        if (left > 1)
        {
            Add(q, ref Unsafe.Add(ref w, Blocks.Width), ref a, ref b, ref c, ref d);
        }

        if (left > 2)
        {
            Add(r, ref Unsafe.Add(ref w, 2 * Blocks.Width), ref a, ref b, ref c, ref d);
        }

        if (left > 3)
        {
            Add(s, ref Unsafe.Add(ref w, 3 * Blocks.Width), ref a, ref b, ref c, ref d);
        }
    }

    /// <summary>Four floats of rows 0, 4, 8, and 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> EveryFourthRow(ref float x)
    {
        Vector512<float> rows = Vector128.LoadUnsafe(ref x).ToVector256Unsafe().ToVector512Unsafe();
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 4 * Blocks.Width)), 1);
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 8 * Blocks.Width)), 2);
        return Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 12 * Blocks.Width)), 3);
    }

    /// <summary>From columns a, b, c, d of rows 0, 4, 8, 12 and so on to 16 rows of a, of b, of c, of d; or back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        Vector512<double> lowAb = Avx512F.UnpackLow(a, b).AsDouble(), lowCd = Avx512F.UnpackLow(c, d).AsDouble();
        Vector512<double> highAb = Avx512F.UnpackHigh(a, b).AsDouble(), highCd = Avx512F.UnpackHigh(c, d).AsDouble();
        a = Avx512F.UnpackLow(lowAb, lowCd).AsSingle();
        b = Avx512F.UnpackHigh(lowAb, lowCd).AsSingle();
        c = Avx512F.UnpackLow(highAb, highCd).AsSingle();
        d = Avx512F.UnpackHigh(highAb, highCd).AsSingle();
    }

    /// <summary>Writes the first rows of four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ref float z, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, int rows)
    {
        Turn(ref a, ref b, ref c, ref d);
        StoreEveryFourth(ref z, a, 0, rows);
        StoreEveryFourth(ref z, b, 1, rows);
        StoreEveryFourth(ref z, c, 2, rows);
        StoreEveryFourth(ref z, d, 3, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEveryFourth(ref float z, Vector512<float> lines, int row, int rows)
    {
        StoreLine(ref z, Avx512F.ExtractVector128(lines, 0), row, rows);
        StoreLine(ref z, Avx512F.ExtractVector128(lines, 1), row + 4, rows);
        StoreLine(ref z, Avx512F.ExtractVector128(lines, 2), row + 8, rows);
        StoreLine(ref z, Avx512F.ExtractVector128(lines, 3), row + 12, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine(ref float z, Vector128<float> line, int row, int rows)
    {
        if (row < rows)
        {
            line.StoreUnsafe(ref Unsafe.Add(ref z, row * Blocks.Width));
        }
    }
}
