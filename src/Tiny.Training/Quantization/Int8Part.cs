namespace Tiny.Training.Quantization;

/// <summary>A layer that became int8.</summary>
/// <param name="Layer">Its number in the float model.</param>
/// <param name="Quantized">Its weights.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Int8Part(int Layer, QuantizedLayer Quantized, Int8Place Place);
