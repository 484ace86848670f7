using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Quantization;
using Tiny.Training.Streaming;

namespace Tiny.Training.Kinds;

/// <summary>
/// What the desk knows of a kind of layer, and where it looks for the rest: a part for each room, each in a file of the kind's name. A kind
/// that nobody registered has what this class has: it predicts, is compared and averaged, but has no name of its own.
/// </summary>
/// <param name="code">Its code in a blob.</param>
/// <param name="name">What messages and reports call it.</param>
/// <seealso cref="DeskKinds"/>
public class DeskKind(int code, string name)
{
    /// <summary>Its code in a blob.</summary>
    public int Code { get; } = code;

    /// <summary>What messages and reports call it.</summary>
    public string Name { get; } = name;

    /// <summary>How its weights are stored.</summary>
    public virtual string Weights => "float32";

    /// <summary>Whether its weights are whole numbers, which never change.</summary>
    public bool IsInt8 => Weights == "int8";

    /// <summary>How such layers become int8; null if they stay float32, and so do all behind.</summary>
    public LayerQuantizer? Quantizer { get; init; }

    /// <summary>How such layers become int8 where they stand, whatever is before and behind them; null if they do not.</summary>
    public InPlaceQuantizer? InPlace { get; init; }

    /// <summary>How such layers become C# source; null if they cannot.</summary>
    public LayerSource? Source { get; init; }

    /// <summary>How such layers become ONNX nodes; null if they cannot.</summary>
    public OnnxLayer? Onnx { get; init; }

    /// <summary>How such layers stream; null if they do not.</summary>
    public LayerStreamer? Streamer { get; init; }

    /// <summary>
    /// How a report predicts with such layers: an expression in JavaScript of an object of two functions.
    /// parse(node, reader) reads a node's weights, run(node, x) gives its outputs. Null if it cannot.
    /// </summary>
    public string? Script { get; init; }

    /// <summary>
    /// The assembly that a program needs on the device to predict with such layers; null if the program brings them itself.
    /// </summary>
    public string? Assembly { get; init; }

    /// <summary>The assembly of kernels for large boards, with <see cref="Assembly"/> behind it; null if there is none.</summary>
    public string? WideAssembly { get; init; }

    /// <summary>The assembly that teaches such layers, if it is not that of all learners.</summary>
    public string? Learning { get; init; }

    /// <summary>The activation of a layer; null if it has none.</summary>
    public virtual Activation? ActivationOf(Layer layer) => null;

    /// <summary>The activation's parameter, or 0.</summary>
    public virtual float ActivationParameterOf(Layer layer) => 0f;

    /// <summary>Multiply-adds of a sample.</summary>
    public virtual long MacsOf(Layer layer) => layer.ParameterCount;

    /// <summary>Floats that a layer writes, if more than it gives.</summary>
    public virtual int RoomOf(Layer layer) => layer.Outputs;

    /// <summary>The buffers that a node reads: that of its record, and of kinds that join several those among its attributes.</summary>
    public virtual IReadOnlyList<int> BuffersOf(PlanNode node) => [node.Input];

    /// <summary>The attributes of a node that is to read other buffers.</summary>
    /// <param name="attributes">The bytes of the attributes.</param>
    /// <param name="buffers">The buffers that it is to read, the first in the node itself.</param>
    /// <returns>The bytes of the new attributes.</returns>
    public virtual byte[] Reading(byte[] attributes, IReadOnlyList<int> buffers) => attributes;

    /// <summary>
    /// How what a layer gives lies in height, width and channels, for a report to show as pictures; null for just values.
    /// </summary>
    public virtual Picture? ShapeOf(Layer layer) => null;

    /// <summary>How the weights of a unit lie, as those of a filter do; null for just values.</summary>
    public virtual Picture? UnitShapeOf(Layer layer) => null;

    /// <summary>
    /// Units whose weights a report shows as a row each: (units)(inputs), without biases. Null if weights are nothing to look at.
    /// </summary>
    public virtual float[][]? UnitsOf(Layer layer) => null;
}
