using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core
{
    /// <summary>
    /// A network of layers in memory that is fixed when it is made. Any model that fits its layers and buffers loads into
    /// it; predicting and loading allocate nothing. To learn, hand it to the learner of Tiny.Learning.
    /// </summary>
    /// <example>
    /// <code>
    /// Network network = Network.FromBlob(blob);                  // the model that tiny train wrote
    /// float[] outputs = new float[network.Outputs];
    /// int answer = network.Predict(features, outputs);           // features: (network.Inputs), in the units of the training table
    /// string name = network.GetOutputName(answer);
    /// </code>
    /// </example>
    public sealed partial class Network
    {
        private readonly Layer[] layers;
        private readonly object[] buffers; // float[], long[] or int[] each
        private Scaling scaling; // null where there is nothing to scale: an object of nulls would be 72 bytes
        private int inputCount;

        /// <summary>What the model carries without predicting by it: plan, names, description of the features.</summary>
        public readonly ModelNotes Notes;

        /// <summary>
        /// What every prediction and learning step asks for, in one number, as a field is 12 bytes of heap and a property a
        /// call: outputs in bits 0 to 15, layers in 16 to 22, loss in 23 to 25, form of the inputs in 26 and 27, task in
        /// 28, softmax in 29. Set by loading alone; the properties tell it piece by piece.
        /// </summary>
        public int Outline;

        /// <summary>Values a prediction takes.</summary>
        public int Inputs
        {
            get { return inputCount; }
        }

        /// <summary>Values a prediction gives.</summary>
        public int Outputs
        {
            get { return Outline & 0xFFFF; }
        }

        /// <summary>Layers, in the order in which a sample passes them.</summary>
        public int LayerCount
        {
            get { return (Outline >> 16) & 127; }
        }

        /// <summary>What the outputs mean.</summary>
        public NetworkTask Task
        {
            get { return (NetworkTask)((Outline >> 28) & 1); }
        }

        /// <summary>What learning minimizes.</summary>
        public Loss Loss
        {
            get { return (Loss)((Outline >> 23) & 7); }
        }

        /// <summary>How a sample is taken.</summary>
        public InputForm InputForm
        {
            get { return (InputForm)((Outline >> 26) & 3); }
        }

        /// <summary>What is done with the values of the last layer: softmax, or nothing (linear).</summary>
        public Activation OutputFunction
        {
            get { return Outline >> 29 == 0 ? Activation.Linear : Activation.Softmax; }
        }

        /// <summary>Normalization of the inputs and, for a regression, scaling of the outputs.</summary>
        public Scaling Scaling
        {
            get { return scaling ?? (scaling = new Scaling(0, 0)); }
        }

        /// <summary>Incremented on every save, by the code that saves.</summary>
        public int Generation;

        /// <summary>Classes told apart: as many as outputs, 2 for a single output, 0 for regression.</summary>
        public int ClassCount
        {
            get { return Task == NetworkTask.Regression ? 0 : Outputs == 1 ? 2 : Outputs; }
        }

        /// <summary>A layer, from 0, the one the inputs enter.</summary>
        /// <param name="index">From 0 to LayerCount - 1.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">There is no such layer.</exception>
        public Layer GetLayer(int index)
        {
            if (index < 0 || index >= LayerCount)
            {
                throw Guard.OutOfRange("index", index, 0, LayerCount - 1);
            }

            return layers[index];
        }

        /// <summary>The name of a class, or of a regression's output; its number where it has none. Makes a new string.</summary>
        /// <param name="index">From 0 to ClassCount - 1, or Outputs - 1 for a regression.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">There is no such class or output.</exception>
        public string GetOutputName(int index)
        {
            int count = Task == NetworkTask.Regression ? Outputs : ClassCount;
            if (index < 0 || index >= count)
            {
                throw Guard.OutOfRange("index", index, 0, count - 1);
            }

            return Notes.GetName(index);
        }
    }
}
