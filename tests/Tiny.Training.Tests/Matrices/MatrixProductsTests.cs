using System.Runtime.Intrinsics;
using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Matrices;

/// <summary>
/// The products against plain loops in double, at every size from 1 to 70 in each of the three dimensions. The plain product of one number
/// of summands is computed once for the largest matrix: smaller ones are its corners.
/// </summary>
public class MatrixProductsTests
{
    private const int Largest = 70;
    private const double Unit = 1.0 / (1 << 24); // half a unit in the last place, relative

    private static readonly float[] X = Draw(1);     // (Largest, Largest) row-major
    private static readonly float[] W = Draw(2);     // (Largest, Largest) row-major
    private static readonly float[] Start = Draw(3); // the first Largest of them

    public static TheoryData<int> Widths() => [.. MatrixProducts.All.Select(products => products.VectorBits)];

    [Fact]
    public void Multiply_equals_the_plain_loop_at_every_size() =>
        Parallel.For(1, Largest + 1, summands => CheckMultiply(MatrixProducts.Widest, summands, Every(), Every()));

    [Fact]
    public void MultiplyTransposed_equals_the_plain_loop_at_every_size() =>
        Parallel.For(1, Largest + 1, summands => CheckTransposed(MatrixProducts.Widest, summands, Every(), Every()));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_width_of_vectors_equals_the_plain_loop_where_tiles_and_blocks_begin_and_end(int bits)
    {
        MatrixProducts products = MatrixProducts.All.Single(p => p.VectorBits == bits);
        foreach (int summands in new[] { 1, 3, 15, 16, 17, 40 })
        {
            CheckMultiply(products, summands, Corners(), Corners());
            CheckTransposed(products, summands, Corners(), Corners());
        }
    }

    [Theory]
    [InlineData(45)]
    [InlineData(40)] // narrow last blocks, which have tiles of their own
    [InlineData(36)]
    [InlineData(3)]
    public void Every_width_of_vectors_gives_the_same_bits(int columns)
    {
        float[][] results = [.. MatrixProducts.All.Select(products => Product(products, 37, 61, columns))];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
        results = [.. MatrixProducts.All.Select(products => Gradient(products, 70, columns))];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    /// <summary>Long sums are taken in pieces that stay in the cache: to the same bits as one multiply-add behind the other.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Long_sums_are_one_multiply_add_behind_the_other(int bits)
    {
        const int Rows = 21;
        const int Columns = 84; // five whole blocks and a narrow one
        MatrixProducts products = MatrixProducts.All.Single(p => p.VectorBits == bits);
        SeededRandom random = new(4);
        foreach (int summands in new[] { 143, 144, 300 })
        {
            float[] x = new float[Blocks.Length(Rows, summands)];
            float[] transposed = new float[Blocks.Length(summands, Rows)];
            float[] w = new float[Blocks.Length(summands, Columns)];
            for (int k = 0; k < summands; k++)
            {
                for (int i = 0; i < Rows; i++)
                {
                    x[Blocks.Index(Rows, i, k)] = transposed[Blocks.Index(summands, k, i)] = random.NextSymmetric(1f);
                }

                for (int j = 0; j < Columns; j++)
                {
                    w[Blocks.Index(summands, k, j)] = random.NextSymmetric(1f);
                }
            }

            float[] z = Unknown(Blocks.Length(Rows, Columns));
            float[] gradient = Unknown(z.Length);
            float[] start = [.. Enumerable.Range(0, 96).Select(j => j < Columns ? j : 0f)];
            products.Multiply(z, Rows * 16, x, Rows * 16, w, summands * 16, start, summands, Rows, Columns);
            products.MultiplyTransposed(gradient, Rows * 16, transposed, summands * 16, w, summands * 16, summands, Rows, Columns);
            for (int at = 0; at < Rows * Columns; at++)
            {
                (int i, int j) = (at / Columns, at % Columns);
                float sum = start[j];
                float sumOfGradient = 0f;
                for (int k = 0; k < summands; k++)
                {
                    sum = MultiplyAdd(x[Blocks.Index(Rows, i, k)], w[Blocks.Index(summands, k, j)], sum);
                    sumOfGradient = MultiplyAdd(x[Blocks.Index(Rows, i, k)], w[Blocks.Index(summands, k, j)], sumOfGradient);
                }

                Assert.Equal(sum, z[Blocks.Index(Rows, i, j)]);
                Assert.Equal(sumOfGradient, gradient[Blocks.Index(Rows, i, j)]);
            }
        }
    }

    [Fact]
    public void Cut_at_any_row_and_block_the_bits_are_the_same()
    {
        float[] whole = Product(MatrixProducts.Widest, 37, 61, 45);
        float[] x = ToBlocks(X, 37, 61);
        float[] w = ToBlocks(W, 61, 45);
        float[] z = new float[whole.Length];
        foreach ((int row, int rows) in new[] { (0, 8), (8, 24), (32, 5) })
        {
            for (int block = 0; block < 3; block++)
            {
                MatrixProducts.Widest.Multiply(
                    z.AsSpan((block * 37 + row) * 16), 37 * 16, x.AsSpan(row * 16), 37 * 16, w.AsSpan(block * 61 * 16), 61 * 16,
                    StartOf(45).AsSpan(block * 16), 61, rows, Math.Min(16, 45 - block * 16));
            }
        }

        Assert.Equal(whole, z);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Sums_that_go_on_from_what_is_there_have_the_bits_of_one_product(int bits)
    {
        MatrixProducts products = MatrixProducts.All.Single(p => p.VectorBits == bits);
        foreach ((int rows, int columns) in new[] { (37, 45), (37, 36), (64, 20), (16, 4), (3, 70) })
        {
            float[] whole = Product(products, rows, 61, columns);
            float[] x = ToBlocks(X, rows, 61);
            float[] w = ToBlocks(W, 61, columns);
            float[] z = Unknown(whole.Length);
            products.Multiply(z, rows * 16, x, rows * 16, w, 61 * 16, StartOf(columns), 32, rows, columns);
            products.Multiply(z, rows * 16, x.AsSpan(2 * rows * 16), rows * 16, w.AsSpan(32 * 16), 61 * 16, [], 29, rows, columns);
            Assert.Equal(whole, z);
        }
    }

    /// <summary>The collector moves the matrices while tiles walk through them: nothing may be held that it cannot move along.</summary>
    [Fact]
    public void Matrices_may_be_moved_while_they_are_multiplied()
    {
        using CancellationTokenSource stop = new();
        Thread mover = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
                Thread.Sleep(1);
            }
        });
        mover.Start();
        try
        {
            float[] expected = Gradient(MatrixProducts.Widest, 45, 36);
            for (int turn = 0; turn < 5000; turn++)
            {
                Assert.Equal(expected, Gradient(MatrixProducts.Widest, 45, 36));
            }
        }
        finally
        {
            stop.Cancel();
            mover.Join();
        }
    }

    [Fact]
    public void Transposed_blocks_hold_the_transposed_matrix_and_zeros()
    {
        for (int rows = 1; rows <= Largest; rows += 3)
        {
            for (int columns = 1; columns <= Largest; columns += 5)
            {
                float[] w = ToBlocks(W, rows, columns);
                float[] transposed = new float[Blocks.Length(columns, rows)];
                Array.Fill(transposed, float.NaN);
                MatrixProducts.Transpose(transposed, w, rows, columns, 0, Blocks.Count(rows));
                for (int i = 0; i < Blocks.Count(rows) * Blocks.Width; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        Assert.Equal(i < rows ? W[i * Largest + j] : 0f, transposed[Blocks.Index(columns, j, i)]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        float[] few = new float[15];
        float[] enough = new float[64];
        MatrixProducts products = MatrixProducts.Widest;
        Assert.Throws<ArgumentException>(() => products.Multiply(few, 16, enough, 16, enough, 64, enough, 4, 1, 16));
        Assert.Throws<ArgumentException>(() => products.Multiply(enough, 16, few, 16, enough, 64, enough, 4, 1, 16));
        Assert.Throws<ArgumentException>(() => products.Multiply(enough, 16, enough, 16, few, 64, enough, 4, 1, 16));
        Assert.Throws<ArgumentException>(() => products.Multiply(enough, 16, enough, 16, enough, 64, few, 4, 1, 16));
        Assert.Throws<ArgumentException>(() => products.MultiplyTransposed(few, 64, enough, 16, enough, 16, 1, 4, 16));
    }

    /// <summary>A product of matrices made anew, so that the collector has reason to move them.</summary>
    private static float[] Gradient(MatrixProducts products, int rows, int columns)
    {
        float[] z = new float[Blocks.Length(rows, columns)];
        products.MultiplyTransposed(
            z, rows * 16, ToBlocks(X, 70, rows), 70 * 16, ToBlocks(W, 70, columns), 70 * 16, 70, rows, columns);
        return z;
    }

    /// <summary>As the tiles do it on this machine.</summary>
    private static float MultiplyAdd(float a, float b, float c) => Vector128.MultiplyAddEstimate(
        Vector128.CreateScalar(a), Vector128.CreateScalar(b), Vector128.CreateScalar(c)).ToScalar();

    private static IEnumerable<int> Every() => Enumerable.Range(1, Largest);

    private static int[] Corners() => [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 70];

    private static void CheckMultiply(MatrixProducts products, int summands, IEnumerable<int> rowCounts, IEnumerable<int> columnCounts)
    {
        (double[] exact, double[] bounds) = Plain((i, j) => Start[j], summands, (i, k) => X[i * Largest + k]);
        foreach (int rows in rowCounts)
        {
            float[] x = ToBlocks(X, rows, summands);
            foreach (int columns in columnCounts)
            {
                float[] z = Unknown(Blocks.Length(rows, columns));
                float[] w = ToBlocks(W, summands, columns);
                products.Multiply(z, rows * 16, x, rows * 16, w, summands * 16, StartOf(columns), summands, rows, columns);
                Compare(z, rows, columns, exact, bounds);
            }
        }
    }

    private static void CheckTransposed(MatrixProducts products, int summands, IEnumerable<int> rowCounts, IEnumerable<int> columnCounts)
    {
        (double[] exact, double[] bounds) = Plain((i, j) => 0, summands, (i, k) => X[k * Largest + i]);
        foreach (int rows in rowCounts)
        {
            float[] x = ToBlocks(X, summands, rows);
            foreach (int columns in columnCounts)
            {
                float[] z = Unknown(Blocks.Length(rows, columns));
                float[] w = ToBlocks(W, summands, columns);
                products.MultiplyTransposed(z, rows * 16, x, summands * 16, w, summands * 16, summands, rows, columns);
                Compare(z, rows, columns, exact, bounds);
            }
        }
    }

    /// <summary>
    /// start + sum of left * w in double, and how far a float sum of n terms, each step rounded once, may be from
    /// it: n + 1 half units of the sum of the terms' magnitudes, and some for the second order.
    /// </summary>
    private static (double[] Exact, double[] Bounds) Plain(Func<int, int, double> start, int summands, Func<int, int, float> left)
    {
        double[] exact = new double[Largest * Largest];
        double[] bounds = new double[Largest * Largest];
        for (int i = 0; i < Largest; i++)
        {
            for (int j = 0; j < Largest; j++)
            {
                double sum = start(i, j);
                double magnitude = Math.Abs(sum);
                for (int k = 0; k < summands; k++)
                {
                    double term = (double)left(i, k) * W[k * Largest + j];
                    sum += term;
                    magnitude += Math.Abs(term);
                }

                exact[i * Largest + j] = sum;
                bounds[i * Largest + j] = 1.001 * (summands + 1) * Unit * magnitude;
            }
        }

        return (exact, bounds);
    }

    private static void Compare(float[] actual, int rows, int columns, double[] exact, double[] bounds)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double error = Math.Abs(actual[Blocks.Index(rows, i, j)] - exact[i * Largest + j]);
                if (!(error <= bounds[i * Largest + j]))
                {
                    Assert.Fail($"{rows} x {columns}: element {i}, {j} is off by {error}, at most {bounds[i * Largest + j]} expected.");
                }
            }

            for (int j = columns; j < Blocks.Count(columns) * 16; j++)
            {
                Assert.Equal(0f, actual[Blocks.Index(rows, i, j)]);
            }
        }
    }

    private static float[] Product(MatrixProducts products, int rows, int summands, int columns)
    {
        float[] z = new float[Blocks.Length(rows, columns)];
        products.Multiply(
            z, rows * 16, ToBlocks(X, rows, summands), rows * 16, ToBlocks(W, summands, columns), summands * 16, StartOf(columns), summands,
            rows, columns);
        return z;
    }

    private static float[] StartOf(int columns) => [.. Start[..columns], .. new float[Blocks.Count(columns) * 16 - columns]];

    /// <summary>What was there before, which must not show.</summary>
    private static float[] Unknown(int length)
    {
        float[] values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static float[] ToBlocks(float[] matrix, int rows, int columns)
    {
        float[] blocks = new float[Blocks.Length(rows, columns)];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                blocks[Blocks.Index(rows, i, j)] = matrix[i * Largest + j];
            }
        }

        return blocks;
    }

    private static float[] Draw(int seed)
    {
        SeededRandom random = new(seed);
        return [.. Enumerable.Range(0, Largest * Largest).Select(_ => random.NextSymmetric(1f))];
    }
}
