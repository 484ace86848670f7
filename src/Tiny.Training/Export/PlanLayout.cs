using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Planning;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Export;

/// <summary>
/// The plan that a device runs of a network in training: its nodes, and buffers that take turns. A buffer is
/// free again as soon as the last node that reads it is past, so a chain of layers has two.
/// </summary>
/// <example>
/// <code>
/// PlanBuilder plan = PlanLayout.Of(training, NetworkTask.Classification);
/// Network untrained = plan.ToNetwork();
/// </code>
/// </example>
public static class PlanLayout
{
    /// <summary>The plan of a network, without names, scaling and weights.</summary>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static PlanBuilder Of(TrainingNetwork network, NetworkTask task) =>
        Of(network.Sample, network.Nodes, network.Layers, task, network.Loss);

    /// <summary>The same of layers that have no memory for parameters yet.</summary>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static PlanBuilder Of(
        Shape sample, IReadOnlyList<NodeDescription> nodes, IReadOnlyList<TrainingLayer> layers, NetworkTask task, Loss loss)
    {
        PlanBuilder plan = new(sample.Values, task, loss) { Height = sample.Height, Width = sample.Width };
        int[] buffers = new int[nodes.Count]; // that the nodes write
        int first = plan.AddBuffer(BlobFormat.Floats, sample.Values);
        int count = 1;
        for (int i = 0; i < nodes.Count; i++)
        {
            HashSet<int> live = [.. Enumerable.Range(NodeDescription.Sample, i + 1)
                .Where(from => nodes.Skip(i).Any(node => node.Inputs.Contains(from))).Select(Buffer)];
            int to = Enumerable.Range(0, count + 1).First(buffer => !live.Contains(buffer));
            if (to == count)
            {
                plan.AddBuffer(BlobFormat.Floats, 0);
                count++;
            }

            buffers[i] = to;
            plan.Widen(to, layers[i].Room);
            int[] read = [.. nodes[i].Inputs.Select(Buffer)];
            plan.AddNode(layers[i].Kind, read[0], to, layers[i].Outputs, layers[i].Attributes(read));
        }

        plan.OutputFunction = TrainingNetwork.FunctionOf(loss);
        return plan;

        int Buffer(int node) => node < 0 ? first : buffers[node];
    }
}
