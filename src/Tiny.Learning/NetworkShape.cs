using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;

namespace Tiny.Core
{
    /// <summary>
    /// The shape of a network: inputs, layers, task, loss. As a capacity it holds every network that has no more layers, and each of
    /// whose layers needs no more inputs and rows than the layer of the same number here.
    /// </summary>
    public sealed class NetworkShape
    {
        /// <summary>The most layers a network has.</summary>
        public const int MaxLayers = 16;

        /// <summary>The most inputs, outputs and rows a layer has: what 16 bits hold.</summary>
        public const int MaxWidth = 65535;

        // What stands for an activation that this version does not know: the low byte of its code may be that of another.
        private const byte UnknownActivation = 255;

        private readonly int[] outputs = new int[MaxLayers];
        private readonly byte[] activations = new byte[MaxLayers];
        private readonly float[] parameters = new float[MaxLayers];
        private int packedLayers;

        /// <summary>A shape without layers yet.</summary>
        public NetworkShape(int inputs, NetworkTask task, Loss loss)
        {
            Reset(inputs, task, loss);
        }

        /// <summary>Values the network takes.</summary>
        public int Inputs { get; private set; }

        /// <summary>What the outputs mean.</summary>
        public NetworkTask Task { get; private set; }

        /// <summary>What learning makes small.</summary>
        public Loss Loss { get; private set; }

        /// <summary>Layers with weights.</summary>
        public int LayerCount { get; private set; }

        /// <summary>How the first layer takes its inputs: as levels if its weights are int8.</summary>
        public InputForm InputForm { get; private set; }

        /// <summary>Layers with int8 weights: the first ones.</summary>
        public int PackedLayers
        {
            get { return packedLayers; }
        }

        /// <summary>Values the network gives.</summary>
        public int Outputs
        {
            get { return LayerCount == 0 ? 0 : outputs[LayerCount - 1]; }
        }

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
                for (int layer = 0; layer < LayerCount; layer++)
                {
                    count += GetRows(layer) * (1 + GetInputs(layer));
                }

                return count;
            }
        }

        /// <summary>
        /// The widest that a buffer of floats must be: the inputs and rows of float32 layers, and what the last int8 layer gives; made even.
        /// </summary>
        public int WidestFloats
        {
            get
            {
                int widest = WidestFloatInput;
                for (int layer = packedLayers == 0 ? 0 : packedLayers - 1; layer < LayerCount; layer++)
                {
                    int rows = GetRows(layer);
                    widest = rows > widest ? rows : widest;
                }

                return (widest + 1) & ~1;
            }
        }

        /// <summary>The most inputs of a float32 layer.</summary>
        public int WidestFloatInput
        {
            get
            {
                int widest = 0;
                for (int layer = packedLayers; layer < LayerCount; layer++)
                {
                    widest = GetInputs(layer) > widest ? GetInputs(layer) : widest;
                }

                return widest;
            }
        }

        /// <summary>Adds a layer with the activation's default parameter, and returns this shape.</summary>
        public NetworkShape AddLayer(int layerOutputs, Activation activation)
        {
            return AddLayer(layerOutputs, activation, ActivationTraits.DefaultParameter(activation));
        }

        /// <summary>Adds a layer, and returns this shape. The rules between layers are checked when a network is made of it.</summary>
        public NetworkShape AddLayer(int layerOutputs, Activation activation, float parameter)
        {
            if (LayerCount == MaxLayers)
            {
                throw new InvalidOperationException("A network has at most " + MaxLayers + " layers.");
            }

            outputs[LayerCount] = layerOutputs;
            activations[LayerCount] = ActivationTraits.IsKnown((int)activation) ? (byte)activation : UnknownActivation;
            parameters[LayerCount] = parameter;
            LayerCount++;
            return this;
        }

        /// <summary>Makes the first layers int8, and returns this shape.</summary>
        /// <param name="layers">How many; 0 for none.</param>
        /// <param name="form">How inputs become levels; for no int8 layers <see cref="InputForm.Values"/>.</param>
        public NetworkShape WithPackedLayers(int layers, InputForm form)
        {
            packedLayers = layers;
            InputForm = form;
            return this;
        }

        internal bool IsLastPacked(int layer)
        {
            return layer == packedLayers - 1;
        }

        /// <summary>Inputs of a layer: the outputs of the one before it.</summary>
        public int GetInputs(int layer)
        {
            return layer == 0 ? Inputs : outputs[layer - 1];
        }

        /// <summary>Outputs of a layer.</summary>
        public int GetOutputs(int layer)
        {
            return outputs[layer];
        }

        /// <summary>Rows of weights of a layer: as many as outputs, twice as many for maxout.</summary>
        public int GetRows(int layer)
        {
            return outputs[layer] * ActivationTraits.RowsPerOutput(GetActivation(layer));
        }

        /// <summary>Activation of a layer.</summary>
        public Activation GetActivation(int layer)
        {
            return (Activation)activations[layer];
        }

        /// <summary>Activation parameter of a layer.</summary>
        public float GetParameter(int layer)
        {
            return parameters[layer];
        }

        internal void Reset(int inputs, NetworkTask task, Loss loss)
        {
            Inputs = inputs;
            Task = task;
            Loss = loss;
            LayerCount = 0;
            packedLayers = 0;
            InputForm = InputForm.Values;
        }

        /// <summary>Whether the parts fit each other. <paramref name="layer"/> is the layer at fault, or -1.</summary>
        internal BlobError Check(out int layer)
        {
            layer = -1;
            if (Task != NetworkTask.Regression && Task != NetworkTask.Classification)
            {
                return BlobError.UnknownTask;
            }

            if (!LossFunction.IsKnown((int)Loss))
            {
                return BlobError.UnknownLoss;
            }

            if (LayerCount == 0)
            {
                return BlobError.LayerCountOutOfRange;
            }

            if (Inputs < 1 || Inputs > MaxWidth)
            {
                return BlobError.InputCountOutOfRange;
            }

            int last = LayerCount - 1;
            for (layer = 0; layer <= last; layer++)
            {
                if (outputs[layer] < 1 || outputs[layer] > MaxWidth || GetRows(layer) > MaxWidth)
                {
                    return BlobError.LayerWidthOutOfRange;
                }

                if (!ActivationTraits.IsKnown(activations[layer]))
                {
                    return BlobError.UnknownActivation;
                }

                if (!ParameterFits(layer))
                {
                    return BlobError.ActivationParameterOutOfRange;
                }

                if (layer != last && GetActivation(layer) == Activation.Softmax)
                {
                    return BlobError.SoftmaxBeforeLastLayer;
                }

                // Digits go straight from one int8 layer to the next: one from each row.
                if (layer < packedLayers - 1 && GetActivation(layer) == Activation.Maxout)
                {
                    return BlobError.ActivationNotForInt8;
                }
            }

            layer = 0;
            if (packedLayers < 0 || packedLayers > LayerCount || (InputForm == InputForm.Values) != (packedLayers == 0))
            {
                return BlobError.InputFormDoesNotFit;
            }

            layer = last;
            return LossFitsTask() ? BlobError.None : BlobError.LossDoesNotFit;
        }

        /// <summary>The value that <see cref="Check"/> found wrong.</summary>
        internal int FaultyValue(BlobError error, int layer)
        {
            switch (error)
            {
                case BlobError.LayerCountOutOfRange:
                    return LayerCount;
                case BlobError.InputCountOutOfRange:
                    return Inputs;
                case BlobError.UnknownTask:
                    return (int)Task;
                case BlobError.UnknownLoss:
                case BlobError.LossDoesNotFit:
                    return (int)Loss;
                case BlobError.LayerWidthOutOfRange:
                    return GetRows(layer);
                case BlobError.InputFormDoesNotFit:
                    return (int)InputForm;
                case BlobError.UnknownActivation:
                case BlobError.ActivationNotForInt8:
                    return activations[layer];
                default:
                    return layer;
            }
        }

        /// <summary>0 for activations without a parameter; a slope from 0 to 1; an alpha above 0.</summary>
        private bool ParameterFits(int layer)
        {
            float parameter = parameters[layer];
            switch (GetActivation(layer))
            {
                case Activation.LeakyRelu:
                    return parameter >= 0f && parameter <= 1f;
                case Activation.Elu:
                    return parameter > 0f && parameter <= 1000f;
                default:
                    return parameter == 0f;
            }
        }

        private bool LossFitsTask()
        {
            Activation output = GetActivation(LayerCount - 1);
            if (!LossFunction.Fits(Loss, output))
            {
                return false;
            }

            bool squared = Loss == Loss.MeanSquaredError || Loss == Loss.HalfSquaredError;
            if (Task == NetworkTask.Regression)
            {
                return squared;
            }

            // One output tells two classes apart only as a probability.
            return Outputs > 1 || (output == Activation.Sigmoid && Loss != Loss.MultiClassHinge);
        }
    }
}
