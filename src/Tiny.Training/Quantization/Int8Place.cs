namespace Tiny.Training.Quantization;

/// <summary>Where an int8 layer stands.</summary>
/// <param name="IsLast">Whether it is the last int8 layer.</param>
/// <param name="Form">The bytes that it reads, if it reads bytes.</param>
/// <param name="Pool">The side of the squares of places of which the largest is given at once; 1 for none.</param>
/// <seealso cref="Quantizer"/>
public sealed record Int8Place(bool IsLast, ByteForm Form, int Pool);
