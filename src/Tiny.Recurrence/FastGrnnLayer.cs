using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// FastGRNN units, whose product is a dense layer's: so it has the kernels that are registered, small or wide, and their order
    /// of summation. A step of 16 units over three channels costs 304 multiply-accumulates and 32 activations.
    /// </summary>
    /// <remarks>Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    /// <seealso cref="FastGrnn"/>
    public sealed class FastGrnnLayer : RecurrentLayer
    {
        private readonly DenseLayer sums; // (units, channels + units) a
        private readonly float[] joined;  // a sample, and the state behind it
        private readonly float[] results; // a of each unit
        private readonly float[] offsets; // (units, made even) c
        private readonly float[] one = new float[1]; // a parameter on its way
        private float zeta;
        private float nu;

        /// <summary>Room for so many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public FastGrnnLayer(int units, int channels)
            : base(units)
        {
            sums = ((Dense)LayerKinds.Find(Dense.DenseCode)).NewLayer(units, channels + units);
            joined = new float[(channels + units + 1) & ~1];
            results = new float[sums.Biases.Length];
            offsets = new float[(units + 1) & ~1];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return FastGrnn.FastGrnnCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return sums.ParameterCount + Units + 2; }
        }

        /// <summary>Whether a number may be zeta or nu: from 0 to 1.</summary>
        /// <param name="value">Any number.</param>
        public static bool IsShare(float value)
        {
            // What is not a number is not within, on the desk as on the device: compared with < and <= alone.
            return 0f <= value && value <= 1f && Guard.IsFinite(value);
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            int units = reader.AttributeUInt16(0);
            int channels = reader.Dimension(reader.Input, 2);
            return units <= sums.Biases.Length && units <= State.Length && channels + units <= sums.InputCapacity;
        }

        /// <inheritdoc/>
        public override void Advance(float[] x, int at)
        {
            int units = Units;
            int channels = Channels;
            float[] h = State;
            Array.Copy(x, at, joined, 0, channels);
            Array.Copy(h, 0, joined, channels, units);
            sums.Forward();
            Mix(h, results, offsets, units, zeta, zeta + nu);
        }

        /// <summary>The two activations and what they mix, in one loop: each as SigmoidTable has it.</summary>
        private static void Mix(float[] h, float[] sums, float[] c, int units, float zeta, float most)
        {
            // In the order of use: the first four locals are the cheapest.
            float gate;
            int piece;
            int j = units;
            float a;
            float[] intercepts = SigmoidTable.Shared.Intercepts;
            float[] slopes = SigmoidTable.Shared.Slopes;
            do
            {
                j--;
                gate = sums[j];
                a = gate + c[j];
                if (gate < SigmoidTable.Range)
                {
                    if (gate > -SigmoidTable.Range)
                    {
                        piece = (int)(gate * SigmoidTable.PiecesPerUnit + 128f);
                        gate = intercepts[piece] + gate * slopes[piece];
                    }
                    else
                    {
                        gate = 0f;
                    }
                }
                else
                {
                    gate = SigmoidTable.Range <= gate ? 1f : gate;
                }

                a += a;
                if (a < SigmoidTable.Range)
                {
                    if (a > -SigmoidTable.Range)
                    {
                        piece = (int)(a * SigmoidTable.PiecesPerUnit + 128f);
                        a = 2f * (intercepts[piece] + a * slopes[piece]) - 1f;
                    }
                    else
                    {
                        a = -1f;
                    }
                }
                else
                {
                    a = SigmoidTable.Range <= a ? 1f : a;
                }

                h[j] = most * a + (h[j] - zeta * a) * gate;
            }
            while (j != 0);
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            int rows = sums.ParameterCount;
            int most = rows - first < count ? rows - first : count;
            if (most > 0)
            {
                sums.CopyParameters(destination, first, most);
            }

            for (int i = most > 0 ? most : 0; i < count; i++)
            {
                int at = first + i - rows;
                destination[i] = at < Units ? offsets[at] : at == Units ? zeta : nu;
            }
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">A number is not finite, or zeta or nu not from 0 to 1; then nothing changes.</exception>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            int rows = sums.ParameterCount;
            for (int i = 0; i < count; i++)
            {
                if (!Guard.IsFinite(source[i]))
                {
                    throw Guard.NotFinite("source", i);
                }

                if (first + i >= rows + Units && !IsShare(source[i]))
                {
                    throw new ArgumentException("source[" + i + "] is zeta or nu, expected from 0 to 1.", "source");
                }
            }

            for (int i = 0; i < count; i++)
            {
                Set(first + i, rows, source[i]);
            }
        }

        private void Set(int at, int rows, float value)
        {
            if (at < rows)
            {
                one[0] = value;
                sums.SetParameters(one, at, 1);
            }
            else if (at < rows + Units)
            {
                offsets[at - rows] = value;
            }
            else if (at == rows + Units)
            {
                zeta = value;
            }
            else
            {
                nu = value;
            }
        }

        /// <inheritdoc/>
        protected override void Shape(int units, int channels)
        {
            Shape(sums, units, channels + units, joined, results);
        }
    }
}
