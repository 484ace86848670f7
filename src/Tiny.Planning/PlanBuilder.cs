using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Planning
{
    /// <summary>
    /// Puts together the plan of a network: buffers, and nodes in the order of execution. Layers of a chain are added
    /// one behind the other; where the plan branches, buffers and nodes are named one by one.
    /// </summary>
    /// <example>
    /// <code>
    /// Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
    ///     .AddDense(8, Activation.Relu)
    ///     .AddDense(3, Activation.Softmax)
    ///     .ToNetwork();
    /// Initializers.Draw(network, 1);                             // the same weights for the same seed on every board
    /// </code>
    /// </example>
    public sealed class PlanBuilder
    {
        private const byte UnknownActivation = 255;

        private readonly int inputs;
        private readonly NetworkTask task;
        private readonly Loss loss;
        private readonly int[] lengths = new int[BlobFormat.MostBuffers];
        private readonly byte[] types = new byte[BlobFormat.MostBuffers];
        private byte[] nodes = new byte[32];
        private int nodeBytes;
        private int nodeCount;
        private int bufferCount;

        /// <summary>A plan without layers yet.</summary>
        /// <param name="inputs">Values of a sample, from 1 to 65,535.</param>
        /// <param name="task">What the outputs mean.</param>
        /// <param name="loss">What learning minimizes.</param>
        /// <exception cref="ArgumentOutOfRangeException">The inputs are not from 1 to 65,535.</exception>
        public PlanBuilder(int inputs, NetworkTask task, Loss loss)
        {
            CheckCount(inputs, "inputs");
            this.inputs = inputs;
            this.task = task;
            this.loss = loss;
            CurrentWidth = inputs;
        }

        /// <summary>How a sample is taken; values unless set.</summary>
        public InputForm InputForm;

        /// <summary>What is done with the last layer's values: softmax, or nothing (linear).</summary>
        public Activation OutputFunction;

        /// <summary>Checksum of the names of the training columns (16 bits), 0 for none.</summary>
        public int ColumnsChecksum;

        /// <summary>Height of a sample; 1 for vectors.</summary>
        public int Height = 1;

        /// <summary>Width of a sample: of a signal 1, its height being time; 1 for vectors.</summary>
        public int Width = 1;

        /// <summary>Bytes of heap to predict, as the desk has reckoned; 0 where it has not.</summary>
        public int PredictRam;

        /// <summary>The same to learn.</summary>
        public int LearnRam;

        /// <summary>Names of the outputs, a length byte and that many bytes of UTF-8 each; empty for none.</summary>
        public byte[] Names = { };

        /// <summary>The description of the features, a multiple of 4 bytes; empty for none.</summary>
        public byte[] Features = { };

        /// <summary>
        /// (inputs, 2), mean and scale of each input; of levels, scale and offset of each, or (2) for all. Null: mean 0 and scale 1.
        /// </summary>
        public float[] Normalization;

        /// <summary>(outputs, 2), mean and scale of each output of a regression. Null: mean 0 and scale 1.</summary>
        public float[] OutputScaling;

        /// <summary>Values that the last node gives, or the sample has.</summary>
        public int CurrentWidth;

        /// <summary>The buffer that the last node writes.</summary>
        public int CurrentBuffer = BlobFormat.Sample;

        /// <summary>Adds a buffer of so many elements, and returns its number.</summary>
        /// <param name="type">The type of its elements, such as <see cref="BlobFormat.Floats"/>.</param>
        /// <param name="length">Elements, 1 or more.</param>
        /// <returns>From 0 to 15.</returns>
        /// <exception cref="InvalidOperationException">There are 16 already.</exception>
        public int AddBuffer(int type, int length)
        {
            if (bufferCount == BlobFormat.MostBuffers)
            {
                throw new InvalidOperationException("A plan has at most " + BlobFormat.MostBuffers + " buffers.");
            }

            types[bufferCount] = (byte)type;
            lengths[bufferCount] = length;
            return bufferCount++;
        }

        /// <summary>The first buffer of a type, but for one; -1 if there is none.</summary>
        /// <param name="type">The type of its elements.</param>
        /// <param name="except">The buffer that is passed over; -1 for none.</param>
        public int FindBuffer(int type, int except)
        {
            int buffer = 0;
            while (buffer < bufferCount && (types[buffer] != type || buffer == except))
            {
                buffer++;
            }

            return buffer == bufferCount ? -1 : buffer;
        }

        /// <summary>Sees to it that a buffer holds at least so many elements.</summary>
        /// <param name="buffer">A buffer of the plan.</param>
        /// <param name="length">Elements, 1 or more.</param>
        public void Widen(int buffer, int length)
        {
            if (length > lengths[buffer])
            {
                lengths[buffer] = length;
            }
        }

        /// <summary>Adds a node that reads one buffer and writes another, and returns this plan.</summary>
        /// <param name="kind">The code of its kind.</param>
        /// <param name="input">The buffer it reads, or <see cref="BlobFormat.Sample"/>.</param>
        /// <param name="output">The buffer it writes.</param>
        /// <param name="outputs">Values it gives.</param>
        /// <param name="attributes">What its kind wants to know, at most 255 bytes.</param>
        /// <exception cref="InvalidOperationException">There are 64 nodes already, or the one before ends in softmax.</exception>
        public PlanBuilder AddNode(int kind, int input, int output, int outputs, byte[] attributes)
        {
            if (nodeCount == BlobFormat.MostNodes || OutputFunction == Activation.Softmax)
            {
                throw new InvalidOperationException(
                    "A plan has at most " + BlobFormat.MostNodes + " nodes, and softmax only behind the last.");
            }

            int end = nodeBytes + BlobFormat.NodeBytes + attributes.Length;
            if (end > nodes.Length)
            {
                byte[] more = new byte[2 * end];
                Array.Copy(nodes, 0, more, 0, nodeBytes);
                nodes = more;
            }

            nodes[nodeBytes] = (byte)kind;
            nodes[nodeBytes + 1] = (byte)attributes.Length;
            nodes[nodeBytes + 2] = (byte)output;
            nodes[nodeBytes + 3] = (byte)input;
            Array.Copy(attributes, 0, nodes, nodeBytes + BlobFormat.NodeBytes, attributes.Length);
            nodeBytes = end;
            nodeCount++;
            CurrentBuffer = output;
            CurrentWidth = outputs;
            return this;
        }

        /// <summary>
        /// Adds a node behind the last, from its buffer of floats to another that takes turns with it, and returns this plan.
        /// </summary>
        /// <param name="kind">The code of its kind.</param>
        /// <param name="outputs">Values it gives.</param>
        /// <param name="room">Floats it writes, if more than it gives.</param>
        /// <param name="attributes">The bytes of its attributes: what its kind wants to know.</param>
        /// <exception cref="InvalidOperationException">
        /// There are 16 buffers or 64 nodes already, or the node before ends in softmax.
        /// </exception>
        public PlanBuilder AddBehind(int kind, int outputs, int room, byte[] attributes)
        {
            int from = CurrentBuffer;
            if (from == BlobFormat.Sample)
            {
                // The normalized sample stands in buffer 0.
                from = AddBuffer(BlobFormat.Floats, inputs);
            }

            int to = FindBuffer(BlobFormat.Floats, from);
            if (to < 0)
            {
                to = AddBuffer(BlobFormat.Floats, room);
            }

            Widen(to, room);
            return AddNode(kind, from, to, outputs, attributes);
        }

        /// <summary>Adds a fully connected float32 layer with the activation's default parameter, and returns this plan.</summary>
        /// <param name="outputs">From 1 to 65,535.</param>
        /// <param name="activation">The activation.</param>
        /// <exception cref="ArgumentOutOfRangeException">The outputs are not from 1 to 65,535.</exception>
        /// <exception cref="InvalidOperationException">
        /// There are 16 buffers or 64 nodes already, or the node before ends in softmax.
        /// </exception>
        public PlanBuilder AddDense(int outputs, Activation activation)
        {
            return AddDense(outputs, activation, DenseInitializer.DefaultParameter(activation));
        }

        /// <summary>
        /// Adds a fully connected float32 layer, and returns this plan. Softmax becomes what is done behind the last layer.
        /// </summary>
        /// <param name="outputs">From 1 to 65,535.</param>
        /// <param name="activation">The activation.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <exception cref="ArgumentOutOfRangeException">The outputs are not from 1 to 65,535.</exception>
        /// <exception cref="ArgumentException">The activation needs a parameter, and it is not finite.</exception>
        /// <exception cref="InvalidOperationException">
        /// There are 16 buffers or 64 nodes already, or the node before ends in softmax.
        /// </exception>
        public PlanBuilder AddDense(int outputs, Activation activation, float parameter)
        {
            CheckCount(outputs, "outputs");
            bool softmax = activation == Activation.Softmax;
            AddBehind(Dense.DenseCode, outputs, outputs * ActivationTraits.RowsPerOutput(activation),
                DenseAttributes(outputs, activation, parameter));
            OutputFunction = softmax ? Activation.Softmax : Activation.Linear;
            return this;
        }

        /// <summary>A blob that ends where its weights would begin; header and checksums are left to whoever adds them.</summary>
        /// <returns>The bytes. A new array.</returns>
        /// <exception cref="ArgumentException">A number of the normalization or of the output scaling is not finite.</exception>
        public byte[] ToBytes()
        {
            bool shaped = Height != 1 || Width != 1;
            int normalization = BlobFormat.NormalizationBytes(inputs, InputForm);
            int scaling = task == NetworkTask.Regression ? 8 * CurrentWidth : 0;
            int buffersAt = BlobFormat.PlanAt + (shaped ? BlobFormat.ShapeBytes : 0);
            int nodesAt = buffersAt + bufferCount * BlobFormat.BufferBytes;
            int namesAt = BlobFormat.Align(nodesAt + nodeBytes);
            int featuresAt = namesAt + BlobFormat.Align(Names.Length);
            int scalingAt = featuresAt + Features.Length;
            byte[] bytes = new byte[scalingAt + normalization + scaling];
            WriteHead(bytes, shaped);
            for (int i = 0; i < bufferCount; i++)
            {
                FloatBits.WriteUInt16(bytes, buffersAt, lengths[i]);
                bytes[buffersAt + 2] = (byte)((types[i] << 4) | (lengths[i] >> 16));
                buffersAt += BlobFormat.BufferBytes;
            }

            Array.Copy(nodes, 0, bytes, nodesAt, nodeBytes);
            Names.CopyTo(bytes, namesAt);
            Features.CopyTo(bytes, featuresAt);
            WritePairs(bytes, scalingAt, normalization, Normalization);
            WritePairs(bytes, scalingAt + normalization, scaling, OutputScaling);
            return bytes;
        }

        /// <summary>A network by this plan, with all weights 0.</summary>
        /// <param name="noteCapacity">Room for so many bytes of names and of a description of features
        /// of models that are loaded later; -1: for those of the plan.</param>
        /// <exception cref="BlobException">Layers, loss and task do not fit each other; or there is
        /// no room for the notes of the plan itself.</exception>
        /// <exception cref="ArgumentException">A number of the normalization or of the output scaling is not finite.</exception>
        public Network ToNetwork(int noteCapacity = -1)
        {
            return Network.FromPlan(ToBytes(), noteCapacity);
        }

        /// <summary>The attributes of a dense layer; see BLOB-FORMAT.md.</summary>
        /// <param name="outputs">From 1 to 65,535.</param>
        /// <param name="activation">The activation.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <returns>3 bytes, or 7 for an activation with a parameter. A new array.</returns>
        /// <exception cref="ArgumentException">The activation needs a parameter, and it is not finite.</exception>
        public static byte[] DenseAttributes(int outputs, Activation activation, float parameter)
        {
            byte[] attributes = new byte[ActivationTraits.HasParameter(activation) ? 7 : 3];
            FloatBits.WriteUInt16(attributes, 0, outputs);

            // The low byte of a code that there is not may be that of another.
            attributes[Dense.ActivationAt] = !ActivationTraits.IsKnown((int)activation) ? UnknownActivation
                : activation == Activation.Softmax ? (byte)Activation.Linear : (byte)activation;
            if (attributes.Length > 3)
            {
                FloatBits.Write(attributes, 3, parameter);
            }

            return attributes;
        }

        private void WriteHead(byte[] bytes, bool shaped)
        {
            FloatBits.WriteInt32(bytes, 0, BlobFormat.Magic);
            bytes[BlobFormat.VersionAt] = BlobFormat.Version;
            bytes[BlobFormat.TaskAt] = (byte)task;
            bytes[BlobFormat.LossAt] = (byte)loss;
            bytes[BlobFormat.NodeCountAt] = (byte)nodeCount;
            FloatBits.WriteInt32(bytes, BlobFormat.PredictRamAt, PredictRam);
            FloatBits.WriteInt32(bytes, BlobFormat.LearnRamAt, LearnRam);
            FloatBits.WriteUInt16(bytes, BlobFormat.InputsAt, inputs);
            FloatBits.WriteUInt16(bytes, BlobFormat.ColumnsAt, ColumnsChecksum);
            bytes[BlobFormat.SectionsAt] =
                (byte)((int)InputForm | (Names.Length > 0 ? BlobFormat.HasNames : 0) | (shaped ? BlobFormat.HasShape : 0));
            bytes[BlobFormat.BufferCountAt] = (byte)bufferCount;
            bytes[BlobFormat.OutputFunctionAt] = (byte)OutputFunction;
            bytes[BlobFormat.FeatureWordsAt] = (byte)(Features.Length / 4);
            if (shaped)
            {
                FloatBits.WriteUInt16(bytes, BlobFormat.PlanAt, Height);
                FloatBits.WriteUInt16(bytes, BlobFormat.PlanAt + 2, Width);
            }
        }

        private static void CheckCount(int count, string name)
        {
            if (count < 1 || count > BlobFormat.MostValues)
            {
                throw Guard.OutOfRange(name, count, 1, BlobFormat.MostValues);
            }
        }

        private static void WritePairs(byte[] bytes, int at, int count, float[] values)
        {
            for (int i = 0; i < count / 4; i++)
            {
                FloatBits.Write(bytes, at + 4 * i, values == null ? i & 1 : values[i]);
            }
        }
    }
}
