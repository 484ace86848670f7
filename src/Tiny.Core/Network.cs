using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core
{
    /// <summary>
    /// A network of dense layers in memory that is fixed when it is made. Any model within that capacity loads into it, whatever its activations; predicting
    /// allocates nothing, loading at most the sigmoid table. To learn, hand it to a <see cref="Learning.SgdLearner"/>.
    /// </summary>
    public sealed partial class Network
    {
        // What the learner reads at every step: fields, because a property costs the device a call of about 400 instructions.
        internal readonly DenseLayer[] layers; // float32, behind the int8 ones
        internal readonly PackedLayers packed; // null where there are none
        internal readonly Scaling scaling;
        internal readonly float[] scratch; // (a block of inputs), null where no layer has more than one
        internal int denseCount;
        internal int outputCount;
        internal Loss loss;

        private readonly ModelNotes notes;
        private readonly float[] front; // (widest, made even)
        private readonly float[] back;  // (widest, made even), null where all layers are int8
        private int inputCount;
        internal NetworkTask task;

        /// <summary>A network of this shape, and with room for it: all weights 0, inputs and outputs unscaled, outputs unnamed.</summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other.</exception>
        public Network(NetworkShape shape)
            : this(shape, shape == null ? 0 : 16 * (1 + shape.Outputs))
        {
        }

        /// <summary>
        /// The same, with room for this many bytes of names, one and the UTF-8 text for each output, and of a description of features.
        /// </summary>
        /// <exception cref="ArgumentException">The parts of the shape do not fit each other, or the room is negative.</exception>
        public Network(NetworkShape shape, int noteCapacity)
        {
            Guard.NotNull(shape, "shape");
            if (noteCapacity < 0)
            {
                throw new ArgumentOutOfRangeException("noteCapacity", "noteCapacity is " + noteCapacity + ", expected 0 or more bytes.");
            }

            int layer;
            BlobError error = shape.Check(out layer);
            if (error != BlobError.None)
            {
                throw new ArgumentException(BlobMessages.Describe(error, shape.FaultyValue(error, layer)), "shape");
            }

            int packedCount = shape.PackedLayers;
            packed = packedCount == 0 ? null : new PackedLayers(shape);
            layers = new DenseLayer[shape.LayerCount - packedCount];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = new DenseLayer(shape.GetRows(packedCount + i), shape.GetInputs(packedCount + i));
            }

            OutputCapacity = shape.Outputs;
            scaling = new Scaling(packed == null ? shape.Inputs : 0, shape.Task == NetworkTask.Regression ? shape.Outputs : 0);
            notes = new ModelNotes(noteCapacity);
            front = new float[shape.WidestFloats];
            back = layers.Length == 0 ? null : new float[shape.WidestFloats];
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

        /// <summary>Bytes of the description of the features that the inputs are, a multiple of 4; 0 if they are not features of a signal.</summary>
        public int FeatureBytes
        {
            get { return notes.FeatureBytes; }
        }

        internal int NameBytes
        {
            get { return notes.NameBytes; }
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

        internal int WidestCapacity
        {
            get { return front.Length; }
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

            return notes.GetName(index);
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

            notes.SetNames(outputNames);
        }

        /// <summary>The description of the features, as Tiny.Features reads it, into a buffer of at least <see cref="FeatureBytes"/>.</summary>
        public void CopyFeatures(byte[] buffer, int offset)
        {
            Guard.NotNull(buffer, "buffer");
            notes.CopyFeatures(buffer, offset);
        }

        /// <summary>Says which features of which signal the inputs are; Tiny.Features makes and reads the description. None: an empty array.</summary>
        /// <exception cref="ArgumentException">No multiple of 4 bytes, or no room for them.</exception>
        public void SetFeatures(byte[] description)
        {
            Guard.NotNull(description, "description");
            notes.SetFeatures(description);
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

        internal void CopyNames(byte[] buffer, int offset)
        {
            notes.CopyNames(buffer, offset);
        }

        internal Layer LayerOf(int index)
        {
            int before = PackedCount;
            return index < before ? (Layer)packed.layers[index] : layers[index - before];
        }
    }
}
