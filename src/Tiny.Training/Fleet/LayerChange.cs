using Tiny.Desk;

namespace Tiny.Training.Fleet;

/// <summary>How a layer's parameters differ between two models.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="Changed">How many of them differ.</param>
/// <param name="Largest">The largest difference.</param>
/// <param name="Relative">Root mean square of the differences, as a share of that of the first model's parameters.</param>
/// <example>
/// <code>
/// FleetModel before = new("a.tiny", network);
/// FleetModel after = new("b.tiny", Network.FromBlob(blob));
/// foreach (LayerChange change in LayerChange.Between(before, after))
/// {
///     Console.WriteLine($"layer {change.Layer}: {change.Changed} of {change.Parameters} parameters");
/// }
/// </code>
/// </example>
public sealed record LayerChange(int Layer, int Parameters, int Changed, double Largest, double Relative)
{
    /// <summary>The changes from one model to another, layer by layer.</summary>
    /// <exception cref="FleetException">They are not of one shape; the message says what differs.</exception>
    public static IReadOnlyList<LayerChange> Between(FleetModel before, FleetModel after)
    {
        before.Refuse(after, [.. ModelComparison.Of(before.Network, after.Network)
            .Where(difference => difference.Kind == DifferenceKind.Shape)], "Only models of one shape can be compared layer by layer.");
        return [.. Enumerable.Range(0, before.Network.LayerCount).Select(layer => Of(
            layer, before.Network.GetLayer(layer).Parameters(), after.Network.GetLayer(layer).Parameters()))];
    }

    private static LayerChange Of(int layer, float[] before, float[] after)
    {
        if (before.Length == 0)
        {
            return new LayerChange(layer, 0, 0, 0, 0);
        }

        double[] differences = [.. before.Zip(after, (a, b) => (double)b - a)];
        double size = Math.Sqrt(before.Average(value => (double)value * value));
        double change = Math.Sqrt(differences.Average(value => value * value));
        return new LayerChange(layer, before.Length, differences.Count(value => value != 0), differences.Max(Math.Abs),
            size == 0 ? change : change / size);
    }
}
