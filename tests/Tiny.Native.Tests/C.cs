using System.Runtime.InteropServices;

namespace Tiny.Native.Tests;

/// <summary>Kernels in C as they are, for what is tried of them alone.</summary>
internal static class C
{
    [DllImport(HostCompiler.Library)]
    internal static extern float tiny_exp_f32(float x);

    [DllImport(HostCompiler.Library)]
    internal static extern float tiny_sqrt_f32(float x);

    [DllImport(HostCompiler.Library)]
    internal static extern int tiny_softmax_f32(float[] z, float[] p, int count);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_add_f32(float[] a, float[] b, float[] z, int count);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_conv2d_f32(
        float[] x, float[] weights, float[] biases, float[] z, int[] window, int filters, float floor, float[] patch);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_depthwise_f32(float[] x, float[] weights, float[] biases, float[] z, int[] window);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_max_pool_f32(float[] x, float[] z, int[] window);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_average_pool_f32(float[] x, float[] z, int[] window);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_global_average_f32(float[] x, float[] z, int places, int channels, float factor);

    [DllImport(HostCompiler.Library)]
    internal static extern int tiny_sparse_f32(
        float[] x, float[] z, float[] biases, float[] weights, ushort[] inputs, ushort[] counts, int rows, float floor);

    [DllImport(HostCompiler.Library)]
    internal static extern void tiny_sparse_s8(
        byte[] x, sbyte[] weights, ushort[] inputs, ushort[] counts, int[] starts, int[] sums, int groups);
}
