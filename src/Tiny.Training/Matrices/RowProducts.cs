using System.Numerics.Tensors;

namespace Tiny.Training.Matrices;

/// <summary>
/// The products row by row, each step one vector operation of System.Numerics.Tensors. Rows of the result are independent, so large
/// products are shared among threads by rows; small ones stay on one.
/// </summary>
public sealed class RowProducts : IMatrixProducts
{
    private const long WorthAThread = 1 << 20; // multiply-adds

    private readonly int threads;

    /// <summary>Products on at most this many threads.</summary>
    public RowProducts(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.threads = threads;
    }

    /// <inheritdoc/>
    public void Forward(float[] z, float[] x, ReadOnlyMemory<float> w, ReadOnlyMemory<float> b, int n, int d, int h) =>
        Share(n, (long)n * d * h, (from, to) =>
        {
            ReadOnlySpan<float> weights = w.Span;
            for (int i = from; i < to; i++)
            {
                Span<float> sums = z.AsSpan(i * h, h);
                b.Span.CopyTo(sums);
                for (int k = 0; k < d; k++)
                {
                    TensorPrimitives.MultiplyAdd(weights.Slice(k * h, h), x[i * d + k], sums, sums);
                }
            }
        });

    /// <inheritdoc/>
    public void WeightGradient(Memory<float> dw, float[] x, float[] dz, int n, int d, int h) =>
        Share(d, (long)n * d * h, (from, to) =>
        {
            Span<float> gradient = dw.Span;
            gradient[(from * h)..(to * h)].Clear();
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<float> deltas = dz.AsSpan(i * h, h);
                for (int k = from; k < to; k++)
                {
                    Span<float> row = gradient.Slice(k * h, h);
                    TensorPrimitives.MultiplyAdd(deltas, x[i * d + k], row, row);
                }
            }
        });

    /// <inheritdoc/>
    public void InputGradient(float[] dx, float[] dz, ReadOnlyMemory<float> w, int n, int d, int h) =>
        Share(n, (long)n * d * h, (from, to) =>
        {
            ReadOnlySpan<float> weights = w.Span;
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<float> deltas = dz.AsSpan(i * h, h);
                for (int k = 0; k < d; k++)
                {
                    dx[i * d + k] = TensorPrimitives.Dot(deltas, weights.Slice(k * h, h));
                }
            }
        });

    private void Share(int rows, long multiplyAdds, Action<int, int> work)
    {
        int parts = (int)Math.Min(Math.Min(threads, rows), multiplyAdds / WorthAThread);
        if (parts < 2)
        {
            work(0, rows);
            return;
        }

        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads },
            part => work((int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts)));
    }
}
