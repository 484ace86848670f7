using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;

namespace Tiny.Training.Quantization;

/// <summary>Bytes between int8 layers: what a byte u stands for is u - zero.</summary>
/// <param name="Type">The type of the buffer: digits, signed digits, or levels.</param>
/// <param name="Zero">The byte that counts as 0.</param>
/// <seealso cref="Quantizer"/>
public readonly record struct ByteForm(int Type, int Zero)
{
    /// <summary>The least that a byte stands for, as a magnitude.</summary>
    internal int Least => Type == BlobFormat.SignedDigits ? Int8.Int8Layer.LargestDigit : Zero;

    /// <summary>The largest.</summary>
    internal int Largest => Type == BlobFormat.Levels ? byte.MaxValue - Zero : Int8.Int8Layer.LargestDigit;

    /// <summary>What a convolution with this activation gives.</summary>
    internal static ByteForm Behind(Activation activation) =>
        activation == Activation.Relu ? new ByteForm(BlobFormat.Digits, 0) : new ByteForm(BlobFormat.SignedDigits, ByteKind.Middle);
}
