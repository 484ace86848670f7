using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>Products of a matrix with a group's values in <see cref="Lanes"/>: a weight is one number to 16 samples. Rows of the matrix stand a stride apart.</summary>
internal static class LaneRows
{
    /// <summary>z (rows, 16) becomes the biases.</summary>
    internal static void Start(Span<float> z, ReadOnlySpan<float> biases)
    {
        for (int row = 0; row * Lanes.Width < z.Length; row++)
        {
            z.Slice(row * Lanes.Width, Lanes.Width).Fill(biases[row]);
        }
    }

    /// <summary>z (rows, 16) += w (rows, columns) x (columns, 16), columns ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(Span<float> z, ReadOnlySpan<float> w, int stride, ReadOnlySpan<float> x)
    {
        int rows = z.Length / Lanes.Width;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            Span<float> to = z.Slice(row * Lanes.Width, 4 * Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            Vector512<float> b = Vector512.Create<float>(to[Lanes.Width..]);
            Vector512<float> c = Vector512.Create<float>(to[(2 * Lanes.Width)..]);
            Vector512<float> d = Vector512.Create<float>(to[(3 * Lanes.Width)..]);
            for (int k = 0, at = row * stride; k < x.Length; k += Lanes.Width, at++)
            {
                Vector512<float> value = Vector512.Create(x[k..]);
                a = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at]), a);
                b = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + stride]), b);
                c = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 2 * stride]), c);
                d = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 3 * stride]), d);
            }

            a.CopyTo(to);
            b.CopyTo(to[Lanes.Width..]);
            c.CopyTo(to[(2 * Lanes.Width)..]);
            d.CopyTo(to[(3 * Lanes.Width)..]);
        }

        for (; row < rows; row++)
        {
            Span<float> to = z.Slice(row * Lanes.Width, Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            for (int k = 0, at = row * stride; k < x.Length; k += Lanes.Width, at++)
            {
                a = Vector512.MultiplyAddEstimate(Vector512.Create(x[k..]), Vector512.Create(w[at]), a);
            }

            a.CopyTo(to);
        }
    }

    /// <summary>dx (columns, 16) += the transpose of w (rows, columns) times dz (rows, 16), rows ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddTransposed(Span<float> dx, ReadOnlySpan<float> w, int stride, ReadOnlySpan<float> dz)
    {
        int columns = dx.Length / Lanes.Width;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            Span<float> to = dx.Slice(column * Lanes.Width, 4 * Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            Vector512<float> b = Vector512.Create<float>(to[Lanes.Width..]);
            Vector512<float> c = Vector512.Create<float>(to[(2 * Lanes.Width)..]);
            Vector512<float> d = Vector512.Create<float>(to[(3 * Lanes.Width)..]);
            for (int k = 0, at = column; k < dz.Length; k += Lanes.Width, at += stride)
            {
                Vector512<float> value = Vector512.Create(dz[k..]);
                a = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at]), a);
                b = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 1]), b);
                c = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 2]), c);
                d = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 3]), d);
            }

            a.CopyTo(to);
            b.CopyTo(to[Lanes.Width..]);
            c.CopyTo(to[(2 * Lanes.Width)..]);
            d.CopyTo(to[(3 * Lanes.Width)..]);
        }

        for (; column < columns; column++)
        {
            Span<float> to = dx.Slice(column * Lanes.Width, Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            for (int k = 0, at = column; k < dz.Length; k += Lanes.Width, at += stride)
            {
                a = Vector512.MultiplyAddEstimate(Vector512.Create(dz[k..]), Vector512.Create(w[at]), a);
            }

            a.CopyTo(to);
        }
    }
}
