using System.Globalization;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Export.CSharp;

/// <summary>A network cut into parts that are written together, and the arrays between them.</summary>
internal sealed class NetworkParts
{
    private readonly List<(SourcePart Part, int Last, IReadOnlyList<int> Sources)> parts = [];
    private readonly Network network;
    private readonly bool normalizes; // the sample, once for all who read it

    internal NetworkParts(Network network)
    {
        this.network = network;
        IReadOnlyList<PlanNode> nodes = PlanNodes.Of(network);
        int readers = nodes.Count(node => node.Sources.Contains(-1));
        for (int first = 0; first < nodes.Count;)
        {
            int end = first + 1;
            while (end < nodes.Count && PlanNodes.IsLink(nodes, end) && Joins(end))
            {
                end++;
            }

            Layer layer = network.GetLayer(first);
            bool readsSample = nodes[first].Sources.Contains(-1)
                && (network.InputForm != InputForm.Values || (readers == 1 && SourceOf(layer).NormalizesSample));
            normalizes |= nodes[first].Sources.Contains(-1) && !readsSample;
            SourceContext context = new(network, first, end - first, readsSample, end == nodes.Count);
            parts.Add((SourceOf(layer).Create(context), end - 1, nodes[first].Sources));
            first = end;
        }
    }

    /// <summary>Whether the outputs are finite whatever comes.</summary>
    internal bool IsAlwaysFinite => parts[^1].Part.IsAlwaysFinite;

    /// <summary>Classes of the core that the source uses.</summary>
    internal IEnumerable<string> Support => parts.SelectMany(part => part.Part.Support).Concat(SoftmaxSource.Support(network));

    /// <summary>How layers of a layer's kind are written.</summary>
    /// <exception cref="ExportException">They cannot be.</exception>
    internal static LayerSource SourceOf(Layer layer) => DeskKinds.Of(layer).Source
        ?? throw new ExportException(
        $"layers of kind {DeskKinds.Of(layer).Name} cannot be written as C#. Load the blob, or export its bytes.");

    internal void Fields(CSharpText text)
    {
        if (normalizes)
        {
            NormalizationSource.Field(text);
        }

        foreach ((SourcePart part, int last, _) in parts)
        {
            if (last < network.LayerCount - 1)
            {
                text.Line($"private static readonly float[] {Array(last)} = new float[{network.GetLayer(last).Outputs}];");
            }

            part.Fields(text);
        }

        text.Blank();
    }

    /// <summary>The statements that take inputs to what the last layer gives.</summary>
    internal void Call(CSharpText text, string outputs)
    {
        if (normalizes)
        {
            NormalizationSource.Call(text);
        }

        foreach ((SourcePart part, int last, IReadOnlyList<int> sources) in parts)
        {
            part.Call(text, string.Join(", ", sources.Select(Array)), last == network.LayerCount - 1 ? outputs : Array(last));
        }
    }

    /// <summary>Whether the sample may come as levels.</summary>
    internal bool TakesLevels => parts[0].Part.TakesLevels;

    /// <summary>The same from levels.</summary>
    internal void CallLevels(CSharpText text, string outputs)
    {
        foreach ((SourcePart part, int last, IReadOnlyList<int> sources) in parts)
        {
            string z = last == network.LayerCount - 1 ? outputs : Array(last);
            if (sources.Contains(-1))
            {
                part.CallLevels(text, "given", z);
            }
            else
            {
                part.Call(text, string.Join(", ", sources.Select(Array)), z);
            }
        }
    }

    internal void Methods(CSharpText text)
    {
        if (normalizes)
        {
            NormalizationSource.Method(text, network, compact: true);
        }

        foreach ((SourcePart part, _, _) in parts)
        {
            part.Methods(text);
        }
    }

    private bool Joins(int next) => SourceOf(network.GetLayer(next - 1)).Joins(network.GetLayer(next - 1), network.GetLayer(next));

    private string Array(int layer) => layer < 0
        ? (normalizes ? NormalizationSource.Array : "inputs") : "values" + layer.ToString(CultureInfo.InvariantCulture);
}
