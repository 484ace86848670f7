using Tiny.Convolution;
using Tiny.Core.Activations;

namespace Tiny.Training.Quantization;

/// <summary>Attributes of int8 layers, taken from those of float layers.</summary>
internal static class WindowBytes
{
    /// <summary>The ten bytes of a window.</summary>
    internal static byte[] Of(Window window) =>
    [
        (byte)window.Height, (byte)window.Width, (byte)window.StrideDown, (byte)window.StrideAcross, (byte)window.Above, (byte)window.Left,
        (byte)Behind(window.OutputHeight, window.StrideDown, window.Height, window.DilationDown, window.InputHeight, window.Above),
        (byte)Behind(window.OutputWidth, window.StrideAcross, window.Width, window.DilationAcross, window.InputWidth, window.Left),
        (byte)window.DilationDown, (byte)window.DilationAcross,
    ];

    /// <summary>Activation, pool, and the activation's parameter if it has one.</summary>
    internal static byte[] Of(Activation activation, float parameter, int pool) =>
        ActivationTraits.HasParameter(activation)
        ? [(byte)activation, (byte)pool, .. BitConverter.GetBytes(parameter)] : [(byte)activation, (byte)pool];

    /// <summary>The least padding below, or right, that gives as many windows.</summary>
    private static int Behind(int outputs, int stride, int taps, int dilation, int inputs, int before) =>
        Math.Max(0, (outputs - 1) * stride + (taps - 1) * dilation + 1 - inputs - before);
}
