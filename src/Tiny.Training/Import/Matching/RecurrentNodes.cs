using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>ONNX's GRU: what it reads and gives around the layer that it becomes.</summary>
internal static class RecurrentNodes
{
    private const int OfW = 1;
    private const int OfR = 2;
    private const int OfB = 3;
    private const int OfLengths = 4;
    private const int OfInitial = 5;
    private static readonly string[] Usual = ["Sigmoid", "Tanh"];

    /// <summary>The layer, and what the graph calls its outputs.</summary>
    /// <param name="matcher">Matches.</param>
    /// <param name="node">The node.</param>
    /// <param name="isRead">Whether an output is read.</param>
    /// <exception cref="ImportException">It is of a form that has no equal here.</exception>
    internal static (string Name, Flow Flow) Gru(Matcher matcher, OnnxNode node, Func<string, bool> isRead)
    {
        Flow x = matcher.Read(node, 0);
        bool batchFirst = node.Int("layout", 0) != 0;
        Tensor w = Weights(matcher, node, OfW, "W");
        Tensor r = Weights(matcher, node, OfR, "R");
        int units = r.Shape[2];
        Check(node, x, w, r, units);
        int steps = x.Shape[batchFirst ? 1 : 0];
        Tensor? b = Optional(matcher, node, OfB);
        if (b is not null && b.Count != 6 * units)
        {
            throw node.Fault($"its biases have the shape {Dims.Words(b.Shape)}, expected [1, {6 * units}].");
        }

        CheckForm(node, (b, r), units);
        CheckState(matcher, node, steps);
        Place(matcher, node, x, steps, w.Shape[2]);
        string every = node.Outputs[0];
        string last = node.Outputs.Count > 1 ? node.Outputs[1] : "";
        if (isRead(every) && isRead(last))
        {
            throw node.Fault("both all of its states and its last one are read; a layer here gives one of the two. Read the last one out "
                + "of all (Gather), or only one of them.");
        }

        GruDraft draft = new(node, x.Source, w, r, b, exact: !matcher.Metadata.HasTable);
        Flow given = matcher.Add(draft, batchFirst ? [1, steps, 1, units] : [steps, 1, 1, units], null, x);
        if (isRead(every))
        {
            return (every, given);
        }

        draft.TakeLast();
        return (last, new Flow([1, 1, units], draft, null));
    }

    /// <summary>The last state, where a node picks it out of all of a recurrent layer; null where it picks anything else.</summary>
    /// <param name="x">What the node reads.</param>
    /// <param name="shape">The shape of what it picks.</param>
    /// <param name="from">(elements) the element each comes from.</param>
    internal static Flow? Last(Flow x, int[] shape, int[] from)
    {
        if (x.Source is not GruDraft { GivesEvery: true, IsFrozen: false } draft || from.Length != draft.Units)
        {
            return null;
        }

        int first = draft.Output.Values - draft.Units;
        int[] origins = [.. from.Select(element => x.Origin(element) - first)];
        if (!origins.Order().SequenceEqual(Enumerable.Range(0, draft.Units)))
        {
            return null;
        }

        draft.TakeLast();
        return new Flow(shape, draft, origins);
    }

    private static void Check(OnnxNode node, Flow x, Tensor w, Tensor r, int units)
    {
        bool batchFirst = node.Int("layout", 0) != 0;
        if (x.Shape.Length != 3 || x.Shape[batchFirst ? 0 : 1] != 1)
        {
            throw node.Fault($"reads {Dims.Words(x.Shape)}, "
                + $"expected {(batchFirst ? "[1, samples, channels]" : "[samples, 1, channels]")}: a model here takes one row at a time.");
        }

        if (node.Text("direction", "forward") is not "forward" and string direction)
        {
            throw node.Fault("attribute direction "
                + $"is {direction}: layers here go through a signal as it comes, forward. Train it in that direction.");
        }

        if (w.Shape[0] != 1 || r.Shape[0] != 1 || w.Shape[1] != 3 * units || r.Shape[1] != 3 * units || w.Shape[2] != x.Shape[2]
            || node.Int("hidden_size", units) != units)
        {
            throw node.Fault($"weights of {Dims.Words(w.Shape)} and {Dims.Words(r.Shape)} do not go with a sample of {x.Shape[2]} "
                + "channels: expected [1, 3 units, channels] and [1, 3 units, units].");
        }
    }

    /// <summary>The arithmetic: that of PyTorch, and of Keras with reset_after.</summary>
    private static void CheckForm(OnnxNode node, (Tensor? Biases, Tensor R) weights, int units)
    {
        // Without weights of n for the state there is nothing that the reset could stand before or behind, but for its bias.
        bool resets = Enumerable.Range(2 * units * units, units * units).Any(i => weights.R[i] != 0)
            || (weights.Biases is Tensor b && Enumerable.Range(5 * units, units).Any(i => b[i] != 0));
        if (node.Int("linear_before_reset", 0) == 0 && resets)
        {
            throw node.Fault("attribute linear_before_reset is 0: it resets the state before the product with the weights, units here "
                + "reset the product. Train it in that form, which PyTorch has: reset_after=True in Keras.");
        }

        string[] activations = node.Attributes.GetValueOrDefault("activations") is OnnxAttribute { Texts.Count: > 0 } named
            ? [.. named.Texts] : Usual;
        if (!activations.SequenceEqual(Usual))
        {
            throw node.Fault($"attribute activations is [{string.Join(", ", activations)}], expected [Sigmoid, Tanh].");
        }

        if (node.Attributes.ContainsKey("clip"))
        {
            throw node.Fault($"attribute clip is {node.Float("clip", 0)}: sums are not held here.");
        }
    }

    private static void CheckState(Matcher matcher, OnnxNode node, int steps)
    {
        if (Optional(matcher, node, OfLengths) is Tensor lengths && lengths.ToLongs().Any(length => length != steps))
        {
            throw node.Fault("its sequence_lens are "
                + $"[{string.Join(", ", lengths.ToLongs().Take(8))}]: a row here has as many samples as all others, {steps}.");
        }

        if (Optional(matcher, node, OfInitial) is Tensor initial && initial.ToDoubles().Any(value => value != 0))
        {
            throw node.Fault("its initial_h is not 0: a window here begins with a state of 0.");
        }
    }

    /// <summary>
    /// The samples of a signal one after another, channels beside each other; where nothing is decided yet, that is how rows lie.
    /// </summary>
    private static void Place(Matcher matcher, OnnxNode node, Flow x, int steps, int channels)
    {
        if (x.Source is null && matcher.Sample.Bound is null)
        {
            int[] order = new int[x.Count];
            for (int i = 0; i < order.Length; i++)
            {
                order[x.Origin(i)] = i;
            }

            matcher.Sample.Bind(new Shape(steps, 1, channels), order);
        }

        Shape shape = matcher.ShapeOf(x);
        if (shape.Height * shape.Width != steps || shape.Channels != channels
            || Enumerable.Range(0, x.Count).Any(i => matcher.Place(x, i) != i))
        {
            throw node.Fault($"reads {Dims.Words(x.Shape)} of a layer that gives {shape.Height} "
                    + $"x {shape.Width} x {shape.Channels}: between them values are reshaped or moved as no layer here does.");
        }
    }

    private static Tensor Weights(Matcher matcher, OnnxNode node, int input, string name) =>
        matcher.Constant(node, input) is Tensor { Shape.Length: 3, IsText: false } tensor
        ? tensor
        : throw node.Fault($"its weights {name} are computed from the data, missing, or not of three dimensions.");

    private static Tensor? Optional(Matcher matcher, OnnxNode node, int input) => node.Input(input).Length == 0
        ? null
        : matcher.Constant(node, input) ?? throw node.Fault($"its input {input} is computed from the data.");
}
