using Tiny.Core.Layers;

namespace Tiny.FewLabels
{
    /// <summary>
    /// The means of classes in the field: those of training, moved by what the field's examples have in
    /// common and by what a class's own have besides, each shrunk toward what was known before; and the
    /// plain means of classes that training never saw. All memory is taken here.
    /// </summary>
    /// <remarks>
    /// With d the differences of examples from their class's mean in training, S = (sum of all d) / (N + 5) is what all classes
    /// have in common, as when a sensor sits another way. A class of n examples stands at mean + S + (sum of its d - n S) / (n +
    /// 5). In which order examples came makes no difference but for rounding. Half the negative squared distance of a sample
    /// from a mean, but for the sample's own square, is a sum like that of a dense layer, so a dense layer finds it. An example
    /// changes sums alone; the layer's rows follow before the next answer.
    /// </remarks>
    internal sealed class ClassMeans
    {
        /// <summary>As many examples as this weigh as much as training does.</summary>
        internal const float Shrinkage = 5f;

        // Where a class has so many, the older ones count half: a memory, and far from where a float has no room for one more.
        private const int MostCounted = 1024;

        internal readonly PrototypeSection Section;
        internal readonly int[] Counts;      // (classes) examples
        internal readonly float[][] Sums;    // (classes)(features) of differences from the mean in training; of new classes, of examples
        internal readonly float[] Scores;    // (classes) half the negative squared distances of the last sample, but for half its square
        internal readonly DenseLayer Layer;  // (classes, features) means times precisions, and half the negative squared means
        internal int Labels;                 // examples of the classes of training
        private readonly float[] shift;      // (features) what all classes have in common
        internal bool IsPlaced;              // whether the layer's rows are where the sums say

        /// <summary>Means that stand where training left them.</summary>
        /// <param name="section">Those of training.</param>
        /// <param name="capacity">Classes there is room for.</param>
        /// <param name="features">(features) where the features of a sample stand when it is measured.</param>
        internal ClassMeans(PrototypeSection section, int capacity, float[] features)
        {
            int count = section.Features;
            Section = section;
            Counts = new int[capacity];
            Sums = new float[capacity][];
            for (int k = 0; k < capacity; k++)
            {
                Sums[k] = new float[count];
            }

            Scores = new float[(capacity + 1) & ~1];
            shift = new float[count];
            Layer = new DenseLayer(capacity, count);
            Layer.Rows = capacity;
            Layer.Inputs = count;
            Layer.Outputs = capacity;
            Layer.Input = features;
            Layer.Output = Scores;
        }

        /// <summary>a P a of the sample's features, which the scores leave out.</summary>
        internal float OwnSquare()
        {
            float[] p = Section.Precisions;
            float[] a = Layer.Input;
            float sum = 0f;
            float first;
            float second;
            int j = p.Length;
            if ((j & 1) != 0)
            {
                j--;
                first = a[j];
                sum = first * first * p[j];
            }

            while (j != 0)
            {
                j--;
                first = a[j];
                first *= first * p[j];
                j--;
                second = a[j];
                sum += first + second * second * p[j];
            }

            return sum;
        }

        /// <summary>
        /// The squared distance of the sample from a class's mean in training; where it is above the limit, some number above it.
        /// </summary>
        internal float FactoryDistance(int k, float limit)
        {
            float[] p = Section.Precisions;
            float[] m = Section.Means[k];
            float[] a = Layer.Input;
            float sum = 0f;
            float first;
            float second;
            int j = p.Length;
            if ((j & 1) != 0)
            {
                j--;
                first = a[j] - m[j];
                sum = first * first * p[j];
            }

            while (j != 0 && sum <= limit)
            {
                j--;
                first = a[j] - m[j];
                first *= first * p[j];
                j--;
                second = a[j] - m[j];
                sum += first + second * second * p[j];
            }

            return sum;
        }

        /// <summary>Adds the sample as an example: an addition for each feature.</summary>
        internal void Add(int k)
        {
            float[] a = Layer.Input;
            float[] sums = Sums[k];
            int j = sums.Length;
            if (k < Section.Classes)
            {
                float[] m = Section.Means[k];
                do
                {
                    j--;
                    sums[j] += a[j] - m[j];
                }
                while (j != 0);
                Labels++;
            }
            else
            {
                do
                {
                    j--;
                    sums[j] += a[j];
                }
                while (j != 0);
            }

            IsPlaced = false;
            Counts[k]++;
            if (Counts[k] == MostCounted)
            {
                Halve(k);
            }
        }

        /// <summary>Forgets the examples of a class.</summary>
        internal void Clear(int k)
        {
            Counts[k] = 0;
            for (int j = 0; j < shift.Length; j++)
            {
                Sums[k][j] = 0f;
            }

            Recount();
        }

        /// <summary>Takes note of sums and counts that were set.</summary>
        internal void Recount()
        {
            Labels = 0;
            for (int k = 0; k < Section.Classes; k++)
            {
                Labels += Counts[k];
            }

            IsPlaced = false;
        }

        private void Halve(int k)
        {
            Counts[k] = MostCounted / 2;
            for (int j = 0; j < shift.Length; j++)
            {
                Sums[k][j] *= 0.5f;
            }

            Recount();
        }

        /// <summary>Puts every class's row where its sums say: to be done before the layer measures a sample.</summary>
        internal void Place()
        {
            float part = 1f / (Labels + Shrinkage);
            float[] common = shift;
            for (int j = 0; j < common.Length; j++)
            {
                common[j] = 0f;
            }

            for (int k = 0; k < Section.Classes; k++)
            {
                if (Counts[k] != 0)
                {
                    float[] sums = Sums[k];
                    int j = common.Length;
                    do
                    {
                        j--;
                        common[j] += sums[j] * part;
                    }
                    while (j != 0);
                }
            }

            for (int k = 0; k < Counts.Length; k++)
            {
                PlaceRow(k);
            }

            IsPlaced = true;
        }

        /// <summary>Writes a class's row, block by block as the layer has them: its mean times the precisions.</summary>
        private void PlaceRow(int k)
        {
            int n = Counts[k];
            bool known = k < Section.Classes;
            float factor = known ? 1f / (n + Shrinkage) : n == 0 ? 0f : 1f / n;
            float share = known ? Shrinkage * factor : 0f; // of the shift
            float square = 0f;
            int block = 0;
            for (int j = 0; j < shift.Length; block++)
            {
                float[] row = block == 0 ? Layer.Weights[k >> 1] : Layer.Later[block - 1][k >> 1];
                int end = j + (row.Length >> 1);
                end = end < shift.Length ? end : shift.Length;

                // A new class stands where its sums say, and they stand in for a mean that they are not added to.
                square += PlaceBlock(row, k & 1, j, end, Sums[k], known ? Section.Means[k] : Sums[k], factor, known ? 1f : 0f, share);
                j = end;
            }

            Layer.Biases[k] = -0.5f * square;
        }

        private float PlaceBlock(float[] row, int at, int j, int end, float[] sums, float[] m, float factor, float ofMean, float share)
        {
            float[] p = Section.Precisions;
            float[] common = shift;
            float square = 0f;
            do
            {
                float mean = m[j] * ofMean + sums[j] * factor + common[j] * share;
                float weight = mean * p[j];
                row[at] = weight;
                square += mean * weight;
                at += 2;
                j++;
            }
            while (j != end);
            return square;
        }
    }
}
