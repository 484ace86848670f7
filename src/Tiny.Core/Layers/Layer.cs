using System;
using Tiny.Core.Blobs;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A layer of a network: made by its <see cref="LayerKind"/> with memory for a node, bound to the network's buffers when a model is loaded, and from then on
    /// passing samples through without allocating.
    /// </summary>
    /// <remarks>
    /// A prediction makes one virtual call for each layer; inside it, keep to locals, and sum in one fixed order, so that desktop and device give the same bits.
    /// </remarks>
    public abstract class Layer
    {
        /// <summary>The code of the layer's kind.</summary>
        public abstract int Kind { get; }

        // Public fields, and not properties: a property costs the device a call of about 400 instructions.

        /// <summary>Values the layer takes now.</summary>
        public int Inputs;

        /// <summary>Values the layer gives now.</summary>
        public int Outputs;

        /// <summary>Whether learning leaves the layer's parameters alone. Layers of kinds without a learner it leaves alone in any case.</summary>
        public bool Frozen;

        /// <summary>The buffer that the layer reads; null where it is not of floats, or the user's sample.</summary>
        public float[] Input;

        /// <summary>The buffer that the layer writes; null where it is not of floats.</summary>
        public float[] Output;

        /// <summary>Weights, biases and whatever else learning could change; 0 for a layer without.</summary>
        public virtual int ParameterCount
        {
            get { return 0; }
        }

        /// <summary>Whether the node fits into this layer's memory; makes what the layer shares with others, such as the sigmoid's table, if it is not there yet.</summary>
        public abstract bool HasRoomFor(BlobReader reader);

        /// <summary>Becomes the node: takes its attributes and weights, and the buffers it reads and writes.</summary>
        /// <param name="reader">Stands at the node, which was checked and fits.</param>
        /// <param name="buffers">The network's buffers: float[], long[], int[] or byte[] each, as the plan says.</param>
        public virtual void Read(BlobReader reader, object[] buffers)
        {
            Inputs = reader.InputLength;
            Outputs = reader.OutputLength;
            Input = reader.Input == BlobFormat.Sample ? null : buffers[reader.Input] as float[];
            Output = buffers[reader.Output] as float[];
        }

        /// <summary>Passes a sample on: from the input buffer to the output buffer.</summary>
        public abstract void Forward();

        /// <summary>The same for the first layer, from the user's own units.</summary>
        /// <param name="sample">The user's sample, of the right length; not yet known to be finite.</param>
        /// <param name="scaling">Normalizes it.</param>
        /// <exception cref="ArgumentException">A value is not finite.</exception>
        public abstract void Enter(float[] sample, Scaling scaling);

        /// <summary>The same from levels, for a first layer that takes bytes.</summary>
        public virtual void EnterLevels(byte[] levels)
        {
            throw new InvalidOperationException("The first layer takes values, not levels.");
        }

        /// <summary>Copies what the layer last gave, as floats, for whoever looks into a network.</summary>
        /// <param name="values">(Outputs) or longer.</param>
        public virtual void CopyOutputs(float[] values)
        {
            Array.Copy(Output, values, Outputs);
        }

        /// <summary>Copies some of the parameters, in the order of the blob.</summary>
        /// <param name="destination">Receives them from its start.</param>
        /// <param name="first">The first parameter.</param>
        /// <param name="count">How many.</param>
        public virtual void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
        }

        /// <summary>Sets some of the parameters, all finite, in the order of the blob.</summary>
        /// <exception cref="InvalidOperationException">The layer's parameters are fixed.</exception>
        public virtual void SetParameters(float[] source, int first, int count)
        {
            throw new InvalidOperationException();
        }

        /// <summary>Whether a blob has the layer's weights as its parameters in float32; if not, the layer writes them itself.</summary>
        public virtual bool HasFloatWeights
        {
            get { return true; }
        }

        /// <summary>Bytes that the weights take in a blob, a multiple of 4.</summary>
        public virtual int WeightBytes
        {
            get { return 4 * ParameterCount; }
        }

        /// <summary>Writes the weights as the blob has them, where they are not just the parameters as float32. Returns the offset behind them.</summary>
        public virtual int WriteWeights(byte[] buffer, int at)
        {
            throw new InvalidOperationException();
        }

        /// <summary>Writes how the user's sample becomes levels, where the layer takes it as such. Returns the offset behind it.</summary>
        public virtual int WriteScaling(byte[] buffer, int at)
        {
            throw new InvalidOperationException();
        }

        /// <summary>Sees to it that so many parameters from one on are there.</summary>
        protected void CheckRange(int first, int count)
        {
            if (first < 0 || count < 0 || first > ParameterCount - count)
            {
                throw new ArgumentOutOfRangeException("first");
            }
        }
    }
}
