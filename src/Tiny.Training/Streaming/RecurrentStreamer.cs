using Tiny.Core.Layers;
using Tiny.Training.Kinds;
using Flags = Tiny.Recurrence.Gru;

namespace Tiny.Training.Streaming;

/// <summary>
/// Recurrent layers stream by themselves: they keep their state, and a block is a window to them. For all kinds whose attributes are units
/// and flags.
/// </summary>
internal sealed class RecurrentStreamer : LayerStreamer
{
    /// <inheritdoc/>
    internal override bool Ends(PlanNode node) => (node.Attributes[Flags.FlagsAt] & Flags.GivesEvery) == 0;

    /// <inheritdoc/>
    internal override void Add(StreamDraft draft, PlanNode node, Layer layer)
    {
        byte[] attributes = [.. node.Attributes];
        attributes[Flags.FlagsAt] |= Flags.KeepsState;
        draft.AddState(node.Kind, Ends(node) ? layer.Outputs : layer.Outputs / draft.Height * draft.Rows, attributes);
        draft.Ended |= Ends(node);
    }
}
