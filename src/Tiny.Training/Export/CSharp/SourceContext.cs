using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>Layers of a network that are written together.</summary>
/// <param name="Network">The network.</param>
/// <param name="First">The first of them: its number makes the names of fields and methods unlike those of others.</param>
/// <param name="Count">How many.</param>
/// <param name="ReadsSample">Whether they get the user's sample as it is, and normalize it themselves.</param>
/// <param name="IsLast">Whether what they give are the network's outputs.</param>
/// <seealso cref="CSharpExporter"/>
public sealed record SourceContext(Network Network, int First, int Count, bool ReadsSample, bool IsLast)
{
    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers => [.. Enumerable.Range(First, Count).Select(Network.GetLayer)];

    /// <summary>What stands behind a name so that it is unlike that of other layers; nothing for the network's first.</summary>
    public string Suffix => First == 0 ? "" : First.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
