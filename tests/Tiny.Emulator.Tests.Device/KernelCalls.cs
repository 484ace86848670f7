/// <summary>Calls each measured kernel as it was measured: whole calls, some of them from a loop, on 64 x 64.</summary>
public static class KernelCalls
{
    private const int N = 64;
    private static float[] w;
    private static float[] x;
    private static float[] y;
    private static float[] table;
    private static float[] slopes;
    private static long[] lw;
    private static long[] lx;
    private static long[] ly;

    /// <summary>Makes the arrays; not at start, so that the other programs have the heap to themselves.</summary>
    public static void Prepare()
    {
        w = new float[N * N];
        x = new float[N];
        y = new float[N];
        table = new float[258];
        slopes = new float[258];
        lw = new long[22 * N];
        lx = new long[N];
        ly = new long[22];
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
    public static void Sgd() { Kernels.Sgd(w, x, N, y, 0.1f); }
    public static void SgdBlk() { Kernels.SgdBlk(w, x, N, y, 0.1f); }
    public static void BackNaive() { Kernels.BackNaive(w, y, x, N); }
    public static void BackBlk() { Kernels.BackBlk(w, y, x, N); }
    public static void SigExp() { Kernels.SigExp(x, N); }
    public static void SigLoop() { Kernels.SigLoop(table, x, N); }
    public static void SigLerp() { Kernels.SigLerp(table, x, N); }
    public static void SigLerp2() { Kernels.SigLerp2(table, slopes, x, N); }
}
