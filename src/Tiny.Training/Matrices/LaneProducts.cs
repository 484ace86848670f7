using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>
/// What a convolution sums, on values in <see cref="Lanes"/>. Filters are taken four at a time: weights lie with those of four
/// filters beside each other, filled up with 0. Every sum begins with its start and adds its summands in ascending order, each
/// multiplied and added with one rounding: the same bits whatever the vectors and the threads.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public abstract class LaneProducts
{
    /// <summary>Filters of a tile: weights are filled up to a multiple.</summary>
    internal const int Filters = 4;

    /// <summary>The most weights of a filter whose gradients are found at once.</summary>
    internal const int MostWeights = 6;

    private protected LaneProducts()
    {
    }

    /// <summary>The products with the widest vectors this machine has.</summary>
    public static LaneProducts Widest { get; } =
        Vector512Operations.AreSupported ? new LaneProducts<Vector512<float>, Vector512Operations>()
        : Vector256.IsHardwareAccelerated ? new LaneProducts<Vector256<float>, Vector256Operations>()
        : new LaneProducts<Vector128<float>, Vector128Operations>();

    /// <summary>One of each width; all are right everywhere, those the machine has no vectors for are slow.</summary>
    public static IReadOnlyList<LaneProducts> All { get; } =
    [
        new LaneProducts<Vector512<float>, Vector512Operations>(),
        new LaneProducts<Vector256<float>, Vector256Operations>(),
        new LaneProducts<Vector128<float>, Vector128Operations>(),
    ];

    /// <summary>z = start + sum of w x at some places in a row, of up to four filters.</summary>
    /// <param name="z">Where the first place's first filter goes; the others stand behind it.</param>
    /// <param name="zStep">Floats from one place to the next.</param>
    /// <param name="filters">1 to 4.</param>
    /// <param name="x">The first value under the first place's window.</param>
    /// <param name="xStep">Floats from one window to the next.</param>
    /// <param name="taps">What is summed.</param>
    /// <param name="w">Weights, four filters beside each other.</param>
    /// <param name="start">Four numbers that the sums begin with.</param>
    /// <param name="places">Places, 1 or more.</param>
    internal abstract void Sums(
        ref float z, int zStep, int filters, ref float x, int xStep, in LaneTaps taps, ref float w, ref float start, int places);

    /// <summary>Adds up the gradients on some weights, side by side in x, of four filters, each lane by itself.</summary>
    /// <param name="sums">(4, 6, 16), where they are added; <see cref="Totals"/> makes gradients of them.</param>
    /// <param name="dz">The gradient on the first of the filters' sums at the first place.</param>
    /// <param name="x">The value of the first weight there.</param>
    /// <param name="walk">The places.</param>
    /// <param name="weights">1 to 6.</param>
    internal abstract void AddGradients(Span<float> sums, ref float dz, ref float x, in LaneWalk walk, int weights);

    /// <summary>The gradients: (weights, 4) from sums (4, 6, 16).</summary>
    internal static void Totals(Span<float> gradients, ReadOnlySpan<float> sums)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            int at = i % Filters * MostWeights + i / Filters;
            gradients[i] = LaneSums.Total(Vector512.Create(sums[(at * Lanes.Width)..]));
        }
    }
}
/// <inheritdoc/>
internal sealed class LaneProducts<TVector, TOperations> : LaneProducts
    where TVector : struct
    where TOperations : struct, IVectorOperations<TVector>
{
    /// <inheritdoc/>
    internal override void Sums(
        ref float z, int zStep, int filters, ref float x, int xStep, in LaneTaps taps, ref float w, ref float start, int places)
    {
        for (int tiles = (places - 1) / LaneTiles<TVector, TOperations>.Most + 1; tiles > 0; tiles--)
        {
            int count = (places - 1) / tiles + 1;
            for (int lane = 0; lane < Lanes.Width; lane += TOperations.Count)
            {
                LaneTiles<TVector, TOperations>
                    .Sums(ref Unsafe.Add(ref z, lane), zStep, filters, ref Unsafe.Add(ref x, lane), xStep, taps, ref w, ref start, count);
            }

            z = ref Unsafe.Add(ref z, count * zStep);
            x = ref Unsafe.Add(ref x, count * xStep);
            places -= count;
        }
    }

    /// <inheritdoc/>
    internal override void AddGradients(Span<float> sums, ref float dz, ref float x, in LaneWalk walk, int weights)
    {
        for (int lane = 0; lane < Lanes.Width; lane += TOperations.Count)
        {
            LaneTiles<TVector, TOperations>.AddGradients(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), lane), ref Unsafe.Add(ref dz, lane), ref Unsafe.Add(ref x, lane), walk,
                    weights);
        }
    }
}
