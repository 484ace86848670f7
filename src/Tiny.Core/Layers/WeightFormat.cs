namespace Tiny.Core.Layers
{
    /// <summary>How a layer keeps its weights. The values are the blob's codes and never change.</summary>
    public enum WeightFormat
    {
        /// <summary>IEEE single precision: can learn on the device.</summary>
        Float32 = 0,

        /// <summary>Signed bytes with a scale for each row: a quarter of the weights' bytes; fewer instructions in large layers, more in small ones; fixed on the device.</summary>
        Int8 = 1,
    }
}
