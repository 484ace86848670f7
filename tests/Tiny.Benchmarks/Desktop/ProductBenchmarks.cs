using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Tiny.Training.Matrices;

namespace Tiny.Benchmarks.Desktop;

/// <summary>
/// The three products of a dense layer: plain loops, row by row with System.Numerics.Tensors, and the trainer's tiles. One thread.
/// </summary>
public class ProductBenchmarks
{
    private MatrixProducts products = MatrixProducts.Widest;
    private float[] x = [];  // (N, D) row-major
    private float[] w = [];  // (D, H) row-major
    private float[] dz = []; // (N, H) row-major
    private float[] result = [];
    private float[] xBlocks = [];
    private float[] wBlocks = [];
    private float[] dzBlocks = [];
    private float[] zeros = [];
    private float[] packed = [];
    private int n;
    private int d;
    private int h;

    /// <summary>Rows of the batch, inputs, units.</summary>
    [Params("64x1000x100", "32x784x32", "128x784x512")]
    public string Size { get; set; } = "";

    /// <summary>Draws the matrices.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        int[] sizes = [.. Size.Split('x').Select(int.Parse)];
        (n, d, h) = (sizes[0], sizes[1], sizes[2]);
        x = Matrix.Draw(1, n, d);
        w = Matrix.Draw(2, d, h);
        dz = Matrix.Draw(3, n, h);
        xBlocks = Matrix.ToBlocks(x, n, d);
        wBlocks = Matrix.ToBlocks(w, d, h);
        dzBlocks = Matrix.ToBlocks(dz, n, h);
        zeros = new float[Blocks.Length(1, Math.Max(d, h))];
        packed = new float[Blocks.Length(h, d)];
        result = new float[Math.Max(Math.Max(Blocks.Length(n, h), Blocks.Length(d, h)), Blocks.Length(n, d))];
        products = MatrixProducts.Widest;
    }

    /// <summary>z = x w as anyone would write it.</summary>
    [Benchmark(Baseline = true)]
    public void ForwardPlain()
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < h; j++)
            {
                float sum = 0f;
                for (int k = 0; k < d; k++)
                {
                    sum += x[i * d + k] * w[k * h + j];
                }

                result[i * h + j] = sum;
            }
        }
    }

    /// <summary>z = x w, a row of w at a time.</summary>
    [Benchmark]
    public void ForwardByRows()
    {
        for (int i = 0; i < n; i++)
        {
            Span<float> sums = result.AsSpan(i * h, h);
            sums.Clear();
            for (int k = 0; k < d; k++)
            {
                TensorPrimitives.MultiplyAdd(w.AsSpan(k * h, h), x[i * d + k], sums, sums);
            }
        }
    }

    /// <summary>z = x w.</summary>
    [Benchmark]
    public void Forward() =>
        products.Multiply(result, n * Blocks.Width, xBlocks, n * Blocks.Width, wBlocks, d * Blocks.Width, zeros, d, n, h);

    /// <summary>dw = x^T dz.</summary>
    [Benchmark]
    public void WeightGradient() =>
        products.MultiplyTransposed(result, d * Blocks.Width, xBlocks, n * Blocks.Width, dzBlocks, n * Blocks.Width, n, d, h);

    /// <summary>dx = dz w^T, with the packing of w.</summary>
    [Benchmark]
    public void InputGradient()
    {
        MatrixProducts.Transpose(packed, wBlocks, d, h, 0, Blocks.Count(d));
        products.Multiply(result, n * Blocks.Width, dzBlocks, n * Blocks.Width, packed, h * Blocks.Width, zeros, h, n, d);
    }
}
