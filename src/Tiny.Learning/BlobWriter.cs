using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;

namespace Tiny.Core.Blobs
{
    /// <summary>Writes a network as a blob, what it has learnt included, into a buffer the caller owns. Allocates nothing.</summary>
    public static class BlobWriter
    {
        /// <summary>Bytes the network's blob takes.</summary>
        public static int Measure(Network network)
        {
            Guard.NotNull(network, "network");
            int bytes = BlobFormat.LayersAt + BlobFormat.Align(network.NameBytes) + network.FeatureBytes
                + BlobFormat.NormalisationBytes(network.Inputs, network.InputForm)
                + BlobFormat.OutputScalingBytes(network.Task, network.Outputs);
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                PackedLayer packed = layer as PackedLayer;
                bytes += BlobFormat.LayerBytes + (ActivationTraits.HasParameter(layer.Activation) ? 4 : 0);
                bytes += packed == null
                    ? 4 * layer.ParameterCount
                    : BlobFormat.PackedLayerBytes(layer.Rows, layer.Inputs, layer.Activation, packed.scales != null);
            }

            return bytes;
        }

        /// <summary>The network as a blob of its own: for desktops, and for devices that have the memory.</summary>
        public static byte[] ToArray(Network network)
        {
            byte[] blob = new byte[Measure(network)];
            Write(network, blob, 0);
            return blob;
        }

        /// <summary>Writes the blob at <paramref name="offset"/> and returns its length.</summary>
        /// <exception cref="ArgumentException">The buffer is too small; nothing was written.</exception>
        /// <exception cref="InvalidOperationException">A weight is not finite: such a blob would be refused.</exception>
        public static int Write(Network network, byte[] buffer, int offset)
        {
            Guard.NotNull(buffer, "buffer");
            int length = Measure(network);
            if (offset < 0 || length > buffer.Length - offset)
            {
                throw new ArgumentException("The blob takes " + length + " bytes from " + offset + "; the buffer has "
                    + buffer.Length + ".", "buffer");
            }

            CheckFinite(network);
            Array.Clear(buffer, offset, length);
            int at = WriteLayers(network, buffer, offset);
            network.CopyNames(buffer, at);
            at += BlobFormat.Align(network.NameBytes);
            network.CopyFeatures(buffer, at);
            at += network.FeatureBytes;
            at = network.packed == null ? network.Scaling.WriteInputs(buffer, at) : network.packed.First.WriteScaling(buffer, at);
            at = network.Scaling.WriteOutputs(buffer, at);
            for (int i = 0; i < network.LayerCount; i++)
            {
                PackedLayer packed = network.GetLayer(i) as PackedLayer;
                at = packed != null ? packed.WriteTo(buffer, at) : ((DenseLayer)network.GetLayer(i)).WriteTo(buffer, at);
            }

            WriteHeader(network, buffer, offset, length);
            return length;
        }

        private static void CheckFinite(Network network)
        {
            for (int i = 0; i < network.LayerCount; i++)
            {
                DenseLayer dense = network.GetLayer(i) as DenseLayer;
                int row = dense == null ? -1 : dense.FindRowNotFinite();
                if (row >= 0)
                {
                    throw new InvalidOperationException("Layer " + i + ", row " + row + " has a weight that is not finite.");
                }
            }
        }

        private static int WriteLayers(Network network, byte[] buffer, int offset)
        {
            int layers = network.LayerCount;
            int at = offset + BlobFormat.LayersAt;
            int parameterAt = at + layers * BlobFormat.LayerBytes;
            for (int i = 0; i < layers; i++)
            {
                Layer layer = network.GetLayer(i);
                FloatBits.WriteUInt16(buffer, at, layer.Outputs);
                buffer[at + BlobFormat.LayerActivationAt] = (byte)layer.Activation;
                buffer[at + BlobFormat.LayerFormatAt] = (byte)layer.WeightFormat;
                at += BlobFormat.LayerBytes;
                if (ActivationTraits.HasParameter(layer.Activation))
                {
                    FloatBits.Write(buffer, parameterAt, layer.ActivationParameter);
                    parameterAt += 4;
                }
            }

            return parameterAt;
        }

        private static void WriteHeader(Network network, byte[] buffer, int offset, int length)
        {
            FloatBits.WriteInt32(buffer, offset, BlobFormat.Magic);
            buffer[offset + BlobFormat.VersionAt] = BlobFormat.Version;
            buffer[offset + BlobFormat.TaskAt] = (byte)network.Task;
            buffer[offset + BlobFormat.LossAt] = (byte)network.Loss;
            buffer[offset + BlobFormat.LayerCountAt] = (byte)network.LayerCount;
            FloatBits.WriteInt32(buffer, offset + BlobFormat.LengthAt, length);
            FloatBits.WriteInt32(buffer, offset + BlobFormat.GenerationAt, network.Generation);
            FloatBits.WriteInt32(buffer, offset + BlobFormat.PredictRamAt, DeviceMemory.ToPredict(network));
            FloatBits.WriteInt32(buffer, offset + BlobFormat.LearnRamAt, DeviceMemory.ToLearn(network));
            FloatBits.WriteUInt16(buffer, offset + BlobFormat.InputsAt, network.Inputs);
            FloatBits.WriteUInt16(buffer, offset + BlobFormat.NameBytesAt, network.NameBytes);
            FloatBits.WriteUInt16(buffer, offset + BlobFormat.ColumnsAt, network.ColumnsChecksum);
            buffer[offset + BlobFormat.InputFormAt] = (byte)network.InputForm;
            buffer[offset + BlobFormat.FeatureWordsAt] = (byte)(network.FeatureBytes / 4);
            int payload = offset + BlobFormat.HeaderBytes;
            FloatBits.WriteInt32(buffer, offset + BlobFormat.PayloadCrcAt,
                Crc32.Compute(buffer, payload, length - BlobFormat.HeaderBytes));
            FloatBits.WriteInt32(buffer, offset + BlobFormat.HeaderCrcAt, Crc32.Compute(buffer, offset, BlobFormat.HeaderCrcAt));
        }
    }
}
