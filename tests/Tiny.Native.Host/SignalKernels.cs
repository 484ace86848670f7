using System.Runtime.InteropServices;

namespace Tiny.Native;

/// <summary>The methods of SignalKernels.Device.cs over the C that this machine's compiler has built.</summary>
public static unsafe class SignalKernels
{
    public static void Range(float[] ring, int oldest, int count, float[] values)
    {
        fixed (float* ringPointer = ring)
        fixed (float* valuesPointer = values)
        {
            tiny_window_range_f32(ringPointer, oldest, count, valuesPointer);
        }
    }

    public static float Deviation(float[] ring, int oldest, int count, float mean)
    {
        fixed (float* ringPointer = ring)
        {
            return tiny_window_deviation_f32(ringPointer, oldest, count, mean);
        }
    }

    public static float Crossings(float[] ring, int oldest, int count, float mean)
    {
        fixed (float* ringPointer = ring)
        {
            return tiny_window_crossings_f32(ringPointer, oldest, count, mean);
        }
    }

    public static float Band(float[] ring, int oldest, int count, float mean, float coefficient)
    {
        fixed (float* ringPointer = ring)
        {
            return tiny_goertzel_f32(ringPointer, oldest, count, mean, coefficient);
        }
    }

    public static int Fourier(float[] values, int count)
    {
        fixed (float* valuesPointer = values)
        {
            return tiny_fft_f32(valuesPointer, count);
        }
    }

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_window_range_f32(float* ring, int oldest, int count, float* values);

    [DllImport(HostCompiler.Library)]
    private static extern float tiny_window_deviation_f32(float* ring, int oldest, int count, float mean);

    [DllImport(HostCompiler.Library)]
    private static extern float tiny_window_crossings_f32(float* ring, int oldest, int count, float mean);

    [DllImport(HostCompiler.Library)]
    private static extern float tiny_goertzel_f32(float* ring, int oldest, int count, float mean, float coefficient);

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_fft_f32(float* values, int count);
}
