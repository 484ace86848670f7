using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Planning;
using Tiny.Training.Kinds;

namespace Tiny.Training.Quantization;

/// <summary>The plan of the int8 model that a float model becomes.</summary>
/// <seealso cref="Quantizer"/>
public static class Int8Outline
{
    /// <summary>The int8 model's plan with weights of 0, which is as large as with any.</summary>
    /// <param name="model">The float model.</param>
    /// <param name="count">How many of its layers become int8: <see cref="Quantizer.CountQuantized"/>.</param>
    public static PlanBuilder Of(Network model, int count)
    {
        ByteForm form = new(BlobFormat.Levels, LevelDenseLayer.MiddleLevel);
        List<Int8Part> parts = [];
        for (int i = 0; i < count; i++)
        {
            int pool = Pool(model, i, count);
            bool last = i + (pool > 1 ? 1 : 0) == count - 1;
            byte[] one = last ? BitConverter.GetBytes(1f) : BitConverter.GetBytes(1);
            parts.Add(new Int8Part(i, new QuantizedLayer([], []) { Attributes = one }, new Int8Place(last, form, pool)));
            form = QuantizerOf(model, i).FormBehind(model.GetLayer(i), form);
            i += pool > 1 ? 1 : 0;
        }

        PlanBuilder plan = Plan(model, count, parts, form, 1f);
        plan.InputForm = InputForm.Levels;
        return plan;
    }

    /// <summary>
    /// The side of the squares whose largest digit a layer of filters gives at once, with the pool behind it; 1 for none.
    /// </summary>
    internal static int Pool(Network model, int layer, int count) =>
        layer + 1 < count && QuantizerOf(model, layer).CanPool(model.GetLayer(layer)) ? Pooling.SideOf(model.GetLayer(layer + 1)) : 1;

    /// <summary>The plan of layers that became int8 and of those behind that did not.</summary>
    /// <param name="model">The float model.</param>
    /// <param name="count">How many of its layers became int8.</param>
    /// <param name="parts">Those.</param>
    /// <param name="form">What the last of them gives, if that is bytes.</param>
    /// <param name="scale">What one step of it is worth.</param>
    internal static PlanBuilder Plan(Network model, int count, IReadOnlyList<Int8Part> parts, ByteForm form, float scale)
    {
        (int height, int width) = PlanNodes.SampleOf(model);
        PlanBuilder plan = new(model.Inputs, model.Task, model.Loss)
        {
            Height = height,
            Width = width,
            ColumnsChecksum = model.Notes.ColumnsChecksum,
            Names = new byte[model.Notes.NameBytes],
            Features = new byte[model.Notes.FeatureBytes],
        };
        model.Notes.CopyNames(plan.Names, 0);
        model.Notes.CopyFeatures(plan.Features, 0);
        if (model.Task == NetworkTask.Regression)
        {
            plan.OutputScaling = [.. model.Scaling.OutputMeans.SelectMany((mean, i) => new[] { mean, model.Scaling.OutputScales[i] })];
        }

        Int8PlanWriter writer = new(plan, model.Inputs);
        bool bytes = false;
        foreach (Int8Part part in parts)
        {
            Layer layer = model.GetLayer(part.Layer);
            LayerQuantizer quantizer = QuantizerOf(model, part.Layer);
            if (bytes && !quantizer.ReadsBytes)
            {
                writer.AddPacked(Int8Vector.FlattenCode, part.Place.Form, layer.Inputs, []);
            }

            quantizer.AddTo(writer, layer, part.Quantized, part.Place);
            bytes = quantizer.GivesBytes;
        }

        if (bytes)
        {
            writer.AddFloats(Int8Vector.FlattenCode, form, model.GetLayer(count - 1).Outputs, scale);
        }

        PlanNodes.CopyBehind(plan, model, count);
        return plan;
    }

    private static LayerQuantizer QuantizerOf(Network model, int layer) => Quantizer.QuantizerOf(model.GetLayer(layer))!;
}
