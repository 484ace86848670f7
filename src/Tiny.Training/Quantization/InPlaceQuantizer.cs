using Tiny.Core.Layers;

namespace Tiny.Training.Quantization;

/// <summary>
/// How layers of a kind become int8 where they stand, as recurrent ones do: their int8 twin takes and gives the same floats, so nothing around them changes.
/// </summary>
public abstract class InPlaceQuantizer
{
    /// <summary>The code of the twin's kind.</summary>
    public abstract int Code { get; }

    /// <summary>The twin's weights as a blob has them, a multiple of 4 bytes.</summary>
    /// <param name="layer">The float layer.</param>
    /// <param name="reach">(channels) the largest magnitude of each channel that it read in calibration.</param>
    /// <exception cref="QuantizationException">They do not fit.</exception>
    public abstract byte[] Section(Layer layer, float[] reach);

    /// <summary>Changes a layer's attributes to its twin's, of the same length.</summary>
    public virtual void Adapt(Span<byte> attributes)
    {
    }

    /// <summary>Channels of what a layer reads.</summary>
    public abstract int ChannelsOf(Layer layer);
}
