using Tiny.Convolution;
using Tiny.Core;
using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>The mean of each channel over all places, by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeGlobalAverageLayer : GlobalAverageLayer
    {
        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            NativeScaling.Normalize(scaling, Input, sample, Inputs);
            Run(Input, Output);
        }

        /// <inheritdoc/>
        public override void Run(float[] x, float[] z)
        {
            WindowKernels.GlobalAverage(x, z, Inputs / Outputs, Outputs, Factor);
        }
    }
}
