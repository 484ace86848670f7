using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core
{
    /// <summary>
    /// A network of dense layers in memory that is fixed when it is made. Any model within that capacity loads into it; predicting and
    /// loading allocate nothing. To learn, hand it to a <see cref="Learning.SgdLearner"/>.
    /// </summary>
    public sealed class Network
    {
        private readonly DenseLayer[] layers;
        private readonly BlobReader reader;
        private readonly OutputNames names;
        private readonly float[] front; // (widest)
        private readonly float[] back;  // (widest)

        /// <summary>A network of this shape, and with room for it: all weights 0, inputs and outputs unscaled, outputs unnamed.</summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other.</exception>
        public Network(NetworkShape shape)
            : this(shape, shape == null ? 0 : 16 * (1 + shape.Outputs))
        {
        }

        /// <summary>The same, with room for this many bytes of names: one, and the UTF-8 text, for each output.</summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other.</exception>
        public Network(NetworkShape shape, int nameCapacity)
            : this(shape, nameCapacity, new BlobReader())
        {
        }

        private Network(NetworkShape shape, int nameCapacity, BlobReader reader)
        {
            Guard.NotNull(shape, "shape");
            int layer;
            BlobError error = shape.Check(out layer);
            if (error != BlobError.None)
            {
                throw new ArgumentException(BlobMessages.Describe(error, shape.FaultyValue(error, layer)), "shape");
            }

            this.reader = reader;
            layers = new DenseLayer[shape.LayerCount];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = new DenseLayer(shape.GetRows(i), shape.GetInputs(i));
                if (ActivationTraits.UsesSigmoidTable(shape.GetActivation(i)))
                {
                    SigmoidTable.Prepare();
                }
            }

            Scaling = new Scaling(shape.Inputs, shape.Outputs);
            names = new OutputNames(nameCapacity);
            front = new float[shape.Widest];
            back = new float[shape.Widest];
            Define(shape);
        }

        /// <summary>Values <see cref="Predict"/> takes.</summary>
        public int Inputs { get; private set; }

        /// <summary>Values <see cref="Predict"/> gives.</summary>
        public int Outputs { get; private set; }

        /// <summary>Layers with weights.</summary>
        public int LayerCount { get; private set; }

        /// <summary>What the outputs mean.</summary>
        public NetworkTask Task { get; private set; }

        /// <summary>What learning makes small.</summary>
        public Loss Loss { get; private set; }

        /// <summary>Normalisation of the inputs and, for a regression, scaling of the outputs.</summary>
        public Scaling Scaling { get; }

        /// <summary>How often the model has been saved anew. Whoever saves it counts it up.</summary>
        public int Generation { get; set; }

        /// <summary>Checksum of the names of the training columns (16 bits), 0 where they had none.</summary>
        public int ColumnsChecksum { get; set; }

        /// <summary>Classes told apart: as many as outputs, 2 for a single output, 0 for regression.</summary>
        public int ClassCount
        {
            get { return Task == NetworkTask.Regression ? 0 : Outputs == 1 ? 2 : Outputs; }
        }

        /// <summary>Weights and biases.</summary>
        public int ParameterCount
        {
            get
            {
                int count = 0;
                for (int i = 0; i < LayerCount; i++)
                {
                    count += layers[i].ParameterCount;
                }

                return count;
            }
        }

        internal int NameBytes
        {
            get { return names.Bytes; }
        }

        internal int NameCapacity
        {
            get { return names.Capacity; }
        }

        internal int LayerCapacity
        {
            get { return layers.Length; }
        }

        internal int RowCapacity(int layer)
        {
            return layers[layer].RowCapacity;
        }

        internal int InputCapacity(int layer)
        {
            return layers[layer].InputCapacity;
        }

        internal int WidestCapacity
        {
            get { return front.Length; }
        }

        /// <summary>A network just large enough for this blob, and loaded with it.</summary>
        /// <exception cref="BlobException">The blob is wrong in some way.</exception>
        public static Network FromBlob(byte[] blob)
        {
            BlobReader reader = new BlobReader();
            reader.OpenOrThrow(blob);
            Network network = new Network(reader.Shape, reader.NameBytes, reader);
            network.CopyFromReader();
            reader.Release();
            return network;
        }

        /// <summary>A layer, from 0, the one the inputs enter.</summary>
        public DenseLayer GetLayer(int index)
        {
            if (index < 0 || index >= LayerCount)
            {
                throw new ArgumentOutOfRangeException("index", "layer " + index + ": the network has layers 0 to " + (LayerCount - 1) + ".");
            }

            return layers[index];
        }

        /// <summary>The name of a class, or of a regression's output; its number where it has none. Makes a new string.</summary>
        public string GetOutputName(int index)
        {
            int count = Task == NetworkTask.Regression ? Outputs : ClassCount;
            if (index < 0 || index >= count)
            {
                throw new ArgumentOutOfRangeException("index", "name " + index + ": the network has names 0 to " + (count - 1) + ".");
            }

            return names.Get(index);
        }

        /// <summary>Names the classes, or the outputs of a regression. Each name at most 255 bytes of UTF-8.</summary>
        /// <exception cref="ArgumentException">Not one name for each, or no room for them.</exception>
        public void SetOutputNames(string[] outputNames)
        {
            Guard.NotNull(outputNames, "outputNames");
            int count = Task == NetworkTask.Regression ? Outputs : ClassCount;
            if (outputNames.Length != count)
            {
                throw new ArgumentException(outputNames.Length + " names for " + count + " outputs.", "outputNames");
            }

            names.Set(outputNames);
        }

        /// <summary>Draws all weights anew: He's limits before ReLU and its kin, Glorot's else; biases 0.</summary>
        public void Initialise(int seed)
        {
            SeededRandom random = new SeededRandom(seed);
            for (int i = 0; i < LayerCount; i++)
            {
                layers[i].Initialise(random);
            }
        }

        /// <summary>Loads a model, or throws and leaves the network as it was.</summary>
        /// <exception cref="BlobException">The blob is wrong, or does not fit this network.</exception>
        public void Load(byte[] blob)
        {
            Guard.NotNull(blob, "blob");
            BlobError error = TryLoad(blob, 0, blob.Length);
            if (error != BlobError.None)
            {
                throw reader.Exception(error);
            }
        }

        /// <summary>Loads a model, or leaves the network as it was. Allocates nothing.</summary>
        /// <returns>None, or the first thing wrong.</returns>
        public BlobError TryLoad(byte[] blob, int offset, int length)
        {
            BlobError error = reader.Open(blob, offset, length);
            if (error == BlobError.None)
            {
                error = CapacityCheck.Check(reader, this);
            }

            if (error == BlobError.None)
            {
                CopyFromReader();
            }

            reader.Release();
            return error;
        }

        /// <summary>Predicts from one sample in the user's units. Allocates nothing.</summary>
        /// <param name="inputs">(Inputs), all finite.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer: probabilities, scores, or values in the target's unit.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length, or an input is not finite. Outputs are untouched.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        /// <remarks>
        /// Costs about 900 instructions a weight on a Cortex-M4F: the measured cost of a plain loop, tests/Tiny.Emulator.Tests/Costs/kernel-costs.csv.
        /// </remarks>
        public int Predict(float[] inputs, float[] outputs)
        {
            CheckInputs(inputs);
            if (outputs == null || outputs.Length < Outputs)
            {
                throw Guard.WrongLength(outputs, Outputs, "outputs");
            }

            Scaling.Normalise(front, inputs);
            float[] from = front;
            float[] to = back;
            int count = LayerCount;
            for (int i = 0; i < count; i++)
            {
                layers[i].Sums(to, from);
                layers[i].Activate(to);
                float[] swap = from;
                from = to;
                to = swap;
            }

            Scaling.RestoreOutputs(to, from, Outputs);
            CheckAnswer(to);
            for (int i = 0; i < Outputs; i++)
            {
                outputs[i] = to[i];
            }

            return Decide(to);
        }

        /// <summary>The class that outputs name: the largest, the first where several are equal; -1 for a regression.</summary>
        internal int Decide(float[] outputs)
        {
            if (Task == NetworkTask.Regression)
            {
                return -1;
            }

            return Outputs == 1 ? (outputs[0] >= 0.5f ? 1 : 0) : LossFunction.IndexOfLargest(outputs, Outputs);
        }

        internal void CheckInputs(float[] inputs)
        {
            if (inputs == null || inputs.Length != Inputs)
            {
                throw Guard.WrongLength(inputs, Inputs, "inputs");
            }
        }

        internal void CopyNamesTo(byte[] buffer, int offset)
        {
            names.CopyTo(buffer, offset);
        }

        private void CheckAnswer(float[] outputs)
        {
            for (int i = 0; i < Outputs; i++)
            {
                float value = outputs[i];
                if (value - value != 0f)
                {
                    throw new InvalidOperationException("Output " + i + " is not finite: the weights are too large.");
                }
            }
        }

        private void Define(NetworkShape shape)
        {
            Inputs = shape.Inputs;
            Outputs = shape.Outputs;
            LayerCount = shape.LayerCount;
            Task = shape.Task;
            Loss = shape.Loss;
            for (int i = 0; i < shape.LayerCount; i++)
            {
                layers[i].Define(shape.GetInputs(i), shape.GetOutputs(i), shape.GetActivation(i), shape.GetParameter(i));
            }

            Scaling.Define(shape.Inputs, shape.Task == NetworkTask.Regression ? shape.Outputs : 0);
        }

        private void CopyFromReader()
        {
            Define(reader.Shape);
            Generation = reader.Generation;
            ColumnsChecksum = reader.ColumnsChecksum;
            names.ReadFrom(reader);
            Scaling.ReadFrom(reader);
            int at = reader.WeightsAt;
            for (int i = 0; i < LayerCount; i++)
            {
                at = layers[i].ReadFrom(reader, at);
            }
        }
    }
}
