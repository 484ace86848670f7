using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    // Models into the network's memory.
    public sealed partial class Network
    {
        private const int Spare = 2; // bytes behind a buffer of bytes: they are written by threes

        /// <summary>A network with the layers and buffers of the plan at whose blob the reader is.</summary>
        private Network(BlobReader reader, int noteCapacity)
        {
            buffers = new object[reader.BufferCount];
            for (int i = 0; i < buffers.Length; i++)
            {
                int length = reader.BufferLength(i);
                int type = reader.BufferType(i);
                buffers[i] = type == BlobFormat.Floats ? new float[(length + 1) & ~1]
                    : type == BlobFormat.Longs ? new long[length]
                    : type == BlobFormat.Integers ? (object)new int[length] : new byte[length + Spare];
            }

            layers = new Layer[reader.NodeCount];
            // The activations of another model may have parameters where those of this one have none; of digits they stay as they are.
            int notes = reader.PlanBytes + (noteCapacity < 0 ? reader.NameBytes + reader.FeatureBytes : noteCapacity);
            reader.Rewind();
            for (int i = 0; i < layers.Length; i++)
            {
                reader.Next();
                layers[i] = reader.layerKind.Create(reader);
                notes += reader.BufferType(reader.Output) == BlobFormat.Floats ? 4 : 0;
            }

            if (reader.InputForm == InputForm.Values || reader.Task == NetworkTask.Regression)
            {
                scaling = new Scaling(reader.InputForm == InputForm.Values ? reader.Inputs : 0,
                    reader.Task == NetworkTask.Regression ? reader.Outputs : 0);
            }

            Notes = new ModelNotes(notes);
            if (Notes.text.Length < reader.PlanBytes + reader.NameBytes + reader.FeatureBytes)
            {
                reader.ThrowIf(reader.Fault(
                    BlobError.NamesTooLongForNetwork, BlobFormat.SectionsAt, reader.NameBytes + reader.FeatureBytes, noteCapacity));
            }

            CopyFrom(reader);
        }

        /// <summary>A network just large enough for this blob, and loaded with it.</summary>
        /// <param name="blob">The bytes of one model from the first to the last, as tiny train or tiny export wrote them. Not kept.</param>
        /// <exception cref="BlobException">The blob is wrong in some way.</exception>
        /// <exception cref="ArgumentNullException">There is no blob.</exception>
        public static Network FromBlob(byte[] blob)
        {
            Guard.NotNull(blob, "blob");
            BlobReader reader = new BlobReader();
            reader.ThrowIf(reader.Open(blob, 0, blob.Length));
            return new Network(reader, -1);
        }

        /// <summary>A network with all weights 0.</summary>
        /// <param name="plan">A blob that ends where its weights would begin.</param>
        /// <param name="noteCapacity">
        /// Room for so many bytes of names and of a description of features, for models that are loaded
        /// later: one and the UTF-8 text for each name. -1: as many as the plan has.
        /// </param>
        /// <exception cref="BlobException">The plan is wrong in some way, or has more notes than there is room for.</exception>
        /// <exception cref="ArgumentNullException">There is no plan.</exception>
        public static Network FromPlan(byte[] plan, int noteCapacity = -1)
        {
            Guard.NotNull(plan, "plan");
            BlobReader reader = new BlobReader();
            reader.ThrowIf(reader.OpenPlan(plan));
            return new Network(reader, noteCapacity);
        }

        /// <summary>Loads a model, or leaves the network as it was. The reader is the caller's, and serves any number of loads.</summary>
        /// <param name="reader">Tells after a refusal what is wrong.</param>
        /// <param name="blob">Holds the bytes of the model; not kept.</param>
        /// <param name="offset">Where they begin, from 0.</param>
        /// <param name="length">How many they are.</param>
        /// <returns>None, or the first thing wrong.</returns>
        /// <exception cref="ArgumentNullException">There is no reader, or no blob.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        /// <remarks>
        /// Allocates nothing, except that the first model of a program with sigmoid, tanh or swish
        /// makes their table: 2,124 bytes, shared by all networks.
        /// </remarks>
        public BlobError TryLoad(BlobReader reader, byte[] blob, int offset, int length)
        {
            if (reader == null)
            {
                throw new ArgumentNullException("reader");
            }

            BlobError error = reader.Open(blob, offset, length);
            if (error == BlobError.None)
            {
                error = CheckRoom(reader);
            }

            if (error == BlobError.None)
            {
                CopyFrom(reader);
            }

            reader.Bytes = null; // else a loaded network would keep the blob from being collected
            return error;
        }

        /// <summary>
        /// Whether the model that a reader has open fits into the network: its buffers, layer for layer its kinds and sizes, its names.
        /// </summary>
        private BlobError CheckRoom(BlobReader reader)
        {
            if (reader.NodeCount > layers.Length || reader.BufferCount > buffers.Length)
            {
                return reader.Fault(BlobError.TooManyLayersForNetwork, BlobFormat.NodeCountAt, reader.NodeCount, layers.Length);
            }

            int inputRoom = scaling == null ? 0 : RoomIn(scaling.InputMeans);
            int outputRoom = scaling == null ? 0 : RoomIn(scaling.OutputMeans);
            bool normalized = reader.InputForm == InputForm.Values;
            if (reader.InputForm != InputForm || (normalized && reader.Inputs > inputRoom))
            {
                return reader.Fault(BlobError.TooManyInputsForNetwork, BlobFormat.InputsAt, reader.Inputs, inputRoom);
            }

            if (reader.Task == NetworkTask.Regression && reader.Outputs > outputRoom)
            {
                return reader.Fault(BlobError.TooManyOutputsForNetwork, BlobFormat.TaskAt, reader.Outputs, outputRoom);
            }

            for (int i = 0; i < reader.BufferCount; i++)
            {
                int room = RoomOf(buffers[i], reader.BufferType(i));
                if (reader.BufferLength(i) > room)
                {
                    return reader.Fault(BlobError.BuffersDifferFromNetwork, BlobFormat.BufferCountAt, reader.BufferLength(i), room);
                }
            }

            reader.Rewind();
            for (int i = 0; i < reader.NodeCount; i++)
            {
                reader.Next();
                Layer layer = layers[i];

                // From the same buffers too: whoever learns knows the layers' order by them.
                if (reader.Kind != layer.Kind || layer.Output != buffers[reader.Output] as float[] || !layer.HasRoomFor(reader))
                {
                    return reader.FaultOfNode(BlobError.LayersDifferFromNetwork, i, 0);
                }
            }

            int needed = reader.PlanBytes + reader.NameBytes + reader.FeatureBytes;
            return needed <= Notes.text.Length
                ? BlobError.None : reader.Fault(BlobError.NamesTooLongForNetwork, BlobFormat.SectionsAt, needed, Notes.text.Length);
        }

        /// <summary>Elements of a buffer, if it is of a kind; else -1.</summary>
        private static int RoomOf(object buffer, int type)
        {
            int own = buffer is float[]? BlobFormat.Floats : buffer is long[]? BlobFormat.Longs
                : buffer is int[]? BlobFormat.Integers : BlobFormat.Digits;
            return own != (type < BlobFormat.Digits ? type : BlobFormat.Digits)
                ? -1 : ((Array)buffer).Length - (own == BlobFormat.Digits ? Spare : 0);
        }

        private static int RoomIn(float[] array)
        {
            return array == null ? 0 : array.Length;
        }

        private void CopyFrom(BlobReader reader)
        {
            inputCount = reader.Inputs;
            Outline = reader.Outputs | (reader.NodeCount << 16) | ((int)reader.Loss << 23) | ((int)reader.InputForm << 26)
                | ((int)reader.Task << 28)
                | (reader.OutputFunction == Activation.Softmax ? 1 << 29 : 0);
            Generation = reader.Generation;
            Notes.ReadFrom(reader);
            if (scaling != null)
            {
                scaling.Read(reader);
            }

            reader.Rewind();
            for (int i = 0; i < reader.NodeCount; i++)
            {
                reader.Next();
                layers[i].Read(reader, buffers);
            }
        }
    }
}
