using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Streaming;

/// <summary>How layers of a kind over a window become layers of a stream, which compute what is new alone.</summary>
/// <seealso cref="StreamForm"/>
public abstract class LayerStreamer
{
    /// <summary>
    /// For kinds that read all they are given at once, such as dense layers and means: before them stands a ring with as many rows as their
    /// window had.
    /// </summary>
    public static LayerStreamer Whole { get; } = new WholeStreamer();

    /// <summary>Rows that a node takes for each that it gives; 1 where it gives as many.</summary>
    internal virtual int StrideOf(PlanNode node) => 1;

    /// <summary>Whether what a node gives is not rows of a signal any more.</summary>
    internal virtual bool Ends(PlanNode node) => false;

    /// <summary>Adds the layer to a stream.</summary>
    internal abstract void Add(StreamDraft draft, PlanNode node, Layer layer);

    private sealed class WholeStreamer : LayerStreamer
    {
        internal override bool Ends(PlanNode node) => true;

        internal override void Add(StreamDraft draft, PlanNode node, Layer layer)
        {
            draft.KeepWindow();
            draft.Add(node.Kind, layer.Outputs, DeskKinds.Of(layer).RoomOf(layer), node.Attributes);
        }
    }
}
