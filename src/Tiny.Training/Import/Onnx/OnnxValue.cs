namespace Tiny.Training.Import.Onnx;

/// <summary>An input or an output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The code of its element type; 0 where it is no tensor.</param>
/// <param name="Shape">Its dimensions: -1 for one that is open; null where no shape is said.</param>
/// <param name="Open">The names of open dimensions, in their places.</param>
internal sealed record OnnxValue(string Name, int ElementType, long[]? Shape, string[] Open);
