using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Desk;

/// <summary>What the desk asks of networks beyond what a device does.</summary>
/// <example>
/// <code>
/// network.Load(blob);                                        // throws if the blob does not fit
/// </code>
/// </example>
public static class NetworkExtensions
{
    extension(Network network)
    {
        /// <summary>Weights and biases of all layers.</summary>
        public int ParameterCount => Enumerable.Range(0, network.LayerCount).Sum(layer => network.GetLayer(layer).ParameterCount);

        /// <summary>Loads a model, or throws and leaves the network as it was.</summary>
        /// <param name="blob">The bytes of the model, from the first to the last.</param>
        /// <exception cref="ArgumentNullException">There is no blob.</exception>
        /// <exception cref="BlobException">The blob is wrong, or does not fit this network.</exception>
        public void Load(byte[] blob)
        {
            ArgumentNullException.ThrowIfNull(blob);
            BlobReader reader = new();
            reader.ThrowIf(network.TryLoad(reader, blob, 0, blob.Length));
        }
    }
}
