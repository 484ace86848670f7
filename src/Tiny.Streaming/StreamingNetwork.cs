using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Streaming
{
    /// <summary>
    /// A network that is fed sample by sample: <see cref="Push(float[])"/> advances what its layers keep, and the
    /// layers behind the last that keeps something run only when an answer is asked for. For models of tiny train
    /// --stream. Memory is taken when it is made; nothing allocates afterward.
    /// </summary>
    /// <remarks>Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    /// <example>
    /// <code>
    /// StreamingNetwork stream = new StreamingNetwork(network);
    /// if (stream.Push(sample))                                   // sample: (channels); true when an answer is due
    /// {
    ///     int started = stream.Detect();                         // the class whose event begins now, or -1
    /// }
    /// </code>
    /// </example>
    public sealed class StreamingNetwork
    {
        // In the description of the features: see src/BLOB-FORMAT.md, Features. It is read here so that who streams need not carry
        // Tiny.Features.
        private const int WindowAt = 4;

        private readonly Network network;
        private readonly int values; // of a sample
        private readonly int body;   // layers up to the last that keeps something
        private readonly Scaling scaling;
        private readonly Layer first; // of a network whose blocks are single samples; else null
        private int filled;          // values of the block so far
        private int samples;         // since the last reset
        private int lastTime;

        /// <summary>(samples of a block * values of a sample) the samples that come next into the network, from the oldest on.</summary>
        public readonly float[] Block;

        /// <summary>(Outputs) what <see cref="Detect"/> last found: probabilities, scores or values.</summary>
        public readonly float[] Outputs;

        /// <summary>Turns answers into events, each told once; null for a regression.</summary>
        public readonly EventDetector Events;

        /// <summary>
        /// Samples from a reset to the first answer. Unless set: as many as the windows had that the model was trained on, and no fewer
        /// than its layers must have seen for their memory to be full.
        /// </summary>
        public int WarmUp;

        /// <summary>
        /// Milliseconds between two samples above which what came before is forgotten, in <see cref="Push(float[], int)"/>; 0, as it is
        /// unless set, for never.
        /// </summary>
        public int TimeOut;

        /// <summary>Streams a network, from a beginning without a past.</summary>
        /// <param name="network">One whose layers keep what they need of the samples before: made by tiny train --stream, or with recurrent
        /// layers that keep their state.</param>
        /// <exception cref="ArgumentException">No layer of it keeps anything; or none behind answers, or one writes over what is
        /// kept.</exception>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public StreamingNetwork(Network network)
        {
            Guard.NotNull(network, "network");
            this.network = network;
            byte[] plan = new byte[BlobFormat.PlanFrom + network.Notes.PlanBytes];
            network.Notes.CopyPlan(plan, BlobFormat.PlanFrom);
            int rows = (plan[BlobFormat.SectionsAt] & BlobFormat.HasShape) == 0 ? 1 : FloatBits.ReadUInt16(plan, BlobFormat.PlanAt);
            values = network.Inputs / rows;
            Block = new float[network.Inputs];
            Outputs = new float[network.Outputs];
            Events = network.Task == NetworkTask.Regression ? null : new EventDetector(network.ClassCount);
            int toFill = rows;
            for (int i = 0; i < network.LayerCount; i++)
            {
                int kept = network.GetLayer(i).Reset();
                if (kept >= 0)
                {
                    body = i + 1;
                    toFill += kept * rows / network.GetLayer(i).Inputs;
                }
            }

            if (body == 0)
            {
                throw new ArgumentException("No layer of the network keeps anything: train it with tiny train --stream.", "network");
            }

            CheckHead();
            scaling = network.Scaling;
            first = Block.Length == values ? network.GetLayer(0) : null;
            WarmUp = toFill;
            if (network.Notes.FeatureBytes > WindowAt)
            {
                byte[] features = new byte[network.Notes.FeatureBytes];
                network.Notes.CopyFeatures(features, 0);
                int window = FloatBits.ReadUInt16(features, WindowAt);
                WarmUp = window > toFill ? window : toFill;
            }
        }

        /// <summary>Whether so many samples have come since the last reset that an answer means something.</summary>
        public bool IsReady
        {
            get { return samples >= WarmUp; }
        }

        /// <summary>Values of a sample: one of each channel.</summary>
        public int Values
        {
            get { return values; }
        }

        /// <summary>Forgets all samples, and the event that is under way.</summary>
        public void Reset()
        {
            for (int i = 0; i < body; i++)
            {
                network.GetLayer(i).Reset();
            }

            filled = 0;
            samples = 0;
            if (Events != null)
            {
                Events.Reset();
            }
        }

        /// <summary>
        /// Takes a sample. Where the layers' strides make blocks of several, it waits in <see cref="Block"/> until that is full.
        /// </summary>
        /// <param name="sample">(Values) in the user's units, all finite.</param>
        /// <returns>Whether there is something new to answer, by <see cref="Answer"/> or <see cref="Detect"/>.</returns>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        public bool Push(float[] sample)
        {
            Layer layer = first;
            if (layer == null)
            {
                if (!Gather(sample))
                {
                    return false;
                }

                Advance();
                return samples >= WarmUp;
            }

            // A sample is a block: straight into the layers, the first of which refuses what is not finite before anything is changed.
            if (sample == null || sample.Length != values)
            {
                throw Guard.WrongLength(sample, values, "inputs");
            }

            layer.Enter(sample, scaling);
            for (int i = 1; i != body; i++)
            {
                network.GetLayer(i).Forward();
            }

            int count = samples;
            if (count != int.MaxValue)
            {
                count++;
                samples = count;
            }

            return count >= WarmUp;
        }

        /// <summary>
        /// The same for a sample of a known time: behind a gap longer than <see cref="TimeOut"/>, or if the clock went back, the stream
        /// begins anew with it.
        /// </summary>
        /// <param name="sample">(Values) in the user's units, all finite.</param>
        /// <param name="milliseconds">When it was taken, since any start; after the largest int comes the least.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        public bool Push(float[] sample, int milliseconds)
        {
            int since = milliseconds - lastTime;
            if (samples > 0 && TimeOut > 0 && (since > TimeOut || since < 0))
            {
                Check(sample);
                Reset();
            }

            bool answers = Push(sample);
            lastTime = milliseconds;
            return answers;
        }

        /// <summary>Takes a sample into <see cref="Block"/> alone.</summary>
        /// <returns>Whether the block is full: it must go into the network before the next sample, by <see cref="Advance"/> or by a learner
        /// that takes the block.</returns>
        /// <exception cref="ArgumentException">As of <see cref="Push(float[])"/>.</exception>
        /// <param name="sample">(channels), all finite.</param>
        public bool Gather(float[] sample)
        {
            Check(sample);
            int count = values;
            Array.Copy(sample, 0, Block, filled, count);
            filled += count;
            if (samples < int.MaxValue)
            {
                samples++;
            }

            if (filled < Block.Length)
            {
                return false;
            }

            filled = 0;
            return true;
        }

        /// <summary>Takes the block into the network, up to the last layer that keeps something.</summary>
        /// <exception cref="ArgumentException">A value of the block is not finite.</exception>
        public void Advance()
        {
            network.Run(Block, body);
        }

        /// <summary>What the network answers now. Asking again changes nothing.</summary>
        /// <param name="outputs">Receives the outputs, (network.Outputs) or longer.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="InvalidOperationException">No whole block has come since the reset; or the answer is not finite, which a reset
        /// mends.</exception>
        /// <exception cref="ArgumentException">The array is null or too short.</exception>
        public int Answer(float[] outputs)
        {
            if (samples < Block.Length / values)
            {
                throw new InvalidOperationException("There is nothing to answer yet: ask when Push says so.");
            }

            int count = Outputs.Length;
            if (outputs == null || outputs.Length < count)
            {
                throw Guard.WrongLength(outputs, count, "outputs");
            }

            Layer layer = null;
            for (int i = body; i < network.LayerCount; i++)
            {
                layer = network.GetLayer(i);
                layer.Forward();
            }

            if (network.OutputFunction == Activation.Softmax)
            {
                int best = Softmax.Run(layer.Output, outputs, count);
                return best < 0 ? throw Guard.NotFinite(0) : best;
            }

            return network.Answer(layer.Output, outputs);
        }

        /// <summary>Answers into <see cref="Outputs"/>, and tells of an event once, when it begins.</summary>
        /// <returns>The class of an event that begins with this answer; -1 for none.</returns>
        /// <exception cref="InvalidOperationException">As of <see cref="Answer"/>; or the network is a regression.</exception>
        public int Detect()
        {
            Answer(Outputs);
            return Events != null ? Events.Observe(Outputs) : throw new InvalidOperationException("A regression has no events.");
        }

        /// <summary>
        /// The layers behind must leave alone what the last that keeps something gives, or a second answer would be another.
        /// </summary>
        private void CheckHead()
        {
            float[] given = network.GetLayer(body - 1).Output;
            for (int i = body; i < network.LayerCount; i++)
            {
                if (network.GetLayer(i).Output == given)
                {
                    throw new ArgumentException("Layer " + i + " writes over what layer " + (body - 1)
                        + " gives: give that a buffer of its own.", "network");
                }
            }

            if (body == network.LayerCount)
            {
                throw new ArgumentException("The last layer keeps something: add one behind it that answers.", "network");
            }
        }

        private void Check(float[] sample)
        {
            int count = values;
            if (sample == null || sample.Length != count)
            {
                throw Guard.WrongLength(sample, count, "sample");
            }

            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            float zero = 0f;
            for (int i = 0; i < count; i++)
            {
                float value = sample[i];
                zero += value - value;
            }

            if (zero != 0f)
            {
                throw new ArgumentException("A value is not a finite number.", "sample");
            }
        }
    }
}
