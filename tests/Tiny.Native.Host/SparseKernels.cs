using System.Runtime.InteropServices;

namespace Tiny.Native;

/// <summary>The methods of SparseKernels.Device.cs over the C that this machine's compiler has built.</summary>
public static unsafe class SparseKernels
{
    public static int Rows(
        float[] x, float[] z, float[] biases, float[] weights, ushort[] inputs, ushort[] counts, int rows, int values, float floor)
    {
        fixed (float* xPointer = x)
        fixed (float* zPointer = z)
        fixed (float* biasesPointer = biases)
        fixed (float* weightsPointer = weights)
        fixed (ushort* inputsPointer = inputs)
        fixed (ushort* countsPointer = counts)
        {
            return tiny_sparse_f32(xPointer, zPointer, biasesPointer, weightsPointer, inputsPointer, countsPointer, rows, floor);
        }
    }

    public static int NormalizeUsed(float[] n, float[] x, float[] means, float[] scales, ushort[] used, int count, int values)
    {
        fixed (float* nPointer = n)
        fixed (float* xPointer = x)
        fixed (float* meansPointer = means)
        fixed (float* scalesPointer = scales)
        fixed (ushort* usedPointer = used)
        {
            return tiny_normalize_used_f32(nPointer, xPointer, meansPointer, scalesPointer, usedPointer, count);
        }
    }

    public static void Groups(byte[] x, sbyte[] weights, ushort[] inputs, ushort[] counts, int[] starts, int[] sums, int groups, int values)
    {
        fixed (byte* xPointer = x)
        fixed (sbyte* weightsPointer = weights)
        fixed (ushort* inputsPointer = inputs)
        fixed (ushort* countsPointer = counts)
        fixed (int* startsPointer = starts)
        fixed (int* sumsPointer = sums)
        {
            tiny_sparse_s8(xPointer, weightsPointer, inputsPointer, countsPointer, startsPointer, sumsPointer, groups);
        }
    }

    public static int LevelsUsed(float[] x, byte[] levels, float[] scaling, int each, ushort[] used, int count, int values)
    {
        fixed (float* xPointer = x)
        fixed (byte* levelsPointer = levels)
        fixed (float* scalingPointer = scaling)
        fixed (ushort* usedPointer = used)
        {
            return tiny_levels_used_u8(xPointer, levelsPointer, scalingPointer, each, usedPointer, count);
        }
    }

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_sparse_f32(
        float* x, float* z, float* biases, float* weights, ushort* inputs, ushort* counts, int rows, float floor);

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_normalize_used_f32(float* n, float* x, float* means, float* scales, ushort* used, int count);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_sparse_s8(byte* x, sbyte* weights, ushort* inputs, ushort* counts, int* starts, int* sums, int groups);

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_levels_used_u8(float* x, byte* levels, float* scaling, int each, ushort* used, int count);
}
