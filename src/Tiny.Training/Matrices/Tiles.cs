using System.Runtime.CompilerServices;

namespace Tiny.Training.Matrices;

/// <summary>
/// Products of block matrices by tiles: the sums of a few rows and one to three vectors stay in registers while the summands go by. Every
/// element is start, then its summands in ascending order, each multiplied and added with one rounding: the same bits whatever tile it is
/// in, and so whatever the width of the vectors, the number of threads, and the rows of the batch. Lengths are not checked here. Loops
/// count: a reference that is compared must lie within its matrix, or the collector moves it along with something else.
/// </summary>
internal static partial class Tiles<TVector, TOperations, TOrder>
    where TVector : struct
    where TOperations : struct, IVectorOperations<TVector>
    where TOrder : struct, IReadingOrder
{
    private const int Tall = 8;
    private const int Middle = 6;
    private const int Low = 4;
    private const int ChunkSummands = 96; // of three vectors 18 KB of w, which stay in the nearest cache for all rows

    /// <summary>z = start + x w, with x read in TOrder.</summary>
    /// <param name="z">Where z's first block begins.</param>
    /// <param name="zBlock">Floats from one of its blocks to the next.</param>
    /// <param name="x">Where x begins.</param>
    /// <param name="xBlock">Floats from one of its blocks to the next.</param>
    /// <param name="w">Where w's first block begins: 16 floats a summand.</param>
    /// <param name="wBlock">Floats from one of its blocks to the next.</param>
    /// <param name="start">16 floats a block that the sums begin with; null for what z holds.</param>
    /// <param name="summands">Summands of an element.</param>
    /// <param name="rows">Rows of z.</param>
    /// <param name="end">Vectors of z side by side.</param>
    internal static void Multiply(
        ref float z, int zBlock, ref float x, int xBlock, ref float w, int wBlock, ref float start, int summands, int rows, int end)
    {
        // With vectors narrower than a block its next vector lies beside the first, else in the next block.
        int vectorsOfBlock = Blocks.Width / TOperations.Count;
        int zNext = vectorsOfBlock > 1 ? TOperations.Count : zBlock;
        int wNext = vectorsOfBlock > 1 ? TOperations.Count : wBlock;
        int vectors;
        for (int vector = 0; vector < end; vector += vectors)
        {
            int block = vector / vectorsOfBlock;
            int within = vector % vectorsOfBlock * TOperations.Count;
            int left = end - vector;
            vectors = vectorsOfBlock == 1 && TOperations.TileRows == Tall ? Blocks.SideBySide(left) : Math.Min(left, 2);
            ref float to = ref Unsafe.Add(ref z, block * zBlock + within);
            ref float of = ref Unsafe.Add(ref w, block * wBlock + within);
            int taken;
            for (int summand = 0; summand < summands; summand += taken)
            {
                // What follows begins with what is there.
                bool begins = summand == 0 && !Unsafe.IsNullRef(ref start);
                ref float begin = ref begins ? ref Unsafe.Add(ref start, block * Blocks.Width + within) : ref to;
                taken = Chunk(summands - summand);
                int at = summand / TOrder.SummandsOfBlock * xBlock + summand % TOrder.SummandsOfBlock * TOrder.SummandStep;
                Column(
                    ref to, zNext, ref Unsafe.Add(ref x, at), xBlock, ref Unsafe.Add(ref of, summand * Blocks.Width), wNext, ref begin,
                    begins ? TOperations.Count : zNext, begins ? 0 : Blocks.Width, taken, 0, rows, vectors);
            }
        }
    }

    /// <summary>How many of so many summands to take now: where few would be left, all.</summary>
    private static int Chunk(int left) => left < ChunkSummands + ChunkSummands / 2 ? left : ChunkSummands;

    /// <summary>The rows of one to three vectors: tall tiles first, then what is left.</summary>
    private static void Column(
        ref float z, int zNext, ref float x, int xBlock, ref float w, int wNext, ref float start, int startNext, int startStep,
        int summands, int row, int end, int vectors)
    {
        for (; TOperations.TileRows == Tall && row + Tall <= end; row += Tall)
        {
            ref float to = ref Unsafe.Add(ref z, row * Blocks.Width);
            ref float from = ref Unsafe.Add(ref x, TOrder.Start(row, xBlock));
            ref float begin = ref Unsafe.Add(ref start, row * startStep);
            switch (vectors)
            {
                case 3:
                    Tile8x3(ref to, zNext, ref from, xBlock, ref w, wNext, ref begin, startNext, startStep, summands);
                    break;
                case 2:
                    Tile8x2(ref to, zNext, ref from, xBlock, ref w, wNext, ref begin, startNext, startStep, summands);
                    break;
                default:
                    Tile8x1(ref to, ref from, xBlock, ref w, ref begin, startStep, summands);
                    break;
            }
        }

        if (row < end && vectors == 3)
        {
            Column(ref z, zNext, ref x, xBlock, ref w, wNext, ref start, startNext, startStep, summands, row, end, 2);
            Column(
                ref Unsafe.Add(ref z, 2 * zNext), zNext, ref x, xBlock, ref Unsafe.Add(ref w, 2 * wNext), wNext,
                ref Unsafe.Add(ref start, 2 * startNext), startNext, startStep, summands, row, end, 1);
            return;
        }

        int height;
        for (; row < end; row += height)
        {
            height = Height(row, end - row);
            ref float to = ref Unsafe.Add(ref z, row * Blocks.Width);
            ref float from = ref Unsafe.Add(ref x, TOrder.Start(row, xBlock));
            ref float begin = ref Unsafe.Add(ref start, row * startStep);
            switch (height, vectors)
            {
                case (Middle, 2):
                    Tile6x2(ref to, zNext, ref from, xBlock, ref w, wNext, ref begin, startNext, startStep, summands);
                    break;
                case (Middle, _):
                    Tile6x1(ref to, ref from, xBlock, ref w, ref begin, startStep, summands);
                    break;
                case (Low, 2):
                    Tile4x2(ref to, zNext, ref from, xBlock, ref w, wNext, ref begin, startNext, startStep, summands);
                    break;
                case (Low, _):
                    Tile4x1(ref to, ref from, xBlock, ref w, ref begin, startStep, summands);
                    break;
                case (_, 2):
                    Tile1x2(ref to, zNext, ref from, xBlock, ref w, wNext, ref begin, startNext, summands);
                    break;
                default:
                    Tile1x1(ref to, ref from, xBlock, ref w, ref begin, summands);
                    break;
            }
        }
    }

    /// <summary>Rows of a tile that begins here: of sixteen six, six and four, as no tile of x^T reaches beyond a block.</summary>
    private static int Height(int row, int left) =>
        TOperations.TileRows == Middle && left >= Middle && row % Blocks.Width <= Blocks.Width - Middle ? Middle
        : left >= Low ? Low : 1;
}
