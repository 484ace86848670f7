using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// A layer with a state: a sample of a signal moves it, and it is what the layer gives. Over a window it begins at 0 and
    /// takes every sample; in a stream it is kept from one prediction to the next, with the same bits.
    /// </summary>
    /// <seealso cref="Gru"/>
    public abstract class RecurrentLayer : Layer
    {
        /// <summary>(units, made even) the state.</summary>
        public readonly float[] State;

        /// <summary>Units in use.</summary>
        public int Units;

        /// <summary>Channels of a sample.</summary>
        public int Channels;

        /// <summary>Whether the layer gives the state after every sample, not only the last.</summary>
        public bool GivesEvery;

        /// <summary>Whether the state is kept from one prediction to the next, as in a stream.</summary>
        public bool KeepsState;

        /// <summary>A layer with room for so many units.</summary>
        /// <param name="units">Units, 1 or more.</param>
        protected RecurrentLayer(int units)
        {
            State = new float[(units + 1) & ~1];
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Units = reader.AttributeUInt16(0);
            Channels = reader.Dimension(reader.Input, 2);
            GivesEvery = (reader.Attribute(RecurrentKind.FlagsAt) & RecurrentKind.GivesEvery) != 0;
            KeepsState = (reader.Attribute(RecurrentKind.FlagsAt) & RecurrentKind.KeepsState) != 0;
            Shape(Units, Channels);
            if (reader.WeightsAt >= 0)
            {
                ReadWeights(reader);
            }

            Reset();
        }

        /// <summary>Begins anew: the state becomes 0.</summary>
        public override int Reset()
        {
            Array.Clear(State, 0, State.Length);
            return KeepsState ? 0 : -1;
        }

        /// <summary>Takes a sample into the state.</summary>
        /// <param name="x">(at + channels) or longer; holds the sample, normalized.</param>
        /// <param name="at">Where it begins.</param>
        public abstract void Advance(float[] x, int at);

        /// <inheritdoc/>
        public override void Forward()
        {
            float[] x = Input;
            float[] z = Output;
            int end = Inputs;
            int channels = Channels;
            int to = 0;
            bool every = GivesEvery;
            if (!KeepsState)
            {
                Reset();
            }

            for (int at = 0; at < end; at += channels)
            {
                Advance(x, at);
                if (every)
                {
                    Array.Copy(State, 0, z, to, Units);
                    to += Units;
                }
            }

            if (!every)
            {
                Array.Copy(State, 0, z, 0, Units);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            float[] x = Input;
            scaling.Normalize(x, sample);
            if (!KeepsState || Inputs != Channels)
            {
                Forward();
                return;
            }

            // A stream's sample costs less without the loop over a window.
            Advance(x, 0);
            Array.Copy(State, 0, Output, 0, Units);
        }

        /// <summary>Becomes so many units over so many channels, of those there is room for.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        protected abstract void Shape(int units, int channels);

        /// <summary>
        /// Makes a dense layer one of so many rows over so many inputs, without an activation, from one array to another.
        /// </summary>
        /// <param name="layer">The dense layer.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="from">(inputs) or longer, what it reads.</param>
        /// <param name="to">(rows, made even) or longer, what it writes.</param>
        protected static void Shape(DenseLayer layer, int rows, int inputs, float[] from, float[] to)
        {
            layer.Input = from;
            layer.Output = to;
            layer.Rows = rows;
            layer.Outputs = rows;
            layer.Inputs = inputs;
            layer.Activation = Activation.Linear;
            layer.ClearSpareRow();
        }

        /// <summary>Takes the weights of a node.</summary>
        protected virtual void ReadWeights(BlobReader reader)
        {
            // The state is room for some of them on their way: it is 0 again behind them.
            float[] some = State;
            int all = ParameterCount;
            int at = reader.WeightsAt;
            for (int first = 0; first < all; first += some.Length)
            {
                int count = all - first < some.Length ? all - first : some.Length;
                for (int i = 0; i < count; i++)
                {
                    some[i] = reader.FloatAt(at);
                    at += 4;
                }

                SetParameters(some, first, count);
            }
        }
    }
}
