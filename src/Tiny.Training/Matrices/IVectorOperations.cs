namespace Tiny.Training.Matrices;

/// <summary>What the tiles need of a vector of floats, so that one source serves all widths.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>Floats of a vector; divides <see cref="Blocks.Width"/>.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the tallest tile whose sums fit the registers, 8, 6 or 4.</summary>
    static abstract int TileRows { get; }

    /// <summary>The vector that begins here.</summary>
    static abstract TVector Load(ref readonly float from);

    /// <summary>Writes a vector that begins here.</summary>
    static abstract void Store(TVector vector, ref float to);

    /// <summary>A vector of this value.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a b + c, rounded once where the machine can: on AVX2, AVX-512 and Arm64, which therefore agree to the bit.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
}
