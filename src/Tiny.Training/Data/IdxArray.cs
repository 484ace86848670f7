namespace Tiny.Training.Data;

/// <summary>The elements of an IDX file: (count, elements each) row-major.</summary>
public sealed record IdxArray(float[] Elements, int Count, int ElementsEach);
