/// <summary>Calls each measured kernel as it was measured: whole calls, some of them from a loop, on 64 x 64.</summary>
public static class KernelCalls
{
    private const int N = 64;
    private static float[] w;
    private static float[] x;
    private static float[] y;
    private static float[] d;
    private static float[] z;
    private static float[] table;
    private static float[] slopes;
    private static long[] lw;
    private static long[] lx;
    private static long[] ly;

    /// <summary>
    /// Makes the arrays, of values that are neither zero nor powers of two; not at start, so that
    /// the other programs have the heap to themselves.
    /// </summary>
    public static void Prepare()
    {
        w = new float[N * N];
        x = new float[N];
        y = new float[N];
        d = new float[N];
        z = new float[N];
        table = new float[258];
        slopes = new float[258];
        lw = new long[22 * N];
        lx = new long[N];
        ly = new long[22];
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = 0.1137f + (i % 17) * 0.0531f - (i % 5) * 0.11f;
        }

        for (int i = 0; i < N; i++)
        {
            x[i] = 0.2571f + i * 0.0137f;
            y[i] = 0.3f;
            d[i] = 0.5113f - i * 0.0131f;
            z[i] = -6.3f + i * 0.19f;
            lx[i] = i % 113 + 1;
        }

        for (int i = 0; i < table.Length; i++)
        {
            table[i] = 0.001f + i / 259f;
            slopes[i] = 0.0037f + i * 0.0001f;
        }

        for (int i = 0; i < lw.Length; i++)
        {
            lw[i] = (long)(i % 251 + 3) + ((long)(i % 247 + 5) << 21) + ((long)(i % 241 + 7) << 42);
        }

        for (int i = 0; i < ly.Length; i++)
        {
            ly[i] = 1;
        }
    }

    public static void Naive() { Kernels.Naive(w, x, y, N); }
    public static void U8() { Kernels.U8(w, x, y, N); }
    public static void Blk8() { Kernels.Blk8(w, x, y, N); }
    public static void GenTopo() { float[] a = w; float[] b = x; float[] c = y; for (int i = 0; i < 64; i++) Kernels.GenTopo(a, b, c); }
    public static void GenConst() { float[] b = x; float[] c = y; for (int i = 0; i < 64; i++) Kernels.GenConst(b, c); }
    public static void SwNaive() { Kernels.SwNaive(lw, lx, ly, 22, N); }
    public static void SwBlk8() { Kernels.SwBlk8(lw, lx, ly, 22, N); }
    public static void SwBlk16() { Kernels.SwBlk16(lw, lx, ly, 22, N); }
    public static void GenSwar() { long[] b = lx; long[] c = ly; for (int i = 0; i < 64; i++) Kernels.GenSwar(b, c); }
    public static void Sgd() { Kernels.Sgd(w, x, N, d, 0.0113f); }
    public static void SgdBlk() { Kernels.SgdBlk(w, x, N, d, 0.0113f); }
    public static void BackNaive() { Kernels.BackNaive(w, d, y, N); }
    public static void BackBlk() { Kernels.BackBlk(w, d, y, N); }
    public static void SigExp() { Kernels.SigExp(z, N); }
    public static void SigLoop() { Kernels.SigLoop(table, z, N); }
    public static void SigLerp() { Kernels.SigLerp(table, z, N); }
    public static void SigLerp2() { Kernels.SigLerp2(table, slopes, z, N); }
}
