using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Benchmarks.Desktop;

/// <summary>Matrices to multiply.</summary>
internal static class Matrix
{
    /// <summary>A drawn matrix (rows, columns), row-major.</summary>
    internal static float[] Draw(int seed, int rows, int columns)
    {
        SeededRandom random = new(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSymmetric(1f);
        }

        return values;
    }

    /// <summary>The same in the trainer's blocks, which begin at a cache line there too.</summary>
    internal static float[] ToBlocks(float[] matrix, int rows, int columns)
    {
        float[] blocks = CacheLines.Allocate(Blocks.Length(rows, columns));
        for (int i = 0; i < matrix.Length; i++)
        {
            blocks[Blocks.Index(rows, i / columns, i % columns)] = matrix[i];
        }

        return blocks;
    }
}
