using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Planning;

namespace Tiny.Training.Kinds;

/// <summary>The nodes of a network's plan, for what looks at how layers hang together.</summary>
/// <example>
/// <code>
/// foreach (PlanNode node in PlanNodes.Of(network))
/// {
///     Console.WriteLine($"kind {node.Kind}: buffer {node.Input} to {node.Output}");
/// }
/// </code>
/// </example>
public static class PlanNodes
{
    /// <summary>The nodes, in the order of execution.</summary>
    public static IReadOnlyList<PlanNode> Of(Network network)
    {
        byte[] plan = new byte[BlobFormat.PlanFrom + network.Notes.PlanBytes];
        network.Notes.CopyPlan(plan, BlobFormat.PlanFrom);
        int at = BlobFormat.PlanAt + ((plan[BlobFormat.SectionsAt] & BlobFormat.HasShape) != 0 ? BlobFormat.ShapeBytes : 0)
            + plan[BlobFormat.BufferCountAt] * BlobFormat.BufferBytes;
        Dictionary<int, int> writers = [];
        List<PlanNode> nodes = [];
        for (int i = 0; i < network.LayerCount; i++)
        {
            int end = at + BlobFormat.NodeBytes + plan[at + 1];
            PlanNode node = new(plan[at], plan[at + 3], plan[at + 2], plan[(at + BlobFormat.NodeBytes)..end], []);
            nodes.Add(node with
            {
                Sources = [.. DeskKinds.Find(node.Kind).BuffersOf(node)
                .Select(buffer => writers.GetValueOrDefault(buffer, -1))]
            });
            writers[node.Output] = i;
            at = end;
        }

        return nodes;
    }

    /// <summary>Height and width of a network's sample; 1 and 1 for a vector.</summary>
    public static (int Height, int Width) SampleOf(Network network)
    {
        byte[] plan = new byte[BlobFormat.PlanFrom + network.Notes.PlanBytes];
        network.Notes.CopyPlan(plan, BlobFormat.PlanFrom);
        return (plan[BlobFormat.SectionsAt] & BlobFormat.HasShape) == 0
            ? (1, 1)
            : (BitConverter.ToUInt16(plan, BlobFormat.PlanAt), BitConverter.ToUInt16(plan, BlobFormat.PlanAt + 2));
    }

    /// <summary>Whether a node reads the one before alone, and is the only one that does.</summary>
    /// <param name="nodes">The nodes of the plan.</param>
    /// <param name="node">From 0 to nodes - 1.</param>
    public static bool IsLink(IReadOnlyList<PlanNode> nodes, int node) =>
        nodes[node].Sources.SequenceEqual([node - 1]) && nodes.Count(other => other.Sources.Contains(node - 1)) == 1;

    /// <summary>How many of a network's first layers stand in a chain and are all of some sort.</summary>
    public static int CountOfChain(Network network, Func<Layer, bool> isOfSort)
    {
        IReadOnlyList<PlanNode> nodes = Of(network);
        int count = 0;
        while (count < nodes.Count && isOfSort(network.GetLayer(count)) && (count == 0 || IsLink(nodes, count)))
        {
            count++;
        }

        return count;
    }

    /// <summary>Adds the nodes of a network from one on to a plan whose last node stands for the one before.</summary>
    /// <param name="plan">Receives the nodes.</param>
    /// <param name="network">The network. It stays as it is.</param>
    /// <param name="first">The first node to copy.</param>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static void CopyBehind(PlanBuilder plan, Network network, int first)
    {
        IReadOnlyList<PlanNode> nodes = Of(network);
        Dictionary<int, int> written = new() { [first - 1] = plan.CurrentBuffer };
        List<int> floats = [plan.CurrentBuffer];
        for (int i = first; i < nodes.Count; i++)
        {
            DeskKind kind = DeskKinds.Find(nodes[i].Kind);
            HashSet<int> live = [.. written.Where(value => nodes.Skip(i).Any(node => node.Sources.Contains(value.Key)))
                .Select(value => value.Value)];
            int to = floats.Where(buffer => !live.Contains(buffer)).DefaultIfEmpty(-1).First();
            if (to < 0)
            {
                to = plan.AddBuffer(BlobFormat.Floats, 0);
                floats.Add(to);
            }

            plan.Widen(to, kind.RoomOf(network.GetLayer(i)));
            int[] read = [.. nodes[i].Sources.Select(source => written[source])];
            plan.AddNode(nodes[i].Kind, read[0], to, network.GetLayer(i).Outputs, kind.Reading(nodes[i].Attributes, read));
            written[i] = to;
        }

        plan.OutputFunction = network.OutputFunction;
    }
}
