using System;
using Tiny.Core.Blobs;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A layer of a network: made by its <see cref="LayerKind"/> with memory for a node, bound to the network's
    /// buffers when a model is loaded, and from then on passing samples through without allocating.
    /// </summary>
    /// <remarks>
    /// A prediction makes one virtual call for each layer; inside it, keep to locals, and sum in
    /// one fixed order, so that desktop and device give the same bits.
    /// </remarks>
    /// <seealso cref="LayerKinds"/>
    public abstract class Layer
    {
        /// <summary>The code of the layer's kind.</summary>
        public abstract int Kind { get; }

        // Public fields, and not properties: a property costs the device a call of about 400 instructions.

        /// <summary>Values the layer takes now.</summary>
        public int Inputs;

        /// <summary>Values the layer gives now.</summary>
        public int Outputs;

        /// <summary>
        /// Whether learning leaves the layer's parameters alone. Layers of kinds without a learner it leaves alone in any case.
        /// </summary>
        public bool Frozen;

        /// <summary>(Inputs) or longer, the buffer that the layer reads; null where it is not of floats, or the user's sample.</summary>
        public float[] Input;

        /// <summary>(Outputs) or longer, the buffer that the layer writes; null where it is not of floats.</summary>
        public float[] Output;

        /// <summary>Weights, biases and whatever else learning could change; 0 for a layer without.</summary>
        public virtual int ParameterCount
        {
            get { return 0; }
        }

        /// <summary>
        /// Whether the node fits into this layer's memory; makes what the layer shares with others,
        /// such as the sigmoid's table, if it is not there yet.
        /// </summary>
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
        /// <param name="sample">(Inputs), the user's sample; not yet known to be finite.</param>
        /// <param name="scaling">Normalizes it.</param>
        /// <exception cref="ArgumentException">A value is not finite.</exception>
        public abstract void Enter(float[] sample, Scaling scaling);

        /// <summary>The same from levels, for a first layer that takes bytes.</summary>
        /// <param name="levels">(Inputs) bytes, from 0 to 255.</param>
        /// <exception cref="InvalidOperationException">The layer takes values, not levels.</exception>
        public virtual void EnterLevels(byte[] levels)
        {
            throw new InvalidOperationException("The network takes values.");
        }

        /// <summary>Copies what the layer last gave to its buffer of floats.</summary>
        /// <param name="values">(Outputs) or longer.</param>
        public virtual void CopyOutputs(float[] values)
        {
            Array.Copy(Output, values, Outputs);
        }

        /// <summary>
        /// Forgets the samples before, in a layer that keeps something of them from one prediction to the next, as layers of a stream do.
        /// </summary>
        /// <returns>How many values of those that it takes it keeps; 0 where that is a state without
        /// end; -1 where it keeps nothing, as most layers.</returns>
        public virtual int Reset()
        {
            return -1;
        }

        /// <summary>Copies some of the parameters, in the order of the blob.</summary>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="InvalidOperationException">They are packed: what reads them back is an
        /// unpacker of Tiny.Saving, as of Tiny.Int8.Saving.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Not all of these parameters are there.</exception>
        public virtual void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            if (count != 0)
            {
                throw new InvalidOperationException();
            }
        }

        /// <summary>Sets some of the parameters, all finite, in the order of the blob.</summary>
        /// <param name="source">(count) or longer, all finite.</param>
        /// <param name="first">The first parameter to set, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="InvalidOperationException">The layer's parameters are fixed.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Not all of these parameters are there.</exception>
        /// <exception cref="ArgumentException">A value is not finite. Nothing was changed.</exception>
        public virtual void SetParameters(float[] source, int first, int count)
        {
            throw new InvalidOperationException();
        }

        /// <summary>Sees to it that so many parameters from one on are there.</summary>
        /// <param name="first">The first parameter.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentOutOfRangeException">Not all of them are there.</exception>
        protected void CheckRange(int first, int count)
        {
            if (first < 0 || count < 0 || first > ParameterCount - count)
            {
                throw new ArgumentOutOfRangeException("first");
            }
        }
    }
}
