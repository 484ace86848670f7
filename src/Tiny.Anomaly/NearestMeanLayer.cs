using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Anomaly
{
    /// <summary>A layer that tells how far its inputs are from the nearest of some means.</summary>
    /// <remarks>
    /// The order of summation: inputs descending, an odd last one by itself, then by twos; the first
    /// of equally near means. Nothing is farther than <see cref="Farthest"/>.
    /// </remarks>
    /// <seealso cref="AnomalyDetector"/>
    public sealed class NearestMeanLayer : Layer
    {
        /// <summary>The largest distance, times the inputs: what is farther counts as this far.</summary>
        public const float Farthest = 1e24f;

        /// <summary>(inputs) reciprocals of variances; 0 for an input that does not count.</summary>
        public readonly float[] Precisions;

        /// <summary>(means)(inputs).</summary>
        public readonly float[][] Means;

        /// <summary>Means in use.</summary>
        public int Count;

        /// <summary>The mean that was the nearest of the last sample.</summary>
        public int Nearest;

        private bool isPlain; // whether inputs come as they are, without normalization

        /// <summary>A layer with room for so many means and inputs.</summary>
        /// <param name="means">Means, 1 or more.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        public NearestMeanLayer(int means, int inputs)
        {
            Precisions = new float[inputs];
            Means = new float[means][];
            for (int k = 0; k < means; k++)
            {
                Means[k] = new float[inputs];
            }
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return NearestMean.NearestMeanCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Inputs * (1 + Count); }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return reader.AttributeUInt16(0) <= Means.Length && reader.InputLength <= Precisions.Length;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Count = reader.AttributeUInt16(0);
            isPlain = reader.InputForm == InputForm.Values;
            for (int i = 0; isPlain && i < reader.Inputs; i++)
            {
                int at = reader.NormalizationAt + 8 * i;
                isPlain = reader.FloatAt(at) == 0f && reader.FloatAt(at + 4) == 1f;
            }

            for (int i = 0; reader.WeightsAt >= 0 && i < ParameterCount; i++)
            {
                float[] array = i < Inputs ? Precisions : Means[i / Inputs - 1];
                array[i % Inputs] = reader.FloatAt(reader.WeightsAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Output[0] = Distance(Input) / Inputs;
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            float[] x = sample;
            if (!isPlain)
            {
                x = Input;
                scaling.Normalize(x, sample);
            }

            Output[0] = Distance(x) / Inputs;
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                int at = first + i;
                destination[i] = at < Inputs ? Precisions[at] : Means[at / Inputs - 1][at % Inputs];
            }
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                if (source[i] - source[i] != 0f || (first + i < Inputs && source[i] < 0f))
                {
                    throw new ArgumentException("Parameter " + (first + i) + " is not a finite number, or a precision below 0.", "source");
                }
            }

            for (int i = 0; i < count; i++)
            {
                int at = first + i;
                float[] array = at < Inputs ? Precisions : Means[at / Inputs - 1];
                array[at % Inputs] = source[i];
            }
        }

        /// <summary>The squared distance from the nearest mean.</summary>
        private float Distance(float[] x)
        {
            float[] p = Precisions;
            float least = float.MaxValue;
            float off;
            float next;
            int nearest = 0;
            int inputs = Inputs;
            int k = 0;
            do
            {
                float[] m = Means[k];
                float sum = 0f;
                int j = inputs;
                if ((j & 1) != 0)
                {
                    j--;
                    off = x[j] - m[j];
                    sum = off * off * p[j];
                }

                while (j != 0)
                {
                    j--;
                    off = x[j] - m[j];
                    off *= off * p[j];
                    j--;
                    next = x[j] - m[j];
                    sum += off + next * next * p[j];
                }

                if (sum < least)
                {
                    least = sum;
                    nearest = k;
                }

                k++;
            }
            while (k != Count);
            Nearest = nearest;
            return least < Farthest ? least : Far(x);
        }

        /// <summary>What stands for a distance that is too large, if the inputs are finite.</summary>
        private float Far(float[] x)
        {
            for (int i = 0; i < Inputs; i++)
            {
                if (x[i] - x[i] != 0f)
                {
                    throw new ArgumentException("inputs[" + i + "] is not a finite number.", "inputs");
                }
            }

            return Farthest;
        }
    }
}
