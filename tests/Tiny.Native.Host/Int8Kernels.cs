using System.Runtime.InteropServices;

namespace Tiny.Native;

/// <summary>The methods of Int8Kernels.Device.cs over the C that this machine's compiler has built.</summary>
public static unsafe class Int8Kernels
{
    public static int Levels(float[] x, byte[] levels, float[] scaling, int each, int count)
    {
        fixed (float* xPointer = x)
        fixed (byte* levelsPointer = levels)
        fixed (float* scalingPointer = scaling)
        {
            return tiny_levels_u8(xPointer, levelsPointer, scalingPointer, each, count);
        }
    }

    public static void RowStarts(byte[] blob, int biasesAt, int weightsAt, int[] starts, int inputs, int rows, int zero)
    {
        fixed (byte* blobPointer = blob)
        fixed (int* startsPointer = starts)
        {
            tiny_row_starts_s8(blobPointer + biasesAt, (sbyte*)blobPointer + weightsAt, startsPointer, inputs, rows, zero);
        }
    }

    public static void Sums(byte[] x, byte[] blob, int weightsAt, int[] starts, int[] sums, int inputs, int rows)
    {
        fixed (byte* xPointer = x)
        fixed (byte* blobPointer = blob)
        fixed (int* startsPointer = starts)
        fixed (int* sumsPointer = sums)
        {
            tiny_dense_s8(xPointer, (sbyte*)blobPointer + weightsAt, startsPointer, sumsPointer, inputs, rows);
        }
    }

    public static void Unpack(long[] digits, byte[] bytes, int count)
    {
        fixed (long* digitsPointer = digits)
        fixed (byte* bytesPointer = bytes)
        {
            tiny_unpack_digits(digitsPointer, bytesPointer, count);
        }
    }

    public static void Pack(int[] sums, long[] digits, int rows, int relu, byte[] shifts, sbyte[] table)
    {
        fixed (int* sumsPointer = sums)
        fixed (long* digitsPointer = digits)
        fixed (byte* shiftsPointer = shifts)
        fixed (sbyte* tablePointer = table)
        {
            tiny_pack_digits(sumsPointer, digitsPointer, rows, relu, shiftsPointer, tablePointer);
        }
    }

    public static void ToFloats(int[] sums, float[] scales, float[] z, int rows)
    {
        fixed (int* sumsPointer = sums)
        fixed (float* scalesPointer = scales)
        fixed (float* zPointer = z)
        {
            tiny_sums_to_f32(sumsPointer, scalesPointer, zPointer, rows);
        }
    }

    public static void Convolve(byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int filters, int pool,
        int zero, int relu, byte[] shifts, sbyte[] table, byte[] patch)
    {
        fixed (byte* xPointer = x)
        fixed (byte* blobPointer = blob)
        fixed (int* startsPointer = starts)
        fixed (byte* zPointer = z)
        fixed (int* windowPointer = window)
        fixed (byte* shiftsPointer = shifts)
        fixed (sbyte* tablePointer = table)
        fixed (byte* patchPointer = patch)
        {
            tiny_conv2d_s8(xPointer, (sbyte*)blobPointer + weightsAt, startsPointer, zPointer, windowPointer, filters, pool, zero, relu,
                shiftsPointer, tablePointer, patchPointer);
        }
    }

    public static void Depthwise(byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int pool, int zero, int relu,
        byte[] shifts, sbyte[] table)
    {
        fixed (byte* xPointer = x)
        fixed (byte* blobPointer = blob)
        fixed (int* startsPointer = starts)
        fixed (byte* zPointer = z)
        fixed (int* windowPointer = window)
        fixed (byte* shiftsPointer = shifts)
        fixed (sbyte* tablePointer = table)
        {
            tiny_depthwise_s8(xPointer, (sbyte*)blobPointer + weightsAt, startsPointer, zPointer, windowPointer, pool, zero, relu,
                shiftsPointer, tablePointer);
        }
    }

    public static void Pool(byte[] x, byte[] z, int[] window, int largest)
    {
        fixed (byte* xPointer = x)
        fixed (byte* zPointer = z)
        fixed (int* windowPointer = window)
        {
            tiny_pool_u8(xPointer, zPointer, windowPointer, largest);
        }
    }

    public static void MeanDigits(byte[] x, long[] digits, int places, int channels, int zero, int factor)
    {
        fixed (byte* xPointer = x)
        fixed (long* digitsPointer = digits)
        {
            tiny_mean_digits(xPointer, digitsPointer, places, channels, zero, factor);
        }
    }

    public static void MeanFloats(byte[] x, float[] z, int places, int channels, int zero, float scale)
    {
        fixed (byte* xPointer = x)
        fixed (float* zPointer = z)
        {
            tiny_mean_f32(xPointer, zPointer, places, channels, zero, scale);
        }
    }

    public static void PackBytes(byte[] x, long[] digits, int longs, int zero)
    {
        fixed (byte* xPointer = x)
        fixed (long* digitsPointer = digits)
        {
            tiny_pack_bytes(xPointer, digitsPointer, longs, zero);
        }
    }

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_levels_u8(float* x, byte* levels, float* scaling, int each, int count);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_row_starts_s8(byte* blob, sbyte* blobWeights, int* starts, int inputs, int rows, int zero);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_dense_s8(byte* x, sbyte* blobWeights, int* starts, int* sums, int inputs, int rows);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_unpack_digits(long* digits, byte* bytes, int count);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_pack_digits(int* sums, long* digits, int rows, int relu, byte* shifts, sbyte* table);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_sums_to_f32(int* sums, float* scales, float* z, int rows);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_conv2d_s8(byte* x, sbyte* blobWeights, int* starts, byte* z, int* window, int filters, int pool,
        int zero, int relu, byte* shifts, sbyte* table, byte* patch);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_depthwise_s8(
        byte* x, sbyte* blobWeights, int* starts, byte* z, int* window, int pool, int zero, int relu, byte* shifts, sbyte* table);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_pool_u8(byte* x, byte* z, int* window, int largest);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_mean_digits(byte* x, long* digits, int places, int channels, int zero, int factor);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_mean_f32(byte* x, float* z, int places, int channels, int zero, float scale);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_pack_bytes(byte* x, long* digits, int longs, int zero);
}
