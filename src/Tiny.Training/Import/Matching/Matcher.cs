using Tiny.Core.Blobs;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// Goes through the nodes of a graph in their order: constants are folded, what only moves values
/// becomes an index, and the rest is matched to layers or taken up by those before.
/// </summary>
internal sealed class Matcher
{
    private const long MostFolded = 4 << 20; // elements that constants may come to, besides as many as the file has
    private const long MostHeld = 8 << 20;
    private const int MostDrafts = 2 * BlobFormat.MostNodes; // some may turn out not to be needed

    private readonly OnnxModel model;
    private readonly Dictionary<string, Tensor> constants;
    private readonly Dictionary<string, Flow> flows = [];
    private readonly Dictionary<string, int> readers;
    private readonly Dictionary<string, int> unread;
    private readonly List<Draft> drafts = [];
    private long folded;
    private long held; // elements of the indexes of tensors that somebody is still to read

    /// <summary>A matcher for a graph whose nodes are in order.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="sample">What it takes.</param>
    /// <param name="batch">The batch that it was saved with.</param>
    /// <param name="notes">Where steps are noted.</param>
    internal Matcher(OnnxModel model, Sample sample, int batch, ImportNotes notes)
    {
        this.model = model;
        Sample = sample;
        Batch = batch;
        Notes = notes;
        constants = new Dictionary<string, Tensor>(model.Constants);
        readers = model.CountReaders();
        unread = new Dictionary<string, int>(readers);
        Set(model.Inputs[0].Name, new Flow(sample.OnnxShape, null, null));
    }

    /// <summary>What the graph takes.</summary>
    internal Sample Sample { get; }

    /// <summary>The batch that the model was saved with, which counts as 1.</summary>
    internal int Batch { get; }

    /// <summary>What the file says of the model besides.</summary>
    internal ModelMetadata Metadata => ModelMetadata.Of(model.Metadata);

    /// <summary>Where steps are noted.</summary>
    internal ImportNotes Notes { get; }

    /// <summary>Constants by name, those that were folded included.</summary>
    internal IReadOnlyDictionary<string, Tensor> Constants => constants;

    /// <summary>Matches all nodes.</summary>
    /// <param name="output">What the model is to give.</param>
    /// <returns>That, and the layers that lead to it, in the order of execution.</returns>
    /// <exception cref="ImportException">A node has no equal here.</exception>
    internal (Flow Output, List<Draft> Drafts) Run(string output)
    {
        foreach (OnnxNode node in model.Nodes)
        {
            if (node.Outputs.Count == 0
                || (!IsRecurrent(node) && node.Outputs.Skip(1).Any(name => readers.ContainsKey(name) || name == output)))
            {
                throw node.Fault("only its first output can be used.");
            }

            Match(node, output);
            Release(node, output);
        }

        if (constants.ContainsKey(output) || !flows.TryGetValue(output, out Flow? result) || result.Source is null)
        {
            throw new ImportException($"the output \"{output}\" does not come from a layer: there is nothing to compute.");
        }

        HashSet<Draft> needed = [];
        Stack<Draft> open = new([result.Source]);
        while (open.TryPop(out Draft? draft))
        {
            if (needed.Add(draft))
            {
                draft.Inputs.OfType<Draft>().ToList().ForEach(open.Push);
            }
        }

        return (Checked(model.Nodes.Last(), result), [.. drafts.Where(needed.Contains)]);
    }

    /// <summary>A constant input of a node; null where it is none, or not there.</summary>
    internal Tensor? Constant(OnnxNode node, int input) => node.Input(input) is { Length: > 0 } name
        ? constants.GetValueOrDefault(name) : null;

    /// <summary>What a node reads from the layers before.</summary>
    /// <exception cref="ImportException">It is a constant, or not to be had any more.</exception>
    internal Flow Read(OnnxNode node, int input, bool takesPads = false)
    {
        Flow flow = flows.GetValueOrDefault(node.Input(input))
            ?? throw node.Fault($"input {input} is a constant or missing, expected what a layer gives.");
        if (flow.IsSoftmax)
        {
            throw node.Fault("stands behind a softmax, which can only be the last of a model here. Save the model without what comes "
                + "behind, or name the softmax's output with --output.");
        }

        return takesPads ? flow : Checked(node, flow);
    }

    /// <summary>Whether an input comes from a layer or the sample.</summary>
    internal bool IsFlow(OnnxNode node, int input) => flows.ContainsKey(node.Input(input));

    /// <summary>Height, width and channels of the values that a tensor holds, once they are decided.</summary>
    internal Shape ShapeOf(Flow flow)
    {
        if (flow.Source is not null)
        {
            return flow.Source.Output;
        }

        if (Sample.Bound is null)
        {
            BindPlainly(flow);
        }

        return Sample.Bound!.Value;
    }

    /// <summary>Where an element stands among the values of its source as the model has them.</summary>
    internal int Place(Flow flow, int element)
    {
        int origin = flow.Origin(element);
        return flow.Source is null ? Sample.Place(origin) : origin;
    }

    /// <summary>Adds a layer whose values are told by their places, and what flows from it.</summary>
    internal Flow Add(Draft draft, int[] shape, int[]? map, params Flow[] read)
    {
        Shape[] inputs = [.. read.Select(ShapeOf)];
        draft.Measure(inputs);
        foreach (Flow flow in read.Where(flow => flow.Source is null))
        {
            Sample.IsFrozen = true;
        }

        AddDraft(draft);
        Notes.Step($"{draft.Node.Label}: {draft.Describe().GetType().Name.Replace("Description", "", StringComparison.Ordinal)}, gives "
            + $"{draft.Output.Height} x {draft.Output.Width} x {draft.Output.Channels}");
        return new Flow(shape, draft, map);
    }

    /// <summary>Adds a dense layer, which takes the sample however it lies.</summary>
    internal Flow AddDense(DenseDraft draft, int[] shape, Flow read)
    {
        Sample.IsFrozen |= read.Source is null;
        AddDraft(draft);
        Notes.Step($"{draft.Node.Label}: dense, {read.Count} to {draft.Rows}");
        return new Flow(shape, draft, null);
    }

    private void AddDraft(Draft draft)
    {
        if (drafts.Count == MostDrafts)
        {
            throw draft.Node.Fault($"the graph has more layers than the {BlobFormat.MostNodes} that a model has at most.");
        }

        drafts.Add(draft);
    }

    private void Match(OnnxNode node, string output)
    {
        if (node.Inputs.All(name => name.Length == 0 || constants.ContainsKey(name)))
        {
            Fold(node);
        }
        else if (node.Operator is "Shape" or "Size" && IsFlow(node, 0))
        {
            SetConstant(node, Operators.Run(node, [new Tensor(flows[node.Input(0)].Shape, new byte[flows[node.Input(0)].Count])]));
        }
        else if (IsFlow(node, 0) && flows[node.Input(0)] is Flow flow && node.Domain.Length == 0
            && Movement.Of(node, flow.Shape, i => Constant(node, i), Batch) is (int[] shape, int[] or null) moved)
        {
            CheckCast(node);
            Notes.Step($"{node.Label}: an index, no layer");
            Set(node.Outputs[0], Checked(node, flow).Moved(shape, moved.From));
        }
        else if (IsRecurrent(node))
        {
            (string name, Flow states) =
                RecurrentNodes.Gru(this, node, name => name.Length > 0 && (readers.ContainsKey(name) || name == output));
            Set(name, states);
        }
        else
        {
            Set(node.Outputs[0], NodeMatchers.Of(node)(this, node));
        }
    }

    /// <summary>Of such nodes the second output is of use too.</summary>
    private static bool IsRecurrent(OnnxNode node) => node.Operator == "GRU" && node.Domain.Length == 0;

    private void Fold(OnnxNode node)
    {
        if (node.Domain.Length > 0 || !Operators.Has(node.Operator))
        {
            throw Refusals.Of(node);
        }

        SetConstant(node, Operators.Run(node, [.. node.Inputs.Select(name => name.Length == 0 ? null : constants[name])], Batch));
        if (node.Operator != "Constant")
        {
            Notes.Step($"{node.Label}: folded into a constant {Dims.Words(constants[node.Outputs[0]].Shape)}");
        }
    }

    private void SetConstant(OnnxNode node, Tensor tensor)
    {
        folded += tensor.Count;
        if (folded > MostFolded + model.FileBytes / sizeof(float))
        {
            throw node.Fault("the constants of this graph come to more than its file holds many times over.");
        }

        constants[node.Outputs[0]] = tensor;
    }

    private void Set(string name, Flow flow)
    {
        if (flow.Count == 0 || Dims.Count(flow.Shape) > Dims.MostElements)
        {
            throw new ImportException(
                $"\"{name}\" has the shape {Dims.Words(flow.Shape)}: a model here passes on from 1 "
                    + $"to {Dims.MostElements:#,0} values at a time.");
        }

        flows[name] = flow;
        held += flow.Map?.Length ?? 0;
        if (held > MostHeld)
        {
            throw new ImportException($"\"{name}\": the graph holds more values at once than any microcontroller could.");
        }

        if (readers.GetValueOrDefault(name) > 1)
        {
            Sample.IsFrozen |= flow.Source is null;
            if (flow.Source is Draft draft)
            {
                draft.IsShared = true;
            }
        }
    }

    /// <summary>Forgets what nobody is to read any more.</summary>
    private void Release(OnnxNode node, string output)
    {
        foreach (string name in node.Inputs)
        {
            if (flows.TryGetValue(name, out Flow? flow) && name != output && --unread[name] == 0)
            {
                held -= flow.Map?.Length ?? 0;
                flows.Remove(name);
            }
        }
    }

    /// <summary>A cast between types of floating point is nothing here: values are float32.</summary>
    private void CheckCast(OnnxNode node)
    {
        if (node.Operator == "Dropout" && Constant(node, 2) is Tensor { Count: 1 } training && training[0] != 0)
        {
            throw node.Fault("it is in the form for training, which drops values by chance. Save the model for inference: model.eval() "
                + "in PyTorch.");
        }

        if (node.Operator == "Cast" && node.Int("to", 1) is not (1 or 10 or 11 or 16))
        {
            throw node.Fault($"makes {TensorReader.NameOf((int)Math.Clamp(node.Int("to", 1), 0, 1000))} of what layers give: whole numbers "
                + "and texts are not to be had inside a model. Name the output before it with --output.");
        }
    }

    private static Flow Checked(OnnxNode node, Flow flow) => flow.Pads is null
        ? flow : throw node.Fault("zeros are padded to what it reads; only a convolution or an average can take them for its own.");

    /// <summary>
    /// The usual meaning of a sample where nothing else decides: an image or a signal with its channels in front, or a vector.
    /// </summary>
    private void BindPlainly(Flow flow)
    {
        if (flow.Shape.Length is 3 or 4 && flow.Shape[0] == 1)
        {
            Images.Bind(Sample, flow);
        }
        else
        {
            Sample.Bind(Shape.Vector(Sample.Count), null);
        }
    }
}
