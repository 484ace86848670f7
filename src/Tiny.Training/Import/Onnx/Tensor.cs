namespace Tiny.Training.Import.Onnx;

/// <summary>Numbers or texts in a shape, row-major: an initializer of a graph, or what a node gives.</summary>
internal sealed class Tensor
{
    /// <summary>A tensor of float[], double[], long[] or string[].</summary>
    internal Tensor(int[] shape, Array data)
    {
        Shape = shape;
        Data = data;
    }

    /// <summary>Its dimensions; none of a single number.</summary>
    internal int[] Shape { get; }

    /// <summary>Its elements: float[], double[], long[] or string[].</summary>
    internal Array Data { get; }

    /// <summary>Elements.</summary>
    internal int Count => Data.Length;

    /// <summary>Whether the elements are whole numbers.</summary>
    internal bool IsWhole => Data is long[];

    /// <summary>Whether the elements are texts.</summary>
    internal bool IsText => Data is string[];

    /// <summary>An element as a double.</summary>
    internal double this[int index] => Data switch
    {
        float[] floats => floats[index],
        double[] doubles => doubles[index],
        long[] longs => longs[index],
        _ => throw new ImportException("texts stand where numbers are expected."),
    };

    /// <summary>A tensor of doubles.</summary>
    internal static Tensor Of(int[] shape, double[] data) => new(shape, data);

    /// <summary>A row of whole numbers.</summary>
    internal static Tensor Of(params long[] numbers) => new([numbers.Length], numbers);

    /// <summary>The elements as doubles; not a copy if they are.</summary>
    internal double[] ToDoubles() => Data as double[] ?? ToArray(i => this[i]);

    /// <summary>The elements as floats, rounded once; not a copy if they are.</summary>
    internal float[] ToFloats() => Data as float[] ?? ToArray(i => (float)this[i]);

    /// <summary>The elements as whole numbers.</summary>
    internal long[] ToLongs() => Data as long[] ?? ToArray(i => (long)Math.Clamp(this[i], long.MinValue, long.MaxValue));

    /// <summary>The elements as texts.</summary>
    internal string[] ToTexts() => Data as string[]
        ?? ToArray(i => Data is long[] whole ? whole[i].ToString(System.Globalization.CultureInfo.InvariantCulture) : this[i]
        .ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The same elements in another shape.</summary>
    internal Tensor In(int[] shape) => new(shape, Data);

    /// <summary>Some of the elements, in another order and shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="from">(elements of the shape) the element each comes from; null: all in their order.</param>
    internal Tensor Pick(int[] shape, int[]? from) => from is null ? In(shape) : new Tensor(shape, Data switch
    {
        float[] floats => Array.ConvertAll(from, i => floats[i]),
        double[] doubles => Array.ConvertAll(from, i => doubles[i]),
        long[] longs => Array.ConvertAll(from, i => longs[i]),
        _ => Array.ConvertAll(from, i => ((string[])Data)[i]),
    });

    private T[] ToArray<T>(Func<int, T> element)
    {
        T[] array = new T[Count];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = element(i);
        }

        return array;
    }
}
