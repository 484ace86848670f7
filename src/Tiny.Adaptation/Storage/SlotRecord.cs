using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Extras;

namespace Tiny.Adaptation.Storage
{
    /// <summary>
    /// What a slot holds: which factory blob it belongs to, a generation, and the parameters of the layers that learn. Little-endian, 32
    /// bytes of header, then for each such layer its parameters as float32, in the order of the blob, then what the program saves besides.
    /// </summary>
    /// <remarks>Cost: about 260 instructions a weight to write or to read, and the checksum's 40 a byte.</remarks>
    internal sealed class SlotRecord
    {
        internal const int HeaderBytes = 32;

        private const int Magic = 0x544C5354; // "TSLT"
        private const int VersionAt = 4;
        private const int GenerationAt = 8;
        private const int FactoryAt = 12;
        private const int LayersAt = 16;
        private const int LengthAt = 20;
        private const int PayloadCrcAt = 24;
        private const int HeaderCrcAt = 28;
        private const int LayersAlone = 1; // versions
        private const int WithContent = 2;
        private const int MostLayers = 32;

        private readonly Network network;
        private readonly int layers; // bit i: layer i is in the record
        private readonly int factory;
        private readonly ISlotContent content; // null for none
        private readonly float[] some = new float[16]; // parameters on their way

        /// <summary>Records of a network's layers that are not frozen.</summary>
        /// <param name="network">The network, loaded with the factory blob.</param>
        /// <param name="factory">What tells the factory blob from others: its header's checksum.</param>
        /// <param name="content">What is saved besides, or null.</param>
        internal SlotRecord(Network network, int factory, ISlotContent content)
        {
            this.network = network;
            this.factory = factory;
            this.content = content;
            layers = LayersOf(network);
            Bytes = new byte[Measure(network, content)];
        }

        /// <summary>The record.</summary>
        internal byte[] Bytes { get; }

        /// <summary>The generation of the record in <see cref="Bytes"/>.</summary>
        internal int Generation
        {
            get { return FloatBits.ReadInt32(Bytes, GenerationAt); }
        }

        /// <summary>Whether the same layers learn as when the record was made, and take as many bytes.</summary>
        internal bool Fits()
        {
            return LayersOf(network) == layers && Measure(network, content) == Bytes.Length;
        }

        /// <summary>Bytes of a record of a network's layers that are not frozen, and of what is saved besides.</summary>
        internal static int Measure(Network network, ISlotContent content)
        {
            int length = HeaderBytes + (content == null ? 0 : content.Measure());
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                length += LayerSnapshot.Learns(layer) ? 4 * layer.ParameterCount : 0;
            }

            return length;
        }

        /// <summary>Fills the record with the network's weights. False if one is not finite.</summary>
        internal bool Fill(int generation)
        {
            int at = HeaderBytes;
            for (int i = 0; i < network.LayerCount; i++)
            {
                if ((layers & (1 << i)) != 0 && !Write(network.GetLayer(i), ref at))
                {
                    return false;
                }
            }

            if (content != null)
            {
                content.Write(Bytes, at);
            }

            FloatBits.WriteInt32(Bytes, 0, Magic);
            FloatBits.WriteInt32(Bytes, VersionAt, Version);
            FloatBits.WriteInt32(Bytes, GenerationAt, generation);
            FloatBits.WriteInt32(Bytes, FactoryAt, factory);
            FloatBits.WriteInt32(Bytes, LayersAt, layers);
            FloatBits.WriteInt32(Bytes, LengthAt, Bytes.Length);
            FloatBits.WriteInt32(Bytes, PayloadCrcAt, Crc32.Compute(0, Bytes, HeaderBytes, Bytes.Length - HeaderBytes));
            FloatBits.WriteInt32(Bytes, HeaderCrcAt, Crc32.Compute(0, Bytes, 0, HeaderCrcAt));
            return true;
        }

        /// <summary>Whether <see cref="Bytes"/> hold a whole record of these layers of this factory blob.</summary>
        internal bool IsWhole()
        {
            return FloatBits.ReadInt32(Bytes, 0) == Magic
                && FloatBits.ReadInt32(Bytes, VersionAt) == Version
                && FloatBits.ReadInt32(Bytes, FactoryAt) == factory
                && FloatBits.ReadInt32(Bytes, LayersAt) == layers
                && FloatBits.ReadInt32(Bytes, LengthAt) == Bytes.Length
                && FloatBits.ReadInt32(Bytes, HeaderCrcAt) == Crc32.Compute(0, Bytes, 0, HeaderCrcAt)
                && FloatBits.ReadInt32(Bytes, PayloadCrcAt) == Crc32.Compute(0, Bytes, HeaderBytes, Bytes.Length - HeaderBytes);
        }

        /// <summary>Gives the network the weights of a whole record. They were finite when it was written.</summary>
        internal void Apply()
        {
            int at = HeaderBytes;
            for (int i = 0; i < network.LayerCount; i++)
            {
                if ((layers & (1 << i)) != 0)
                {
                    Read(network.GetLayer(i), ref at);
                }
            }

            if (content != null)
            {
                content.Read(Bytes, at);
            }
        }

        private int Version
        {
            get { return content == null ? LayersAlone : WithContent; }
        }

        private static int LayersOf(Network network)
        {
            int learning = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                if (LayerSnapshot.Learns(network.GetLayer(i)))
                {
                    if (i >= MostLayers)
                    {
                        throw new InvalidOperationException(
                            "Layer " + i + " learns: a record has room for layers 0 to " + (MostLayers - 1) + ". Freeze it.");
                    }

                    learning |= 1 << i;
                }
            }

            return learning;
        }

        private bool Write(Layer layer, ref int at)
        {
            bool finite = true;
            float[] values = some;
            for (int first = 0; first < layer.ParameterCount; first += values.Length)
            {
                int left = layer.ParameterCount - first;
                int count = left < values.Length ? left : values.Length;
                layer.CopyParameters(values, first, count);
                for (int i = 0; i < count; i++)
                {
                    // Neither NaN nor infinite.
                    bool isFinite = values[i] - values[i] == 0f;
                    FloatBits.Write(Bytes, at, isFinite ? values[i] : 0f);
                    finite &= isFinite;
                    at += 4;
                }
            }

            return finite;
        }

        private void Read(Layer layer, ref int at)
        {
            float[] values = some;
            for (int first = 0; first < layer.ParameterCount; first += values.Length)
            {
                int left = layer.ParameterCount - first;
                int count = left < values.Length ? left : values.Length;
                for (int i = 0; i < count; i++)
                {
                    values[i] = FloatBits.Read(Bytes, at);
                    at += 4;
                }

                layer.SetParameters(values, first, count);
            }
        }
    }
}
