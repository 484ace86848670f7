namespace Tiny.Training.Quantization;

/// <summary>A model that cannot be quantized; the message says why and what to do.</summary>
public sealed class QuantizationException(string message) : TinyException(message);
