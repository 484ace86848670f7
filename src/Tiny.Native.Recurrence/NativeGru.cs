using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Recurrence;

namespace Tiny.Native.Recurrence
{
    /// <summary>Gated recurrent units by the firmware's C: a step is one call. Those whose gates are exact stay in managed code.</summary>
    /// <example>
    /// <code>
    /// NativeGru.Register();                                      // once, before a model with gated recurrent units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class NativeGru : Gru
    {
        /// <summary>Makes these kernels those of all gated recurrent units from now on.</summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeGru());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            if ((reader.Attribute(FlagsAt) & Exact) != 0)
            {
                return base.Create(reader);
            }

            Dense.Prepare(Activation.Tanh);
            return new NativeGruLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }
    }
}
