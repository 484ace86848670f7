namespace Tiny.Features
{
    /// <summary>
    /// The features of one channel's window, in their order. One pass of <see cref="WindowPasses"/> finds mean,
    /// least, greatest and differences; one more what is about the mean; one for each band.
    /// </summary>
    /// <remarks>What each costs is in tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    internal sealed class WindowFeatures
    {
        private readonly FeatureKinds kinds;
        private readonly float[] coefficients; // (bands), null without any
        private readonly WindowPasses passes = WindowPasses.Registered();
        private readonly float[] range = new float[WindowPasses.RangeCount];

        internal WindowFeatures(FeatureDescription description)
        {
            kinds = description.Kinds;
            Count = description.Count;
            if (description.Bands > 0)
            {
                coefficients = new float[description.Bands];
                for (int i = 0; i < coefficients.Length; i++)
                {
                    coefficients[i] = description.GetCoefficient(i);
                }
            }
        }

        internal int Count { get; }

        /// <summary>
        /// Writes the features of a ring whose oldest sample is at <paramref name="oldest"/>; returns where the next channel's go.
        /// </summary>
        internal int Compute(float[] destination, int at, float[] ring, int oldest)
        {
            if ((kinds & (FeatureKinds.Minimum | FeatureKinds.Maximum | FeatureKinds.MeanDifference)) != 0)
            {
                passes.FindRange(ring, oldest, range);
            }
            else
            {
                passes.FindMean(ring, oldest, range);
            }

            float mean = range[WindowPasses.Mean];

            if ((kinds & FeatureKinds.Mean) != 0)
            {
                destination[at++] = mean;
            }

            if ((kinds & FeatureKinds.Deviation) != 0)
            {
                destination[at++] = passes.Deviation(ring, oldest, mean);
            }

            if ((kinds & FeatureKinds.Minimum) != 0)
            {
                destination[at++] = range[WindowPasses.Least];
            }

            if ((kinds & FeatureKinds.Maximum) != 0)
            {
                destination[at++] = range[WindowPasses.Greatest];
            }

            if ((kinds & FeatureKinds.MeanDifference) != 0)
            {
                destination[at++] = range[WindowPasses.MeanDifference];
            }

            if ((kinds & FeatureKinds.Crossings) != 0)
            {
                destination[at++] = passes.Crossings(ring, oldest, mean);
            }

            if (coefficients != null)
            {
                for (int band = 0; band < coefficients.Length; band++)
                {
                    destination[at++] = passes.Band(ring, oldest, mean, coefficients[band]);
                }
            }

            return at;
        }
    }
}
