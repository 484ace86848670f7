using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Saving
{
    /// <summary>Writes a network as a blob, what it has learned included, into a buffer the caller owns. Allocates nothing.</summary>
    /// <example>
    /// <code>
    /// byte[] buffer = new byte[BlobWriter.Measure(network)];     // once, for any number of saves
    /// network.Generation++;
    /// int length = BlobWriter.Write(network, buffer, 0);
    /// </code>
    /// </example>
    public static class BlobWriter
    {
        /// <summary>Bytes the network's blob takes.</summary>
        /// <param name="network">The network.</param>
        /// <exception cref="InvalidOperationException">Its weights are packed, and their unpacker is not registered.</exception>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public static int Measure(Network network)
        {
            Guard.NotNull(network, "network");
            if (network.InputForm != InputForm.Values && LayerUnpackers.Find(network.GetLayer(0).Kind) == null)
            {
                throw new InvalidOperationException(
                    "The weights are packed, and nothing is registered that reads them back: Int8Saving.Register().");
            }

            ModelNotes notes = network.Notes;
            int bytes = BlobFormat.Align(BlobFormat.PlanFrom + notes.PlanBytes) + BlobFormat.Align(notes.NameBytes) + notes.FeatureBytes
                + BlobFormat.NormalizationBytes(network.Inputs, network.InputForm)
                + (network.Task == NetworkTask.Regression ? 8 * network.Outputs : 0);
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                LayerUnpacker unpacker = LayerUnpackers.Find(layer.Kind);
                bytes += unpacker == null ? 4 * layer.ParameterCount : unpacker.Measure(layer);
            }

            return bytes;
        }

        /// <summary>The network as a blob of its own: for desktops, and for devices that have the memory.</summary>
        /// <param name="network">The network.</param>
        /// <returns>The bytes of the blob. A new array.</returns>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        /// <exception cref="InvalidOperationException">
        /// A weight is not finite; or the weights are packed, and their unpacker is not registered.
        /// </exception>
        public static byte[] ToArray(Network network)
        {
            byte[] blob = new byte[Measure(network)];
            Write(network, blob, 0);
            return blob;
        }

        /// <summary>Writes the blob at <paramref name="offset"/> and returns its length.</summary>
        /// <param name="network">The network.</param>
        /// <param name="buffer">Receives <see cref="Measure"/> bytes.</param>
        /// <param name="offset">Where the first goes, from 0.</param>
        /// <exception cref="ArgumentException">The buffer is too small; nothing was written.</exception>
        /// <exception cref="ArgumentNullException">There is no network, or no buffer.</exception>
        /// <exception cref="InvalidOperationException">
        /// A weight is not finite: such a blob would be refused. Or the weights are packed, and their unpacker is not registered. Nothing
        /// was written.
        /// </exception>
        public static int Write(Network network, byte[] buffer, int offset)
        {
            Guard.NotNull(buffer, "buffer");
            int length = Measure(network);
            if (offset < 0 || length > buffer.Length - offset)
            {
                throw new ArgumentException(
                    "The blob takes " + length + " bytes from " + offset + "; the buffer has " + buffer.Length + ".", "buffer");
            }

            CheckFinite(network);
            Array.Clear(buffer, offset, length);
            ModelNotes notes = network.Notes;
            notes.CopyPlan(buffer, offset + BlobFormat.PlanFrom);
            buffer[offset + BlobFormat.SectionsAt] &= 0xFF ^ BlobFormat.HasExtras; // records of other libraries stay behind
            int at = offset + BlobFormat.Align(BlobFormat.PlanFrom + notes.PlanBytes);
            notes.CopyNames(buffer, at);
            at += BlobFormat.Align(notes.NameBytes);
            notes.CopyFeatures(buffer, at);
            at += notes.FeatureBytes;
            Scaling scaling = network.Scaling;
            at = network.InputForm == InputForm.Values
                ? WritePairs(buffer, at, scaling.InputMeans, scaling.InputScales, network.Inputs)
                : LayerUnpackers.Find(network.GetLayer(0).Kind).WriteScaling(network.GetLayer(0), buffer, at);
            at = network.Task == NetworkTask.Regression
                ? WritePairs(buffer, at, scaling.OutputMeans, scaling.OutputScales, network.Outputs) : at;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                LayerUnpacker unpacker = LayerUnpackers.Find(layer.Kind);
                at = unpacker == null ? WriteFloats(layer, buffer, at) : unpacker.WriteWeights(layer, buffer, at);
            }

            FloatBits.WriteInt32(buffer, offset, BlobFormat.Magic);
            buffer[offset + BlobFormat.VersionAt] = BlobFormat.Version;
            buffer[offset + BlobFormat.TaskAt] = (byte)network.Task;
            buffer[offset + BlobFormat.LossAt] = (byte)network.Loss;
            buffer[offset + BlobFormat.NodeCountAt] = (byte)network.LayerCount;
            FloatBits.WriteInt32(buffer, offset + BlobFormat.GenerationAt, network.Generation);
            Seal(buffer, offset, length);
            return length;
        }

        /// <summary>Writes the length and both checksums of a blob of which all else is there.</summary>
        /// <param name="buffer">Holds the bytes of the blob.</param>
        /// <param name="offset">Where they begin, from 0.</param>
        /// <param name="length">How many they are.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the buffer.</exception>
        public static void Seal(byte[] buffer, int offset, int length)
        {
            FloatBits.WriteInt32(buffer, offset + BlobFormat.LengthAt, length);
            FloatBits.WriteInt32(buffer, offset + BlobFormat.PayloadCrcAt,
                Crc32.Compute(0, buffer, offset + BlobFormat.HeaderBytes, length - BlobFormat.HeaderBytes));
            FloatBits.WriteInt32(buffer, offset + BlobFormat.HeaderCrcAt, Crc32.Compute(0, buffer, offset, BlobFormat.HeaderCrcAt));
        }

        private static void CheckFinite(Network network)
        {
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                int left = LayerUnpackers.Find(layer.Kind) == null ? layer.ParameterCount : 0;
                float[] some = layer.Output;
                while (left > 0)
                {
                    int count = left < some.Length ? left : some.Length;
                    left -= count;
                    layer.CopyParameters(some, left, count);
                    for (int k = 0; k < count; k++)
                    {
                        if (!Guard.IsFinite(some[k]))
                        {
                            throw new InvalidOperationException("Layer " + i + ", parameter " + (left + k) + " is not finite.");
                        }
                    }
                }
            }
        }

        private static int WriteFloats(Layer layer, byte[] buffer, int at)
        {
            // The output buffer is room for some of them on their way: between predictions nothing of it counts.
            int all = layer.ParameterCount;
            float[] some = layer.Output;
            for (int first = 0; first < all; first += some.Length)
            {
                int count = all - first < some.Length ? all - first : some.Length;
                layer.CopyParameters(some, first, count);
                for (int k = 0; k < count; k++)
                {
                    FloatBits.Write(buffer, at, some[k]);
                    at += 4;
                }
            }

            return at;
        }

        private static int WritePairs(byte[] buffer, int at, float[] first, float[] second, int count)
        {
            for (int i = 0; i < count; i++)
            {
                FloatBits.Write(buffer, at, first[i]);
                FloatBits.Write(buffer, at + 4, second[i]);
                at += 8;
            }

            return at;
        }
    }
}
