using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>
/// The layout of what convolutions and pools compute with: groups of 16 rows of a batch, in each value after value, the
/// 16 rows of a value beside each other. A vector is one value of 16 samples, so that a filter's weight is one number to
/// all of it: no width or channel count leaves lanes empty, and no value is copied to stand beside another. Rows that
/// only fill up the last group hold anything in values, and 0 in gradients.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public static class Lanes
{
    /// <summary>Rows of a group.</summary>
    public const int Width = 16;

    private const int Spare = 3 * Width; // tiles of four filters read beyond the last

    /// <summary>Groups that this many rows take.</summary>
    /// <param name="rows">Rows, 1 or more.</param>
    public static int Groups(int rows) => (rows + Width - 1) / Width;

    /// <summary>Floats that so many rows of so many values take.</summary>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="values">Values of a row.</param>
    public static int Length(int rows, int values) => Groups(rows) * values * Width + Spare;

    /// <summary>Where a value of a row stands, if rows have so many values.</summary>
    /// <param name="values">Values of a row.</param>
    /// <param name="row">From 0.</param>
    /// <param name="value">From 0 to values - 1.</param>
    public static int Index(int values, int row, int value) => (row / Width * values + value) * Width + row % Width;

    /// <summary>
    /// One group out of blocks: to (values, 16) from 16 rows of (values) in <see cref="Blocks"/>; rows beyond those there are 0.
    /// </summary>
    /// <param name="to">Receives it.</param>
    /// <param name="places">(values) where in the group each value goes; null for where it is.</param>
    /// <param name="from">Blocks, from the group's first row on.</param>
    /// <param name="block">Floats from one block to the next.</param>
    /// <param name="values">Values of a row.</param>
    /// <param name="rows">Rows that there are, 1 to 16.</param>
    internal static void FromBlocks(Span<float> to, int[]? places, ReadOnlySpan<float> from, int block, int values, int rows)
    {
        for (int first = 0; first < values; first += Blocks.Width)
        {
            ReadOnlySpan<float> some = from.Slice(first / Blocks.Width * block, rows * Blocks.Width);
            int count = Math.Min(Blocks.Width, values - first);
            int turned = rows < Width ? 0 : count / FourByFour.Width * FourByFour.Width;
            for (int i = 0; i < turned; i += FourByFour.Width)
            {
                ref float a = ref LanesOf(to, places, first + i)[0];
                ref float b = ref LanesOf(to, places, first + i + 1)[0];
                ref float c = ref LanesOf(to, places, first + i + 2)[0];
                ref float d = ref LanesOf(to, places, first + i + 3)[0];
                ref float four = ref MemoryMarshal.GetReference(some[i..]);
                for (int row = 0; row < Width; row += FourByFour.Width)
                {
                    FourByFour columns = FourByFour.Turned(ref Unsafe.Add(ref four, row * Blocks.Width), Blocks.Width);
                    columns.A.StoreUnsafe(ref a, (nuint)row);
                    columns.B.StoreUnsafe(ref b, (nuint)row);
                    columns.C.StoreUnsafe(ref c, (nuint)row);
                    columns.D.StoreUnsafe(ref d, (nuint)row);
                }
            }

            for (int i = turned; i < count; i++)
            {
                Span<float> lanes = LanesOf(to, places, first + i);
                for (int row = 0, at = i; row < rows; row++, at += Blocks.Width)
                {
                    lanes[row] = some[at];
                }

                lanes[rows..].Clear();
            }
        }
    }

    /// <summary>The way back.</summary>
    internal static void ToBlocks(Span<float> to, int block, ReadOnlySpan<float> from, int values, int rows)
    {
        for (int first = 0; first < values; first += Blocks.Width)
        {
            Span<float> some = to.Slice(first / Blocks.Width * block, rows * Blocks.Width);
            int count = Math.Min(Blocks.Width, values - first);
            int turned = rows < Width ? 0 : count / FourByFour.Width * FourByFour.Width;
            for (int i = 0; i < turned; i += FourByFour.Width)
            {
                ref float lanes = ref MemoryMarshal.GetReference(from.Slice((first + i) * Width, FourByFour.Width * Width));
                ref float column = ref some[i];
                for (int row = 0; row < Width; row += FourByFour.Width)
                {
                    FourByFour rowsOfFour = FourByFour.Turned(ref Unsafe.Add(ref lanes, row), Width);
                    ref float four = ref Unsafe.Add(ref column, row * Blocks.Width);
                    rowsOfFour.A.StoreUnsafe(ref four);
                    rowsOfFour.B.StoreUnsafe(ref four, Blocks.Width);
                    rowsOfFour.C.StoreUnsafe(ref four, 2 * Blocks.Width);
                    rowsOfFour.D.StoreUnsafe(ref four, 3 * Blocks.Width);
                }
            }

            for (int i = turned; i < count; i++)
            {
                ReadOnlySpan<float> lanes = from.Slice((first + i) * Width, rows);
                for (int row = 0, at = i; row < lanes.Length; row++, at += Blocks.Width)
                {
                    some[at] = lanes[row];
                }
            }
        }
    }

    /// <summary>The 16 rows of a value.</summary>
    private static Span<float> LanesOf(Span<float> group, int[]? places, int value) =>
        group.Slice((places is null ? value : places[value]) * Width, Width);
}
