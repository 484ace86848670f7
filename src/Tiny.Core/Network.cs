using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;
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
        // What the learner reads at every step: fields, because a property costs the device a call of about 400 instructions.
        internal readonly DenseLayer[] layers; // float32, behind the int8 ones
        internal readonly PackedLayers packed; // null where there are none
        internal readonly Scaling scaling;
        internal readonly float[] scratch; // (a block of inputs), null where no layer has more than one
        internal int denseCount;
        internal int outputCount;
        internal Loss loss;

        private readonly OutputNames names;
        private readonly float[] front; // (widest, made even)
        private readonly float[] back;  // (widest, made even)
        private int inputCount;
        internal NetworkTask task;

        /// <summary>A network of this shape, and with room for it: all weights 0, inputs and outputs unscaled, outputs unnamed.</summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other.</exception>
        public Network(NetworkShape shape)
            : this(shape, shape == null ? 0 : 16 * (1 + shape.Outputs))
        {
        }

        /// <summary>The same, with room for this many bytes of names: one, and the UTF-8 text, for each output.</summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other.</exception>
        public Network(NetworkShape shape, int nameCapacity)
        {
            Guard.NotNull(shape, "shape");
            int layer;
            BlobError error = shape.Check(out layer);
            if (error != BlobError.None)
            {
                throw new ArgumentException(BlobMessages.Describe(error, shape.FaultyValue(error, layer)), "shape");
            }

            int packedCount = shape.PackedLayers;
            packed = packedCount == 0 ? null : new PackedLayers(shape);
            layers = new DenseLayer[shape.LayerCount - packedCount];
            for (int i = 0; i < shape.LayerCount; i++)
            {
                if (i >= packedCount)
                {
                    layers[i - packedCount] = new DenseLayer(shape.GetRows(i), shape.GetInputs(i));
                }

                if (ActivationTraits.UsesSigmoidTable(shape.GetActivation(i)))
                {
                    SigmoidTable.Prepare();
                }
            }

            OutputCapacity = shape.Outputs;
            scaling = new Scaling(packed == null ? shape.Inputs : 0, shape.Task == NetworkTask.Regression ? shape.Outputs : 0);
            names = new OutputNames(nameCapacity);
            front = new float[shape.WidestFloats];
            back = new float[layers.Length == 0 ? 0 : shape.WidestFloats];
            scratch = shape.WidestFloatInput > DenseForward.Widest ? new float[DenseForward.Widest] : null;
            Define(shape);
        }

        /// <summary>Values a prediction takes.</summary>
        public int Inputs
        {
            get { return inputCount; }
        }

        /// <summary>Values a prediction gives.</summary>
        public int Outputs
        {
            get { return outputCount; }
        }

        /// <summary>Layers with weights.</summary>
        public int LayerCount
        {
            get { return PackedCount + denseCount; }
        }

        /// <summary>What the outputs mean.</summary>
        public NetworkTask Task
        {
            get { return task; }
        }

        /// <summary>What learning makes small.</summary>
        public Loss Loss
        {
            get { return loss; }
        }

        /// <summary>Normalisation of the inputs and, for a regression, scaling of the outputs.</summary>
        public Scaling Scaling
        {
            get { return scaling; }
        }

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
                    count += GetLayer(i).ParameterCount;
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

        /// <summary>Whether there is a float32 layer, which can learn.</summary>
        public bool CanLearn
        {
            get { return denseCount != 0; }
        }

        /// <summary>How the first layer takes its inputs.</summary>
        public InputForm InputForm
        {
            get { return packed == null ? InputForm.Values : packed.First.InputForm; }
        }

        internal int PackedCount
        {
            get { return packed == null ? 0 : packed.layers.Length; }
        }

        internal int OutputCapacity { get; }

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
            Network network = new Network(reader.Shape, reader.NameBytes);
            network.CopyFrom(reader);
            return network;
        }

        /// <summary>A layer, from 0, the one the inputs enter.</summary>
        public Layer GetLayer(int index)
        {
            if (index < 0 || index >= LayerCount)
            {
                throw new ArgumentOutOfRangeException("index", "layer " + index + ": the network has layers 0 to " + (LayerCount - 1) + ".");
            }

            return LayerOf(index);
        }

        /// <summary>The shape of what the network holds now. Makes a new object.</summary>
        public NetworkShape GetShape()
        {
            NetworkShape shape = new NetworkShape(Inputs, Task, Loss);
            for (int i = 0; i < LayerCount; i++)
            {
                Layer layer = LayerOf(i);
                shape.AddLayer(layer.Outputs, layer.Activation, layer.ActivationParameter);
            }

            return shape.WithPackedLayers(PackedCount, InputForm);
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

        /// <summary>Draws all float32 weights anew: He's limits before ReLU and its kin, Glorot's else; biases 0.</summary>
        public void Initialise(int seed)
        {
            SeededRandom random = new SeededRandom(seed);
            for (int i = 0; i < denseCount; i++)
            {
                layers[i].Initialise(random);
            }
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

        /// <summary>Loads a model, or leaves the network as it was. Allocates nothing: the reader is the caller's, and serves any number of loads.</summary>
        /// <returns>None, or the first thing wrong.</returns>
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

        /// <summary>Predicts from one sample in the user's units. Allocates nothing.</summary>
        /// <param name="inputs">(Inputs), all finite.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer: probabilities, scores, or values in the target's unit.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length, or an input is not finite. Outputs are untouched.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        /// <remarks>Costs, counted on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
        public int Predict(float[] inputs, float[] outputs)
        {
            if (inputs == null || inputs.Length != inputCount)
            {
                throw Guard.WrongLength(inputs, inputCount, "inputs");
            }

            if (outputs == null || outputs.Length < outputCount)
            {
                throw Guard.WrongLength(outputs, outputCount, "outputs");
            }

            if (packed != null)
            {
                return PredictPacked(inputs, null, outputs);
            }

            DenseLayer[] all = layers;
            DenseLayer layer = all[0];
            float[] z = back;
            float[] room = scratch;
            if (room != null
                || !DenseForward.Run(inputs, scaling.InputMeans, scaling.InputScales, z, layer, 0, inputCount, layer.floor, true))
            {
                scaling.Normalise(front, inputs);
                layer.Sums(z, front, room, false);
            }

            int count = denseCount;
            for (int i = 1; i != count; i++)
            {
                if (layer.floor != 0f)
                {
                    layer.Activate(z);
                }

                layer = all[i];
                float[] to = (i & 1) == 0 ? back : front;
                if (room == null)
                {
                    DenseForward.Run(z, null, null, to, layer, 0, layer.inputs, layer.floor, false);
                }
                else
                {
                    layer.Sums(to, z, room, false);
                }

                z = to;
            }

            return layer.activation == Activation.Softmax ? Probabilities(z, outputs) : Answer(z, layer, outputs);
        }

        /// <summary>Predicts from levels, for a network whose first layers are int8: what a camera or an ADC gives, without floats.</summary>
        /// <param name="levels">(Inputs); see <see cref="OutputPackedLayer"/> for what a level is in the user's units.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">The network takes values, not levels; or its answer is not finite.</exception>
        public int PredictLevels(byte[] levels, float[] outputs)
        {
            if (packed == null)
            {
                throw new InvalidOperationException("The first layer is float32: it takes values, not levels.");
            }

            if (levels == null || levels.Length != inputCount)
            {
                throw levels == null ? new ArgumentNullException("levels")
                    : new ArgumentException("levels holds " + levels.Length + " values, expected " + inputCount + ".", "levels");
            }

            if (outputs == null || outputs.Length < outputCount)
            {
                throw Guard.WrongLength(outputs, outputCount, "outputs");
            }

            return PredictPacked(null, levels, outputs);
        }

        /// <summary>x (inputs of the first float32 layer): what that layer sees for a sample.</summary>
        internal void EnterFloats(float[] x, float[] sample)
        {
            if (packed == null)
            {
                scaling.Normalise(x, sample);
            }
            else
            {
                packed.Run(x, sample, null);
                PackedLayer last = packed.Last;
                ActivationFunction.Forward(x, last.activation, last.parameter, last.rows);
            }
        }

        private int PredictPacked(float[] inputs, byte[] levels, float[] outputs)
        {
            float[] z = front;
            packed.Run(z, inputs, levels);
            Layer layer = packed.Last;
            for (int i = 0; i < denseCount; i++)
            {
                float[] to = (i & 1) == 0 ? back : front;
                layer.Activate(z);
                layers[i].Sums(to, z, scratch, false);
                layer = layers[i];
                z = to;
            }

            return layer.activation == Activation.Softmax ? Probabilities(z, outputs) : Answer(z, layer, outputs);
        }

        private int Probabilities(float[] sums, float[] outputs)
        {
            int best = Softmax.Run(sums, outputs, outputCount);
            if (best < 0)
            {
                throw Guard.NotFinite(0);
            }

            return best;
        }

        /// <summary>Activates, scales, checks and hands over the last layer's sums; returns the class, the first of the largest, or -1.</summary>
        private int Answer(float[] values, Layer layer, float[] outputs)
        {
            layer.Activate(values);
            int count = outputCount;
            bool regression = task == NetworkTask.Regression;
            if (regression)
            {
                scaling.RestoreOutputs(values, count);
            }

            int best = 0;
            float largest = values[0];
            for (int i = 0; i < count; i++)
            {
                float value = values[i];
                if (value - value != 0f)
                {
                    throw Guard.NotFinite(i);
                }

                outputs[i] = value;
                if (value > largest)
                {
                    largest = value;
                    best = i;
                }
            }

            // One output is the probability of the second of two classes.
            return regression ? -1 : count == 1 ? (largest >= 0.5f ? 1 : 0) : best;
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

        internal Layer LayerOf(int index)
        {
            int before = PackedCount;
            return index < before ? (Layer)packed.layers[index] : layers[index - before];
        }

        private void Define(NetworkShape shape)
        {
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
            names.ReadFrom(reader);
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
