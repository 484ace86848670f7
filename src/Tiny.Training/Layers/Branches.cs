namespace Tiny.Training.Layers;

/// <summary>What layers that join branches want of them.</summary>
internal static class Branches
{
    /// <summary>The first of two shapes.</summary>
    /// <exception cref="ArgumentException">They are not two, or do not fit each other.</exception>
    internal static Shape Two(IReadOnlyList<Shape> inputs, Func<Shape, Shape, bool> fit) => inputs.Count == 2 && fit(inputs[0], inputs[1])
        ? inputs[0]
        : throw new ArgumentException($"Branches of {string.Join(" and ", inputs)} cannot be joined.", nameof(inputs));
}
