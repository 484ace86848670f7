using Tiny.Core.Layers;

namespace Tiny.Training.Quantization;

/// <summary>
/// How layers of a kind become int8 where they stand, as recurrent ones do: their int8 twin
/// takes and gives the same floats, so nothing around them changes.
/// </summary>
/// <seealso cref="Quantizer"/>
public abstract class InPlaceQuantizer
{
    /// <summary>The code of the twin's kind.</summary>
    public abstract int Code { get; }

    /// <summary>The twin's weights as a blob has them, a multiple of 4 bytes.</summary>
    /// <param name="layer">The float layer.</param>
    /// <param name="reach">(<see cref="ReachOf"/>) what <see cref="Calibrate"/> found.</param>
    /// <exception cref="QuantizationException">They do not fit.</exception>
    public abstract byte[] Section(Layer layer, float[] reach);

    /// <summary>Changes a layer's attributes to its twin's, of the same length.</summary>
    /// <param name="attributes">The bytes of the attributes; changed in place.</param>
    public virtual void Adapt(Span<byte> attributes)
    {
    }

    /// <summary>Channels of what a layer reads.</summary>
    public abstract int ChannelsOf(Layer layer);

    /// <summary>How many largest magnitudes calibration finds of a layer: of each channel that it reads, unless it looks at more.</summary>
    public virtual int ReachOf(Layer layer) => ChannelsOf(layer);

    /// <summary>Takes a calibration row into the largest magnitudes so far.</summary>
    /// <param name="layer">The float layer, which has just computed the row.</param>
    /// <param name="read">(inputs), what it read.</param>
    /// <param name="reach">(<see cref="ReachOf"/>) the largest magnitudes, of the channels first.</param>
    public virtual void Calibrate(Layer layer, float[] read, float[] reach)
    {
        int channels = ChannelsOf(layer);
        for (int i = 0; i < layer.Inputs; i++)
        {
            reach[i % channels] = Math.Max(reach[i % channels], Math.Abs(read[i]));
        }
    }
}
