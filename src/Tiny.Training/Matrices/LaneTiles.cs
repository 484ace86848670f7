namespace Tiny.Training.Matrices;

/// <summary>
/// Tiles of what a convolution sums: four filters and up to six places or weights, all sums in registers. Lengths are not checked here.
/// Loops count: a reference that is compared must lie within its matrix, or the collector moves it along with something else.
/// </summary>
internal static partial class LaneTiles<TVector, TOperations>
    where TVector : struct
    where TOperations : struct, IVectorOperations<TVector>
{
    /// <summary>Places whose sums fit the registers beside those of four filters.</summary>
    internal static int Most => TOperations.TileRows == 8 ? 6 : 3;

    /// <summary>
    /// The sums of four filters at 1 to <see cref="Most"/> places, of which the first <paramref name="filters"/> are stored.
    /// </summary>
    internal static void Sums(ref float z, int zStep, int filters, ref float x, int xStep, in LaneTaps taps, ref float w,
        ref float start, int places)
    {
        switch (places)
        {
            case 1:
                Sums1(ref z, filters, ref x, taps, ref w, ref start);
                break;
            case 2:
                Sums2(ref z, zStep, filters, ref x, xStep, taps, ref w, ref start);
                break;
            case 3:
                Sums3(ref z, zStep, filters, ref x, xStep, taps, ref w, ref start);
                break;
            case 4:
                Sums4(ref z, zStep, filters, ref x, xStep, taps, ref w, ref start);
                break;
            case 5:
                Sums5(ref z, zStep, filters, ref x, xStep, taps, ref w, ref start);
                break;
            default:
                Sums6(ref z, zStep, filters, ref x, xStep, taps, ref w, ref start);
                break;
        }
    }

    /// <summary>Adds to the sums (4, 6, 16) the gradients on 1 to 6 weights of four filters, lane by lane.</summary>
    internal static void AddGradients(ref float sums, ref float dz, ref float x, in LaneWalk walk, int weights)
    {
        switch (weights)
        {
            case 1:
                Gradients1(ref sums, ref dz, ref x, walk);
                break;
            case 2:
                Gradients2(ref sums, ref dz, ref x, walk);
                break;
            case 3:
                Gradients3(ref sums, ref dz, ref x, walk);
                break;
            case 4:
                Gradients4(ref sums, ref dz, ref x, walk);
                break;
            case 5:
                Gradients5(ref sums, ref dz, ref x, walk);
                break;
            default:
                Gradients6(ref sums, ref dz, ref x, walk);
                break;
        }
    }
}
