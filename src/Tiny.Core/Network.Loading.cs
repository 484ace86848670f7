using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    // Models into the network's memory.
    public sealed partial class Network
    {
        internal int NoteCapacity
        {
            get { return notes.Capacity; }
        }

        internal int LayerCapacity
        {
            get { return layers.Length + PackedCount; }
        }

        internal int RowCapacity(int layer)
        {
            return LayerOf(layer).RowCapacity;
        }

        internal int InputCapacity(int layer)
        {
            return LayerOf(layer).InputCapacity;
        }

        /// <summary>Whether the network's int8 layers, or their absence, are those of a shape.</summary>
        internal bool HasPackedLayersOf(NetworkShape shape)
        {
            return packed == null ? shape.PackedLayers == 0 : packed.AreOf(shape);
        }

        /// <summary>A network just large enough for this blob, and loaded with it.</summary>
        /// <exception cref="BlobException">The blob is wrong in some way.</exception>
        public static Network FromBlob(byte[] blob)
        {
            BlobReader reader = new BlobReader();
            reader.OpenOrThrow(blob);
            Network network = new Network(reader.Shape, reader.NameBytes + reader.FeatureBytes);
            network.CopyFrom(reader);
            return network;
        }

        /// <summary>Loads a model, or throws and leaves the network as it was.</summary>
        /// <exception cref="BlobException">The blob is wrong, or does not fit this network.</exception>
        public void Load(byte[] blob)
        {
            Guard.NotNull(blob, "blob");
            BlobReader reader = new BlobReader();
            BlobError error = TryLoad(reader, blob, 0, blob.Length);
            if (error != BlobError.None)
            {
                throw reader.Exception(error);
            }
        }

        /// <summary>Loads a model, or leaves the network as it was. The reader is the caller's, and serves any number of loads.</summary>
        /// <returns>None, or the first thing wrong.</returns>
        /// <remarks>Allocates nothing, except that the first model of a program with sigmoid, tanh or swish makes their table: 2,124 bytes, shared by all networks.</remarks>
        public BlobError TryLoad(BlobReader reader, byte[] blob, int offset, int length)
        {
            if (reader == null)
            {
                throw new ArgumentNullException("reader");
            }

            BlobError error = reader.Open(blob, offset, length);
            if (error == BlobError.None)
            {
                error = CapacityCheck.Check(reader, this);
            }

            if (error == BlobError.None)
            {
                CopyFrom(reader);
            }

            reader.Release();
            return error;
        }

        /// <summary>Takes the scaling of the inputs and the int8 layers from their parts of a blob, unchecked: for the quantiser.</summary>
        internal void ReadPacked(byte[] inputScaling, byte[][] sections)
        {
            BlobReader reader = new BlobReader();
            reader.OpenPart(inputScaling);
            packed.First.ReadScaling(reader, 0);
            for (int i = 0; i < sections.Length; i++)
            {
                reader.OpenPart(sections[i]);
                packed.ReadLayer(reader, i, 0, front);
            }
        }

        /// <summary>Takes a shape within the capacity, and prepares what its activations read: another model may bring others than the first.</summary>
        private void Define(NetworkShape shape)
        {
            // Before anything is changed: where there is no memory for the table, the network stays as it was.
            for (int i = 0; i < shape.LayerCount; i++)
            {
                if (ActivationTraits.UsesSigmoidTable(shape.GetActivation(i)))
                {
                    SigmoidTable.Prepare();
                }
            }

            inputCount = shape.Inputs;
            outputCount = shape.Outputs;
            denseCount = shape.LayerCount - shape.PackedLayers;
            task = shape.Task;
            loss = shape.Loss;
            for (int i = 0; i < shape.LayerCount; i++)
            {
                LayerOf(i).Define(shape, i);
            }

            scaling.Define(packed == null ? shape.Inputs : 0, shape.Task == NetworkTask.Regression ? shape.Outputs : 0);
        }

        private void CopyFrom(BlobReader reader)
        {
            Define(reader.Shape);
            Generation = reader.Generation;
            ColumnsChecksum = reader.ColumnsChecksum;
            notes.ReadFrom(reader);
            scaling.ReadFrom(reader);
            int at = reader.WeightsAt;
            if (packed != null)
            {
                at = packed.ReadFrom(reader, at, front);
            }

            for (int i = 0; i < denseCount; i++)
            {
                at = layers[i].ReadFrom(reader, at);
            }
        }
    }
}
