namespace Tiny.Training.Quantisation;

/// <summary>A model that cannot be quantised; the message says why and what to do.</summary>
public sealed class QuantisationException(string message) : TinyException(message);
