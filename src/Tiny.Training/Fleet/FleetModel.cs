using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Kinds;

namespace Tiny.Training.Fleet;

/// <summary>A model of a fleet: devices that were delivered with the same blob and have learned since.</summary>
/// <param name="Name">What messages call it, such as its file.</param>
/// <param name="Network">The model.</param>
/// <seealso cref="FleetAverage"/>
public sealed record FleetModel(string Name, Network Network)
{
    // Fine-tuning moves weights a little; networks trained apart have nothing in common but their shape.
    private const double LeastAlike = 0.5;

    /// <summary>Whether learning changes a layer's parameters: they are float32, and it has some.</summary>
    internal static bool Changes(Layer layer) => layer.ParameterCount > 0 && !DeskKinds.Of(layer).IsInt8;

    /// <summary>
    /// Checks that two models come from the same factory model: nothing differs but the float32 weights, and those are alike.
    /// </summary>
    /// <exception cref="FleetException">They do not; the message says what differs.</exception>
    public void CheckSameFactory(FleetModel other)
    {
        Refuse(other, ModelComparison.Of(Network, other.Network), "Only models fine-tuned from one factory model can be averaged.");
        for (int i = 0; i < Network.LayerCount; i++)
        {
            if (Changes(Network.GetLayer(i))
                && Cosine(Network.GetLayer(i).Parameters(), other.Network.GetLayer(i).Parameters()) < LeastAlike)
            {
                throw new FleetException(
                    $"{other.Name}: layer {i} has other weights than that of {Name}, not the same ones after some learning. "
                    + "Only models fine-tuned from one factory model can be averaged.");
            }
        }
    }

    /// <summary>Throws if there are differences, with the first of them in words.</summary>
    /// <exception cref="FleetException">There are.</exception>
    internal void Refuse(FleetModel other, IReadOnlyList<ModelDifference> differences, string rule)
    {
        if (differences.Count > 0)
        {
            string more = differences.Count > 1 ? $" (and {differences.Count - 1} more; tiny diff lists them)" : "";
            throw new FleetException($"{other.Name}: {differences[0].Describe(Name)}{more}. {rule}");
        }
    }

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squaresA += (double)a[i] * a[i];
            squaresB += (double)b[i] * b[i];
        }

        return squaresA == 0 || squaresB == 0 ? (squaresA == squaresB ? 1 : 0) : product / Math.Sqrt(squaresA * squaresB);
    }
}
