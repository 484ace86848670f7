using Tiny.Training.Data;
using Tiny.Training.Layers;

namespace Tiny.Training.Pruning;

/// <summary>Which layers of a network lose weights, and how many.</summary>
/// <seealso cref="PruningOptions"/>
public static class PruningPlan
{
    // What stands behind the large layers costs little, and each of its weights decides much.
    private const double SmallShare = 0.1;

    /// <summary>
    /// The share that each layer loses in the end; 0 for layers without weights, and for small last ones unless they are named.
    /// </summary>
    /// <param name="layers">The network's.</param>
    /// <param name="options">How much is to go.</param>
    /// <returns>(layers), from 0 to 1.</returns>
    /// <exception cref="SelectionException">There are more shares, or fewer, than layers with weights.</exception>
    public static float[] SharesOf(IReadOnlyList<TrainingLayer> layers, PruningOptions options)
    {
        int[] weighted = [.. Enumerable.Range(0, layers.Count).Where(i => layers[i].Grid is not null)];
        float[] shares = new float[layers.Count];
        if (options.Shares.Count > 1)
        {
            if (options.Shares.Count != weighted.Length)
            {
                throw new SelectionException(
                    $"--sparsity names {options.Shares.Count} layers, but the network "
                        + $"has {weighted.Length} with weights, the output layer included.");
            }

            foreach ((int layer, float share) in weighted.Zip(options.Shares))
            {
                shares[layer] = share;
            }

            return shares;
        }

        int last = weighted.Length - 1 - SmallLast([.. weighted.Select(i => layers[i].Grid!.Count)]);
        foreach (int layer in weighted[..(last + 1)])
        {
            shares[layer] = options.Shares[0];
        }

        return shares;
    }

    /// <summary>How many of the last layers are small: together less than a tenth of all weights. The first layer never is.</summary>
    private static int SmallLast(long[] counts)
    {
        int small = 0;
        long behind = 0;
        while (small < counts.Length - 1 && (behind += counts[counts.Length - 1 - small]) < SmallShare * counts.Sum())
        {
            small++;
        }

        return small;
    }
}
