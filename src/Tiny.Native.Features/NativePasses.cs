using Tiny.Features;

namespace Tiny.Native.Features
{
    /// <summary>The passes over a window by the firmware's C, one call each: the same bits.</summary>
    /// <example>
    /// <code>
    /// NativePasses.Register();                                   // once, before a pipeline is made
    /// FeaturePipeline pipeline = new FeaturePipeline(FeatureDescription.Of(network));
    /// </code>
    /// </example>
    public sealed class NativePasses : WindowPasses
    {
        /// <summary>Makes these the passes of all pipelines that are made from now on.</summary>
        public static void Register()
        {
            Register(new NativePasses());
        }

        /// <inheritdoc/>
        public override void FindMean(float[] ring, int oldest, float[] values)
        {
            SignalKernels.Range(ring, oldest, ring.Length, values);
        }

        /// <inheritdoc/>
        public override void FindRange(float[] ring, int oldest, float[] values)
        {
            SignalKernels.Range(ring, oldest, ring.Length, values);
        }

        /// <inheritdoc/>
        public override float Deviation(float[] ring, int oldest, float mean)
        {
            return SignalKernels.Deviation(ring, oldest, ring.Length, mean);
        }

        /// <inheritdoc/>
        public override float Crossings(float[] ring, int oldest, float mean)
        {
            return SignalKernels.Crossings(ring, oldest, ring.Length, mean);
        }

        /// <inheritdoc/>
        public override float Band(float[] ring, int oldest, float mean, float coefficient)
        {
            return SignalKernels.Band(ring, oldest, ring.Length, mean, coefficient);
        }
    }
}
