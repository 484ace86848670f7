using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Pruning;

/// <summary>What is left of a model's weights, and which inputs they read.</summary>
/// <example>
/// <code>
/// int[] unread = InputUse.Unread(network);                   // inputs that need not be measured
/// </code>
/// </example>
public static class InputUse
{
    /// <summary>
    /// The weights of a layer that are not 0, and how many a full one has; null for a layer whose weights are nothing to count.
    /// </summary>
    public static (long Left, long All)? LeftOf(Layer layer) => DeskKinds.Of(layer).UnitsOf(layer) is float[][] units && units.Length > 0
        ? (units.Sum(unit => unit.LongCount(weight => weight != 0f)), units.Sum(unit => unit.LongLength))
        : null;

    /// <summary>
    /// How much each input counts: the sum of the magnitudes of its weights; null where the first
    /// layer has none for each input, or others read the sample too.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <returns>(inputs), or null.</returns>
    public static double[]? Weight(Network network)
    {
        if (PlanNodes.Of(network).Count(node => node.Sources.Contains(-1)) != 1
            || DeskKinds.Of(network.GetLayer(0)).UnitsOf(network.GetLayer(0)) is not float[][] units
            || units.Length == 0 || units[0].Length != network.Inputs)
        {
            return null;
        }

        return [.. Enumerable.Range(0, network.Inputs).Select(input => units.Sum(unit => (double)Math.Abs(unit[input])))];
    }

    /// <summary>The inputs that no weight reads: a device need not even measure them.</summary>
    /// <param name="network">The network.</param>
    /// <returns>(inputs that no weight reads), from 0, ascending.</returns>
    public static int[] Unread(Network network) =>
        Weight(network) is double[] weights ? [.. Enumerable.Range(0, weights.Length).Where(input => weights[input] == 0)] : [];
}
