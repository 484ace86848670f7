using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Kinds;

namespace Tiny.Training.Memory;

/// <summary>
/// Heap that models take on a nanoFramework device, counted as the runtime counts it. The desk's networks and learners are objects of the
/// same source as the device's, so they are walked and their fields and elements counted: that holds for layers of any kind.
/// </summary>
/// <example>
/// <code>
/// int bytes = DeviceMemory.ToPredict(network);               // heap that the network takes on a board
/// int more = DeviceMemory.ToLearn(network) - bytes;
/// </code>
/// </example>
public static class DeviceMemory
{
    /// <summary>Heap of an array of numbers.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="bytesPerElement">Bytes of each: 1, 2, 4 or 8.</param>
    /// <returns>Bytes.</returns>
    public static int Array(int length, int bytesPerElement) => (int)HeapSize.OfNumbers(length, bytesPerElement);

    /// <summary>Heap of an object with this many fields.</summary>
    /// <param name="fields">Fields, those of base classes included.</param>
    /// <returns>Bytes.</returns>
    public static int Object(int fields) => (int)HeapSize.OfObject(fields);

    /// <summary>
    /// Heap of a network just large enough for what this one holds now: what Network.FromBlob makes, the blob itself not counted.
    /// </summary>
    /// <param name="network">A network that was made for its model.</param>
    public static int ToPredict(Network network) => Total(new HeapWalk(network), network);

    /// <summary>The same with a learner on the network; as <see cref="ToPredict"/> where it cannot learn.</summary>
    /// <exception cref="InvalidOperationException">The layers that would learn do not stand in a chain.</exception>
    public static int ToLearn(Network network) => network.CanLearn()
        ? Total(new HeapWalk(new SgdLearner(network)), network) : ToPredict(network);

    /// <summary>The largest single array of a network, in bytes of heap: the piece a fragmented heap must still have.</summary>
    public static int LargestArray(Network network)
    {
        long largest = Math.Max(new HeapWalk(network).LargestArray, HeapSize.OfNumbers(Softmax.Powers, sizeof(float)));
        return (int)(UsesTable(network) ? Math.Max(largest, HeapSize.OfNumbers(SigmoidTable.Pieces, sizeof(float))) : largest);
    }

    /// <summary>Writes into a plan what its network takes to predict and to learn.</summary>
    public static PlanBuilder Reckon(PlanBuilder plan)
    {
        Network network = plan.ToNetwork();
        plan.PredictRam = ToPredict(network);
        plan.LearnRam = ToLearn(network);
        return plan;
    }

    // The table is not the network's own: the first network with such an activation makes it.
    private static int Total(HeapWalk walk, Network network) =>
        (int)(walk.Bytes + (UsesTable(network) ? new HeapWalk(SigmoidTable.Shared).Bytes : 0));

    private static bool UsesTable(Network network) => Enumerable.Range(0, network.LayerCount)
        .Any(i => DeskKinds.Of(network.GetLayer(i)).ActivationOf(network.GetLayer(i)) is Activation activation
        && ActivationTraits.UsesSigmoidTable(activation));
}
