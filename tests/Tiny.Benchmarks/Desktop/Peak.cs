using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;

namespace Tiny.Benchmarks.Desktop;

/// <summary>The forward product against what this core reaches with nothing but independent multiply-adds in registers.</summary>
internal static class Peak
{
    private const int Chains = 12;
    private const int Rounds = 9;
    private const double Seconds = 0.1;
    private static readonly float[] Seen = new float[Blocks.Width];

    /// <summary>Both in GFLOP/s, in one run, the best of several rounds by turns.</summary>
    internal static (double Peak, double Product) Measure(int n, int d, int h)
    {
        float[] x = Matrix.ToBlocks(Matrix.Draw(1, n, d), n, d);
        float[] w = Matrix.ToBlocks(Matrix.Draw(2, d, h), d, h);
        float[] z = CacheLines.Allocate(Blocks.Length(n, h));
        float[] start = new float[Blocks.Length(1, h)];
        MatrixProducts products = MatrixProducts.Widest;
        double peak = 0;
        double product = 0;
        for (int round = 0; round < Rounds; round++)
        {
            peak = Math.Max(peak, Rate(
                1_000_000L * Chains * 2 * products.VectorBits / 32, () => MultiplyAdds(products.VectorBits, 1_000_000)));
            product = Math.Max(product, Rate(2L * n * d * h, () =>
                products.Multiply(z, n * Blocks.Width, x, n * Blocks.Width, w, d * Blocks.Width, start, d, n, h)));
        }

        return (peak, product);
    }

    /// <summary>What so many threads reach at once with independent multiply-adds alone, in GFLOP/s: the best of several rounds.</summary>
    internal static double OfThreads(int threads)
    {
        int bits = MatrixProducts.Widest.VectorBits;
        double[] rates = new double[threads];
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Thread[] workers = [.. Enumerable.Range(0, threads)
                .Select(i => new Thread(() => rates[i] = Rate(1_000_000L * Chains * 2 * bits / 32, () => MultiplyAdds(bits, 1_000_000))))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Max(best, rates.Sum());
        }

        return best;
    }

    private static double Rate(long operations, Action action)
    {
        long runs = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            action();
            runs++;
        }

        return operations * runs / watch.Elapsed.TotalSeconds / 1e9;
    }

    private static void MultiplyAdds(int bits, int count)
    {
        switch (bits)
        {
            case 512:
                Independent<Vector512<float>, Vector512Operations>(count);
                break;
            case 256:
                Independent<Vector256<float>, Vector256Operations>(count);
                break;
            default:
                Independent<Vector128<float>, Vector128Operations>(count);
                break;
        }
    }

    /// <summary>
    /// Twelve chains that wait for nothing but themselves: more than any core has multiply-adds
    /// under way, and few enough that none leaves its register.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Independent<TVector, TOperations>(int count)
        where TVector : struct
        where TOperations : struct, IVectorOperations<TVector>
    {
        TVector x = TOperations.Broadcast(0.999f), y = TOperations.Broadcast(0.001f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < count; turn++)
        {
            a = TOperations.MultiplyAdd(a, x, y);
            b = TOperations.MultiplyAdd(b, x, y);
            c = TOperations.MultiplyAdd(c, x, y);
            d = TOperations.MultiplyAdd(d, x, y);
            e = TOperations.MultiplyAdd(e, x, y);
            f = TOperations.MultiplyAdd(f, x, y);
            g = TOperations.MultiplyAdd(g, x, y);
            h = TOperations.MultiplyAdd(h, x, y);
            i = TOperations.MultiplyAdd(i, x, y);
            j = TOperations.MultiplyAdd(j, x, y);
            k = TOperations.MultiplyAdd(k, x, y);
            l = TOperations.MultiplyAdd(l, x, y);
        }

        // Everything flows into something that is looked at.
        TVector all = TOperations.MultiplyAdd(
            a, b, TOperations.MultiplyAdd(c, d, TOperations.MultiplyAdd(e, f, TOperations.MultiplyAdd(g, h, x))));
        all = TOperations.MultiplyAdd(i, j, TOperations.MultiplyAdd(k, l, all));
        TOperations.Store(all, ref Seen[0]);
    }
}
