using System.Runtime.InteropServices;

namespace Tiny.Native;

/// <summary>The methods of FloatKernels.Device.cs over the C that this machine's compiler has built.</summary>
public static unsafe class FloatKernels
{
    public static void Dense(float[] x, float[] weights, float[] biases, float[] z, int inputs, int rows, float floor)
    {
        fixed (float* xPointer = x)
        fixed (float* weightsPointer = weights)
        fixed (float* biasesPointer = biases)
        fixed (float* zPointer = z)
        {
            tiny_dense_f32(xPointer, weightsPointer, biasesPointer, zPointer, inputs, rows, floor);
        }
    }

    public static void DenseUpdate(float[] x, float[] dz, float[] weights, float[] biases, int inputs, int rows, float rate)
    {
        fixed (float* xPointer = x)
        fixed (float* dzPointer = dz)
        fixed (float* weightsPointer = weights)
        fixed (float* biasesPointer = biases)
        {
            tiny_dense_update_f32(xPointer, dzPointer, weightsPointer, biasesPointer, inputs, rows, rate);
        }
    }

    public static float DenseInputGradient(float[] dx, float[] dz, float[] outputs, float[] weights, int inputs, int rows, float floor)
    {
        fixed (float* dxPointer = dx)
        fixed (float* dzPointer = dz)
        fixed (float* outputsPointer = outputs)
        fixed (float* weightsPointer = weights)
        {
            return tiny_dense_input_gradient_f32(dxPointer, dzPointer, outputsPointer, weightsPointer, inputs, rows, floor);
        }
    }

    public static int Normalize(float[] n, float[] x, float[] means, float[] scales, int count)
    {
        fixed (float* nPointer = n)
        fixed (float* xPointer = x)
        fixed (float* meansPointer = means)
        fixed (float* scalesPointer = scales)
        {
            return tiny_normalize_f32(nPointer, xPointer, meansPointer, scalesPointer, count);
        }
    }

    public static void Activate(float[] z, int activation, float parameter, int rows, float[] intercepts, float[] slopes)
    {
        fixed (float* zPointer = z)
        fixed (float* interceptsPointer = intercepts)
        fixed (float* slopesPointer = slopes)
        {
            tiny_activate_f32(zPointer, activation, parameter, rows, interceptsPointer, slopesPointer);
        }
    }

    public static void Scale(float[] values, float factor, int count)
    {
        fixed (float* valuesPointer = values)
        {
            tiny_scale_f32(valuesPointer, factor, count);
        }
    }

    public static void GruStep(
        float[] x, int at, float[] state, float[] parameters, float[] scratch, int units, int channels, float[] intercepts, float[] slopes)
    {
        fixed (float* xPointer = x)
        fixed (float* statePointer = state)
        fixed (float* parametersPointer = parameters)
        fixed (float* scratchPointer = scratch)
        fixed (float* interceptsPointer = intercepts)
        fixed (float* slopesPointer = slopes)
        {
            tiny_gru_step_f32(xPointer + at, statePointer, parametersPointer, scratchPointer, units, channels, interceptsPointer,
                slopesPointer);
        }
    }

    public static void FastGrnnStep(
        float[] x, int at, float[] state, float[] parameters, float[] scratch, int units, int channels, float[] intercepts, float[] slopes)
    {
        fixed (float* xPointer = x)
        fixed (float* statePointer = state)
        fixed (float* parametersPointer = parameters)
        fixed (float* scratchPointer = scratch)
        fixed (float* interceptsPointer = intercepts)
        fixed (float* slopesPointer = slopes)
        {
            tiny_fastgrnn_step_f32(xPointer + at, statePointer, parametersPointer, scratchPointer, units, channels, interceptsPointer,
                slopesPointer);
        }
    }

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_dense_f32(float* x, float* weights, float* biases, float* z, int inputs, int rows, float floor);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_dense_update_f32(float* x, float* dz, float* weights, float* biases, int inputs, int rows, float rate);

    [DllImport(HostCompiler.Library)]
    private static extern float tiny_dense_input_gradient_f32(
        float* dx, float* dz, float* outputs, float* weights, int inputs, int rows, float floor);

    [DllImport(HostCompiler.Library)]
    private static extern int tiny_normalize_f32(float* n, float* x, float* means, float* scales, int count);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_activate_f32(float* z, int activation, float parameter, int rows, float* intercepts, float* slopes);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_scale_f32(float* values, float factor, int count);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_gru_step_f32(
        float* x, float* state, float* parameters, float* scratch, int units, int channels, float* intercepts, float* slopes);

    [DllImport(HostCompiler.Library)]
    private static extern void tiny_fastgrnn_step_f32(
        float* x, float* state, float* parameters, float* scratch, int units, int channels, float* intercepts, float* slopes);
}
