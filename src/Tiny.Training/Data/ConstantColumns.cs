namespace Tiny.Training.Data;

/// <summary>Finds the inputs that have one and the same value in all rows, row by row. Most columns are done with after two rows.</summary>
internal sealed class ConstantColumns
{
    private readonly List<int> left;
    private float[]? first;

    /// <summary>Looks at these inputs.</summary>
    internal ConstantColumns(IEnumerable<int> inputs) => left = [.. inputs];

    /// <summary>Those that did not change.</summary>
    internal IReadOnlyList<int> Found => first is null ? [] : left;

    /// <summary>Takes a row's inputs.</summary>
    internal void Add(ReadOnlySpan<float> inputs)
    {
        if (first is null)
        {
            first = inputs.ToArray();
            return;
        }

        for (int i = left.Count - 1; i >= 0; i--)
        {
            if (inputs[left[i]] != first[left[i]])
            {
                left.RemoveAt(i);
            }
        }
    }

    /// <summary>The value of an input that did not change.</summary>
    internal float Value(int input) => first![input];
}
