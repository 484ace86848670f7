using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>FastGRNN units by the firmware's C: a step is one call.</summary>
    /// <example>
    /// <code>
    /// NativeFastGrnn.Register();                                 // once, before a model with FastGRNN units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class NativeFastGrnn : FastGrnn
    {
        /// <summary>Makes these kernels those of all FastGRNN units from now on.</summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeFastGrnn());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare(Activation.Tanh);
            return new NativeFastGrnnLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }
    }
}
