using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>
/// The products a dense layer needs, on matrices laid out in <see cref="Blocks"/>. The caller names where a matrix begins and how far its
/// blocks are apart, so that any range of rows and blocks is a product of its own, to be given to a thread.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public abstract class MatrixProducts
{
    private protected MatrixProducts()
    {
    }

    /// <summary>The products with the widest vectors this machine has.</summary>
    public static MatrixProducts Widest { get; } =
        Vector512Operations.AreSupported ? new MatrixProducts<Vector512<float>, Vector512Operations>()
        : Vector256.IsHardwareAccelerated ? new MatrixProducts<Vector256<float>, Vector256Operations>()
        : new MatrixProducts<Vector128<float>, Vector128Operations>();

    /// <summary>One of each width; all are right everywhere, those the machine has no vectors for are slow.</summary>
    public static IReadOnlyList<MatrixProducts> All { get; } =
    [
        new MatrixProducts<Vector512<float>, Vector512Operations>(),
        new MatrixProducts<Vector256<float>, Vector256Operations>(),
        new MatrixProducts<Vector128<float>, Vector128Operations>(),
    ];

    /// <summary>Bits of the vectors.</summary>
    public abstract int VectorBits { get; }

    /// <summary>
    /// z (rows, blocks of columns) = start + x w, x (rows, summands), w (summands, blocks of columns): the
    /// sums of a layer; with w transposed beforehand, the gradient on its inputs.
    /// </summary>
    /// <param name="z">(blocks, rows, 16). Receives the product.</param>
    /// <param name="zBlock">Floats from one block of z to the next.</param>
    /// <param name="x">(rows, summands) in blocks, the left matrix.</param>
    /// <param name="xBlock">Floats from one block of x to the next.</param>
    /// <param name="w">(blocks, summands, 16), the right matrix.</param>
    /// <param name="wBlock">Floats from one block of w to the next.</param>
    /// <param name="start">(blocks, 16), what every row begins with: the biases. Empty to begin with what z holds.</param>
    /// <param name="summands">Columns of x, rows of w.</param>
    /// <param name="rows">Rows of z and x.</param>
    /// <param name="columns">Columns of z and w; what fills up the last block of z becomes 0.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public abstract void Multiply(
        Span<float> z, int zBlock, ReadOnlySpan<float> x, int xBlock, ReadOnlySpan<float> w, int wBlock, ReadOnlySpan<float> start,
        int summands, int rows, int columns);

    /// <summary>
    /// z (rows, blocks of columns) = x^T w, x (summands, rows), w (summands, blocks of columns): the gradient on a layer's weights.
    /// </summary>
    /// <param name="z">(blocks, rows, 16). Receives the product.</param>
    /// <param name="zBlock">Floats from one block of z to the next.</param>
    /// <param name="x">(summands, rows) in blocks, the left matrix, not transposed.</param>
    /// <param name="xBlock">Floats from one block of x to the next.</param>
    /// <param name="w">(blocks, summands, 16), the right matrix.</param>
    /// <param name="wBlock">Floats from one block of w to the next.</param>
    /// <param name="summands">Rows of x and w.</param>
    /// <param name="rows">Rows of z, columns of x.</param>
    /// <param name="columns">Columns of z and w; what fills up the last block of z becomes 0.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public abstract void MultiplyTransposed(
        Span<float> z, int zBlock, ReadOnlySpan<float> x, int xBlock, ReadOnlySpan<float> w, int wBlock, int summands, int rows,
        int columns);

    /// <summary>
    /// Blocks of w^T: to (columns of w, as blocks of w's rows) from w (rows, columns) in blocks. Whole blocks of 16 rows from
    /// <paramref name="firstBlock"/> on, the last filled up with zeros.
    /// </summary>
    /// <param name="to">Receives blocks of (columns, 16).</param>
    /// <param name="w">(rows, columns) in blocks, the matrix.</param>
    /// <param name="rows">Rows of w.</param>
    /// <param name="columns">Columns of w.</param>
    /// <param name="firstBlock">The first 16 rows of w to take, divided by 16.</param>
    /// <param name="blocks">How many times 16 rows.</param>
    public static void Transpose(Span<float> to, ReadOnlySpan<float> w, int rows, int columns, int firstBlock, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            int first = (firstBlock + block) * Blocks.Width;
            Lanes.FromBlocks(
                to.Slice(block * columns * Blocks.Width, columns * Blocks.Width), null, w[(first * Blocks.Width)..], rows * Blocks.Width,
                columns, Math.Min(Blocks.Width, rows - first));
        }
    }
}

/// <inheritdoc/>
internal sealed class MatrixProducts<TVector, TOperations> : MatrixProducts
    where TVector : struct
    where TOperations : struct, IVectorOperations<TVector>
{
    // More blocks than this are taken in several products; each tile begins its sums here.
    private static readonly float[] Zeros = new float[3 * Blocks.Width];

    /// <inheritdoc/>
    public override int VectorBits => TOperations.Count * 32;

    /// <inheritdoc/>
    public override void Multiply(
        Span<float> z, int zBlock, ReadOnlySpan<float> x, int xBlock, ReadOnlySpan<float> w, int wBlock, ReadOnlySpan<float> start,
        int summands, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || summands < 1)
        {
            return;
        }

        int blocks = Blocks.Count(columns);
        Check(z, zBlock, rows, blocks, nameof(z));
        Check(x, xBlock, rows, Blocks.Count(summands), nameof(x));
        Check(w, wBlock, summands, blocks, nameof(w));
        if (!start.IsEmpty)
        {
            Check(start, Blocks.Width, 1, blocks, nameof(start));
            ClearNarrow(z, zBlock, rows, columns);
        }

        ref float left = ref MemoryMarshal.GetReference(x);
        int vectors = Vectors(columns);
        int narrowRows = TakesNarrowTiles(columns) ? rows / NarrowTiles.Rows * NarrowTiles.Rows : 0;
        if (narrowRows > 0)
        {
            vectors--;
            for (int column = vectors * Blocks.Width; column < columns; column += NarrowTiles.Columns)
            {
                NarrowTiles.Multiply(
                    ref z[Blocks.Start(column, zBlock)], ref left, xBlock, ref Unsafe.AsRef(in w[Blocks.Start(column, wBlock)]),
                    ref Begin(start, column), summands, narrowRows);
            }

            if (rows > narrowRows)
            {
                int at = narrowRows * Blocks.Width;
                Tiles<TVector, TOperations, AsItStands>.Multiply(
                    ref z[vectors * zBlock + at], zBlock, ref Unsafe.Add(ref left, at), xBlock, ref Unsafe.AsRef(in w[vectors * wBlock]),
                    wBlock, ref Begin(start, vectors * Blocks.Width), summands, rows - narrowRows, 1);
            }
        }

        Tiles<TVector, TOperations, AsItStands>.Multiply(
            ref MemoryMarshal.GetReference(z), zBlock, ref left, xBlock, ref MemoryMarshal.GetReference(w), wBlock,
            ref Begin(start, 0), summands, rows, vectors);
    }

    /// <inheritdoc/>
    public override void MultiplyTransposed(
        Span<float> z, int zBlock, ReadOnlySpan<float> x, int xBlock, ReadOnlySpan<float> w, int wBlock, int summands, int rows,
        int columns)
    {
        if (rows < 1 || columns < 1 || summands < 1)
        {
            return;
        }

        int blocks = Blocks.Count(columns);
        Check(z, zBlock, rows, blocks, nameof(z));
        Check(x, xBlock, summands, Blocks.Count(rows), nameof(x));
        Check(w, wBlock, summands, blocks, nameof(w));
        ref float left = ref MemoryMarshal.GetReference(x);
        ClearNarrow(z, zBlock, rows, columns);
        int column = 0;
        int end = TakesNarrowTiles(columns) ? columns / Blocks.Width * Blocks.Width : Vectors(columns) * TOperations.Count;
        while (column < end)
        {
            int taken = Math.Min(end - column, Blocks.Group(end - column) * Blocks.Width);
            Tiles<TVector, TOperations, Transposed>.Multiply(
                ref z[Blocks.Start(column, zBlock)], zBlock, ref left, xBlock, ref Unsafe.AsRef(in w[Blocks.Start(column, wBlock)]), wBlock,
                ref Zeros[0], summands, rows, taken / TOperations.Count);
            column += taken;
        }

        for (; column < columns; column += NarrowTiles.Columns)
        {
            NarrowTiles.MultiplyTransposed(
                ref z[Blocks.Start(column, zBlock)], ref left, xBlock, ref Unsafe.AsRef(in w[Blocks.Start(column, wBlock)]), summands,
                rows);
        }
    }

    /// <summary>Whether the last block is narrow, and the vectors so wide that tiles of its own are worth it.</summary>
    private static bool TakesNarrowTiles(int columns) =>
        Blocks.EndNarrow(columns) && TOperations.Count == Blocks.Width && Vector512Operations.AreSupported;

    /// <summary>What the sums of some columns begin with; null where they begin with what is there.</summary>
    private static ref float Begin(ReadOnlySpan<float> start, int column) =>
        ref start.IsEmpty ? ref Unsafe.NullRef<float>() : ref Unsafe.AsRef(in start[column]);

    /// <summary>Vectors of a row: of a narrow block those that hold columns, of others all.</summary>
    private static int Vectors(int columns) => Blocks.EndNarrow(columns)
        ? (columns - 1) / TOperations.Count + 1 : Blocks.Count(columns) * (Blocks.Width / TOperations.Count);

    /// <summary>Of a narrow block only the columns are computed, so what fills it up is set to 0.</summary>
    private static void ClearNarrow(Span<float> z, int zBlock, int rows, int columns)
    {
        if (Blocks.EndNarrow(columns))
        {
            z.Slice(columns / Blocks.Width * zBlock, rows * Blocks.Width).Clear();
        }
    }

    private static void Check(ReadOnlySpan<float> matrix, int block, int rows, int blocks, string name)
    {
        long needed = (long)(blocks - 1) * block + (long)rows * Blocks.Width;
        if (matrix.Length < needed || (block < rows * Blocks.Width && blocks > 1))
        {
            throw new ArgumentException($"The matrix has {matrix.Length} floats with blocks {block} apart, expected {needed}.", name);
        }
    }
}
