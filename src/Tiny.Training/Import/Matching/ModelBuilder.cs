using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Planning;
using Tiny.Training.Export;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;
using Tiny.Training.Memory;
using Tiny.Training.Networks;

namespace Tiny.Training.Import.Matching;

/// <summary>Makes a network of the layers that a graph was matched to.</summary>
/// <param name="options">What the file does not say of itself.</param>
/// <param name="sample">What the model takes.</param>
/// <param name="drafts">The layers.</param>
/// <param name="head">What the outputs mean.</param>
/// <param name="notes">Where remarks go.</param>
internal sealed class ModelBuilder(ImportOptions options, Sample sample, List<Draft> drafts, ModelHead head, ImportNotes notes)
{
    /// <summary>Factor and summand of the outputs of a regression, which become its output scaling.</summary>
    internal (Tensor Factor, Tensor? Summand)? Scaling { get; init; }

    /// <summary>What the model takes.</summary>
    internal Sample Sample => sample;

    /// <summary>
    /// (values of the graph) what --mean takes off and --deviation divides by, before the graph; the identity where neither was given.
    /// </summary>
    internal (double[] Means, double[] Deviations) Outside { get; private set; } = ([], []);

    /// <summary>The network.</summary>
    /// <exception cref="ImportException">No plan can say it.</exception>
    internal Network Build(OnnxModel model)
    {
        Shape shape = sample.Bound
            ?? (ModelMetadata.Of(model.Metadata).Shape is Shape noted && noted.Values == sample.Count ? noted : Shape.Vector(sample.Count));
        Outside = (Spread(options.Means, 0, shape, "--mean"), Spread(options.Deviations, 1, shape, "--deviation"));
        if (Outside.Deviations.Any(deviation => !(deviation > 0)))
        {
            throw new ImportException("a deviation is not above 0.");
        }

        Draft? front = FrontFor(shape);
        List<NodeDescription> nodes = [.. drafts.Select(draft => new NodeDescription(
            draft.Describe(),
            [.. draft.Inputs.Select(input => input is null
                ? (draft == front || front is null ? NodeDescription.Sample : 0) : drafts.IndexOf(input))]))];
        try
        {
            IReadOnlyList<TrainingLayer> layers = TrainingNetwork.Create(shape, nodes);
            if (ModelLimits.FaultOf(layers.Sum(layer => layer.ParameterCount)) is string fault)
            {
                throw new ImportException($"the model would have {fault}");
            }

            return Network(model, PlanLayout.Of(shape, nodes, layers, head.Task, head.Loss), shape);
        }
        catch (BlobException error)
        {
            throw new ImportException($"no plan can hold this model: {error.Message}", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new ImportException(
                $"no plan can hold this model: {error.Message} There are at "
                    + $"most {BlobFormat.MostNodes} layers, and {BlobFormat.MostBuffers} buffers at once.", error);
        }
    }

    /// <summary>
    /// A layer that gives the sample as it is, where several read it: a blob's first node alone can. Null where none is needed.
    /// </summary>
    private Draft? FrontFor(Shape shape)
    {
        if (drafts.Sum(draft => draft.Inputs.Count(input => input is null)) < 2)
        {
            return null;
        }

        DepthwiseDraft front = new(drafts[0].Node, null, shape.Channels, new WindowDescription(1, 1), (_, _) => 1);
        front.Measure(shape);
        drafts.Insert(0, front);
        notes.Remark("Several layers read the sample, so a layer that gives it as it is stands before them.");
        return front;
    }

    private Network Network(OnnxModel model, PlanBuilder plan, Shape shape)
    {
        ModelMetadata noted = ModelMetadata.Of(model.Metadata);
        plan.WithNames([.. head.Names]);
        plan.ColumnsChecksum = noted.Columns;
        plan.Features = noted.FeaturesFor(shape);
        plan.Normalization = Normalization();
        plan.OutputScaling = head.Task == NetworkTask.Regression ? OutputScaling() : null;
        Network network = DeviceMemory.Reckon(plan).ToNetwork();
        network.Generation = noted.Generation;
        for (int i = 0; i < drafts.Count; i++)
        {
            float[] parameters = drafts[i].Parameters();
            if (parameters.Length > 0)
            {
                network.GetLayer(i).SetParameters(parameters, 0, parameters.Length);
            }
        }

        return network;
    }

    /// <summary>Mean and scale of each value of a row: of what is done outside, and of the graph's own behind it.</summary>
    private float[] Normalization()
    {
        float[] pairs = new float[2 * sample.Count];
        for (int i = 0; i < sample.Count; i++)
        {
            int place = sample.Place(i);
            pairs[2 * place] = (float)(Outside.Means[i] + sample.Means[i] * Outside.Deviations[i]) + 0f;
            pairs[2 * place + 1] = (float)(sample.Scales[i] / Outside.Deviations[i]);
        }

        return Array.TrueForAll(pairs, float.IsFinite)
            ? pairs : throw new ImportException("the input normalization is not finite in float32.");
    }

    private float[] OutputScaling()
    {
        int outputs = drafts[^1].Output.Values;
        float[] pairs = new float[2 * outputs];
        for (int i = 0; i < outputs; i++)
        {
            pairs[2 * i] = Scaling?.Summand is Tensor summand ? (float)summand[summand.Count == 1 ? 0 : i] : 0f;
            pairs[2 * i + 1] = Scaling?.Factor is Tensor factor ? (float)factor[factor.Count == 1 ? 0 : i] : 1f;
        }

        return pairs;
    }

    /// <summary>Numbers for the values of the graph: one for all, one for each channel, or one for each place of a row.</summary>
    private double[] Spread(IReadOnlyList<float> numbers, double otherwise, Shape shape, string option)
    {
        if (numbers.Count > 1 && numbers.Count != shape.Channels && numbers.Count != sample.Count)
        {
            throw new ImportException(
                $"{option} has {numbers.Count} numbers; expected "
                    + $"1, {shape.Channels} (one for each channel) or {sample.Count} (one for each input).");
        }

        if (numbers.Count == shape.Channels && shape.Channels is > 1 and < 5 && shape.Values != shape.Channels)
        {
            notes.Step($"{option}: one number for each of {shape.Channels} channels");
        }

        double[] spread = new double[sample.Count];
        for (int i = 0; i < spread.Length; i++)
        {
            int place = sample.Place(i);
            spread[i] = numbers.Count switch
            {
                0 => otherwise,
                1 => numbers[0],
                _ => numbers[numbers.Count == sample.Count ? place : place % shape.Channels],
            };
        }

        return spread;
    }
}
