namespace Tiny.Training.Import.Onnx;

/// <summary>Arithmetic of shapes.</summary>
internal static class Dims
{
    /// <summary>The most elements that anything on its way through a graph may have: what a buffer of a plan holds.</summary>
    internal const int MostElements = 131_070;

    /// <summary>Elements of a shape; saturates where they are too many to count.</summary>
    internal static long Count(IEnumerable<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count = size != 0 && count > long.MaxValue / size ? long.MaxValue : count * size;
        }

        return count;
    }

    /// <summary>A shape in words.</summary>
    internal static string Words(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>An axis counted from the front; negative ones count from the back.</summary>
    /// <returns>-1 where there is no such axis.</returns>
    internal static int Axis(long axis, int rank) => axis >= 0 && axis < rank
        ? (int)axis : axis < 0 && axis >= -rank ? (int)(axis + rank) : -1;

    /// <summary>The shape of what two shapes are together, by ONNX's rule: dimensions from the back, 1 goes with all.</summary>
    /// <returns>Null where they do not go together.</returns>
    internal static int[]? Broadcast(int[] a, int[] b)
    {
        int[] shape = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            int x = i <= a.Length ? a[^i] : 1;
            int y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                return null;
            }

            shape[^i] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>For each element of a shape, the element of a smaller one that is broadcast to it.</summary>
    internal static int[] Spread(int[] from, int[] to)
    {
        int[] index = new int[Count(to)];
        int[] strides = new int[to.Length];
        int stride = 1;
        for (int i = 1; i <= from.Length; i++)
        {
            strides[^i] = from[^i] == 1 ? 0 : stride;
            stride *= from[^i];
        }

        Walk(to, strides, index);
        return index;
    }

    /// <summary>Fills in, for each element of a shape, the sum of its coordinates times strides.</summary>
    internal static void Walk(int[] shape, int[] strides, int[] index)
    {
        int[] at = new int[shape.Length];
        int value = 0;
        for (int i = 0; i < index.Length; i++)
        {
            index[i] = value;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                value += strides[axis];
                if (++at[axis] < shape[axis])
                {
                    break;
                }

                value -= strides[axis] * shape[axis];
                at[axis] = 0;
            }
        }
    }

    /// <summary>Elements from one coordinate to the next, of each axis.</summary>
    internal static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
