using System.Runtime.InteropServices;

namespace Tiny.Native;

/// <summary>The methods of WindowKernels.Device.cs over the C that this machine's compiler has built.</summary>
public static unsafe class WindowKernels
{
    public static void Convolution(
        float[] x, float[] weights, float[] biases, float[] z, int[] window, int filters, float floor, float[] patch)
    {
        fixed (float* xPointer = x)
        fixed (float* weightsPointer = weights)
        fixed (float* biasesPointer = biases)
        fixed (float* zPointer = z)
        fixed (int* windowPointer = window)
        fixed (float* patchPointer = patch)
        {
            tiny_conv2d_f32(xPointer, weightsPointer, biasesPointer, zPointer, windowPointer, filters, floor, patchPointer);
        }
    }

    public static void DepthwiseConvolution(float[] x, float[] weights, float[] biases, float[] z, int[] window)
    {
        fixed (float* xPointer = x)
        fixed (float* weightsPointer = weights)
        fixed (float* biasesPointer = biases)
        fixed (float* zPointer = z)
        fixed (int* windowPointer = window)
        {
            tiny_depthwise_f32(xPointer, weightsPointer, biasesPointer, zPointer, windowPointer);
        }
    }

    public static void MaxPooling(float[] x, float[] z, int[] window)
    {
        fixed (float* xPointer = x)
        fixed (float* zPointer = z)
        fixed (int* windowPointer = window)
        {
            tiny_max_pool_f32(xPointer, zPointer, windowPointer);
        }
    }

    public static void AveragePooling(float[] x, float[] z, int[] window)
    {
        fixed (float* xPointer = x)
        fixed (float* zPointer = z)
        fixed (int* windowPointer = window)
        {
            tiny_average_pool_f32(xPointer, zPointer, windowPointer);
        }
    }

    public static void GlobalAverage(float[] x, float[] z, int places, int channels, float factor)
    {
        fixed (float* xPointer = x)
        fixed (float* zPointer = z)
        {
            tiny_global_average_f32(xPointer, zPointer, places, channels, factor);
        }
    }

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_conv2d_f32(
        float* x, float* weights, float* biases, float* z, int* window, int filters, float floor, float* patch);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_depthwise_f32(float* x, float* weights, float* biases, float* z, int* window);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_max_pool_f32(float* x, float* z, int* window);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_average_pool_f32(float* x, float* z, int* window);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_global_average_f32(float* x, float* z, int places, int channels, float factor);
}
