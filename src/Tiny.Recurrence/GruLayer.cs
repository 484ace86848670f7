using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// Gated recurrent units, whose products are those of dense layers: so they have the kernels that are registered, small or wide, and
    /// their order of summation. A step of 16 units over three channels costs about 912 multiply-accumulates and 48 activations.
    /// </summary>
    /// <remarks>Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    /// <seealso cref="Gru"/>
    public sealed class GruLayer : RecurrentLayer
    {
        /// <summary>Whether its gates are computed and not read from the table.</summary>
        public bool IsExact;

        private readonly DenseLayer gates;    // (2 units, channels + units) z, then r
        private readonly DenseLayer ofSample; // (units, channels) of n
        private readonly DenseLayer ofState;  // (units, units) of n
        private readonly float[] joined;      // a sample, and the state behind it
        private readonly float[] gateSums;
        private readonly float[] sampleSums;
        private readonly float[] stateSums;
        private readonly float[] one = new float[1]; // a parameter on its way

        /// <summary>Room for so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public GruLayer(int units, int channels)
            : base(units)
        {
            Dense dense = (Dense)LayerKinds.Find(Dense.DenseCode);
            gates = dense.NewLayer(2 * units, channels + units);
            ofSample = dense.NewLayer(units, channels);
            ofState = dense.NewLayer(units, units);
            joined = new float[(channels + units + 1) & ~1];
            gateSums = new float[gates.Biases.Length];
            sampleSums = new float[ofSample.Biases.Length];
            stateSums = new float[ofState.Biases.Length];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Gru.GruCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return gates.ParameterCount + ofSample.ParameterCount + ofState.ParameterCount; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Gru.Prepare(reader);
            int units = reader.AttributeUInt16(0);
            int channels = reader.Dimension(reader.Input, 2);
            return 2 * units <= gates.Biases.Length && units <= State.Length && channels + units <= gates.InputCapacity
                && channels <= ofSample.InputCapacity && units <= ofState.InputCapacity;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            IsExact = (reader.Attribute(RecurrentKind.FlagsAt) & RecurrentKind.Exact) != 0;
            base.Read(reader, buffers);
        }

        /// <inheritdoc/>
        public override void Advance(float[] x, int at)
        {
            int units = Units;
            int channels = Channels;
            float[] h = State;
            Array.Copy(x, at, joined, 0, channels);
            Array.Copy(h, 0, joined, channels, units);
            gates.Forward();
            ofSample.Forward();
            ofState.Forward();
            if (IsExact)
            {
                MixExactly(h, gateSums, sampleSums, stateSums, units);
            }
            else
            {
                Mix(h, gateSums, sampleSums, stateSums, units);
            }
        }

        private static void MixExactly(float[] h, float[] g, float[] n, float[] m, int units)
        {
            int j = units;
            do
            {
                j--;
                float a = n[j] + m[j] / (1f + Exponential.Exp(-g[j + units]));
                a = 1f - 2f / (1f + Exponential.Exp(a + a));
                h[j] = a + (h[j] - a) / (1f + Exponential.Exp(-g[j]));
            }
            while (j != 0);
        }

        /// <summary>
        /// The three activations and what they mix, in one loop: each as SigmoidTable has it, whose
        /// calls and loops would cost the device a tenth of the step more.
        /// </summary>
        private static void Mix(float[] h, float[] g, float[] n, float[] m, int units)
        {
            // In the order of use: the first four locals are the cheapest.
            float gate;
            int piece;
            int j = units;
            float a;
            float[] intercepts = SigmoidTable.Shared.Intercepts;
            float[] slopes = SigmoidTable.Shared.Slopes;

            // A local costs less than a constant of four bytes.
            float range = SigmoidTable.Range;
            float least = -SigmoidTable.Range;
            float pieces = SigmoidTable.PiecesPerUnit;
            float middle = 128f;
            do
            {
                j--;
                gate = g[j + units];
                if (gate < range)
                {
                    if (gate > least)
                    {
                        piece = (int)(gate * pieces + middle);
                        gate = intercepts[piece] + gate * slopes[piece];
                    }
                    else
                    {
                        gate = 0f;
                    }
                }
                else
                {
                    gate = range <= gate ? 1f : gate;
                }

                a = n[j] + gate * m[j];
                a += a;
                if (a < range)
                {
                    if (a > least)
                    {
                        piece = (int)(a * pieces + middle);
                        a = 2f * (intercepts[piece] + a * slopes[piece]) - 1f;
                    }
                    else
                    {
                        a = -1f;
                    }
                }
                else
                {
                    a = range <= a ? 1f : a;
                }

                gate = g[j];
                if (gate < range)
                {
                    if (gate > least)
                    {
                        piece = (int)(gate * pieces + middle);
                        gate = intercepts[piece] + gate * slopes[piece];
                    }
                    else
                    {
                        gate = 0f;
                    }
                }
                else
                {
                    gate = range <= gate ? 1f : gate;
                }

                h[j] = a + (h[j] - a) * gate;
            }
            while (j != 0);
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            int at = first;
            DenseLayer part = Part(ref at);
            if (count <= part.ParameterCount - at)
            {
                part.CopyParameters(destination, at, count);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                at = first + i;
                Part(ref at).CopyParameters(one, at, 1);
                destination[i] = one[0];
            }
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            int at = first;
            DenseLayer part = Part(ref at);
            if (count <= part.ParameterCount - at)
            {
                part.SetParameters(source, at, count);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                if (source[i] - source[i] != 0f)
                {
                    throw Guard.NotFinite("source", i);
                }
            }

            for (int i = 0; i < count; i++)
            {
                at = first + i;
                one[0] = source[i];
                Part(ref at).SetParameters(one, at, 1);
            }
        }

        /// <inheritdoc/>
        protected override void Shape(int units, int channels)
        {
            Shape(gates, 2 * units, channels + units, joined, gateSums);
            Shape(ofSample, units, channels, joined, sampleSums);
            Shape(ofState, units, units, State, stateSums);
        }

        /// <summary>The part that has a parameter, and its number there.</summary>
        private DenseLayer Part(ref int at)
        {
            DenseLayer part = gates;
            if (at >= gates.ParameterCount)
            {
                at -= gates.ParameterCount;
                part = ofSample;
                if (at >= ofSample.ParameterCount)
                {
                    at -= ofSample.ParameterCount;
                    part = ofState;
                }
            }

            return part;
        }
    }
}
