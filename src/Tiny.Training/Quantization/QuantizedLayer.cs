namespace Tiny.Training.Quantization;

/// <summary>The weights of an int8 layer.</summary>
/// <param name="Section">They as a blob has them, a multiple of 4 bytes.</param>
/// <param name="Steps">(outputs) what one step of each output's digit is worth; empty for a layer that gives floats.</param>
/// <seealso cref="Quantizer"/>
public sealed record QuantizedLayer(byte[] Section, double[] Steps)
{
    /// <summary>The bytes of what its node says of it besides the shape, such as the factor of an average.</summary>
    public byte[] Attributes { get; init; } = [];
}
