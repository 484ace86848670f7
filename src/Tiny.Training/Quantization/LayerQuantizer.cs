using Tiny.Core.Layers;

namespace Tiny.Training.Quantization;

/// <summary>
/// How layers of a kind become int8. A model's first layers do, as many of them as stand in a chain and have a
/// quantizer: the first takes the user's inputs as levels, each other the digits of the one before, and the last
/// gives floats. To add a kind, derive from this and name it in the kind's registration.
/// </summary>
/// <seealso cref="Quantizer"/>
public abstract class LayerQuantizer
{
    /// <summary>Whether another int8 layer may stand behind this one, and take what it gives as digits.</summary>
    public abstract bool GivesDigits(Layer layer);

    /// <summary>Whether it reads bytes, a value each; else longs of three digits.</summary>
    public virtual bool ReadsBytes => false;

    /// <summary>Whether it gives bytes too.</summary>
    public virtual bool GivesBytes => false;

    /// <summary>Whether it has weights, and so digits with steps of its own.</summary>
    public virtual bool HasWeights => true;

    /// <summary>Whether it can give the largest digit of each square of places at once, so that no max pooling need stand behind.</summary>
    public virtual bool CanPool(Layer layer) => false;

    /// <summary>How much an error of each input is felt in the layer's sums: (inputs), the sum of the squares of its weights.</summary>
    public abstract double[] Sensitivity(Layer layer);

    /// <summary>The form of the bytes that the layer gives; without meaning where it gives none.</summary>
    public virtual ByteForm FormBehind(Layer layer, ByteForm form) => form;

    /// <summary>Adds the node of the int8 layer to a plan.</summary>
    /// <param name="plan">Holds the nodes of the layers before.</param>
    /// <param name="layer">The float layer.</param>
    /// <param name="quantized">The int8 layer.</param>
    /// <param name="place">Where it stands.</param>
    public abstract void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place);

    /// <summary>The weights of the int8 layer.</summary>
    /// <param name="layer">The float layer.</param>
    /// <param name="calibration">What it takes and gives.</param>
    /// <exception cref="QuantizationException">They do not fit.</exception>
    public abstract QuantizedLayer Quantize(Layer layer, LayerCalibration calibration);
}
