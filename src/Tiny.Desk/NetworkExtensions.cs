using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Desk;

/// <summary>What the desk asks of networks beyond what a device does.</summary>
public static class NetworkExtensions
{
    extension(Network network)
    {
        /// <summary>Weights and biases of all layers.</summary>
        public int ParameterCount => Enumerable.Range(0, network.LayerCount).Sum(layer => network.GetLayer(layer).ParameterCount);

        /// <summary>Loads a model, or throws and leaves the network as it was.</summary>
        /// <exception cref="BlobException">The blob is wrong, or does not fit this network.</exception>
        public void Load(byte[] blob)
        {
            ArgumentNullException.ThrowIfNull(blob);
            BlobReader reader = new();
            reader.ThrowIf(network.TryLoad(reader, blob, 0, blob.Length));
        }
    }
}
