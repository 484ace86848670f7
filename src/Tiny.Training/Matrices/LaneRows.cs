using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>
/// Products of a matrix with a group's values in <see cref="Lanes"/>: a weight is one number
/// to 16 samples. Rows of the matrix stand a stride apart.
/// </summary>
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
    internal static void Add(Span<float> z, ReadOnlySpan<float> w, int stride, ReadOnlySpan<float> x) => Add(z, w, stride, 1, x);

    /// <summary>dx (columns, 16) += the transpose of w (rows, columns) times dz (rows, 16), rows ascending.</summary>
    internal static void AddTransposed(Span<float> dx, ReadOnlySpan<float> w, int stride, ReadOnlySpan<float> dz) =>
        Add(dx, w, 1, stride, dz);

    /// <summary>The same for a matrix whose next element stands so far on for the next value of z, and so far for the next of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> z, ReadOnlySpan<float> w, int down, int across, ReadOnlySpan<float> x)
    {
        int count = z.Length / Lanes.Width;
        int i = 0;
        for (; i + 4 <= count; i += 4)
        {
            Span<float> to = z.Slice(i * Lanes.Width, 4 * Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            Vector512<float> b = Vector512.Create<float>(to[Lanes.Width..]);
            Vector512<float> c = Vector512.Create<float>(to[(2 * Lanes.Width)..]);
            Vector512<float> d = Vector512.Create<float>(to[(3 * Lanes.Width)..]);
            for (int k = 0, at = i * down; k < x.Length; k += Lanes.Width, at += across)
            {
                Vector512<float> value = Vector512.Create(x[k..]);
                a = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at]), a);
                b = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + down]), b);
                c = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 2 * down]), c);
                d = Vector512.MultiplyAddEstimate(value, Vector512.Create(w[at + 3 * down]), d);
            }

            a.CopyTo(to);
            b.CopyTo(to[Lanes.Width..]);
            c.CopyTo(to[(2 * Lanes.Width)..]);
            d.CopyTo(to[(3 * Lanes.Width)..]);
        }

        for (; i < count; i++)
        {
            Span<float> to = z.Slice(i * Lanes.Width, Lanes.Width);
            Vector512<float> a = Vector512.Create<float>(to);
            for (int k = 0, at = i * down; k < x.Length; k += Lanes.Width, at += across)
            {
                a = Vector512.MultiplyAddEstimate(Vector512.Create(x[k..]), Vector512.Create(w[at]), a);
            }

            a.CopyTo(to);
        }
    }
}
