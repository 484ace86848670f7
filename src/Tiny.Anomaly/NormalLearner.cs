namespace Tiny.Anomaly
{
    /// <summary>Teaches a detector that a sample is normal. Allocates nothing.</summary>
    /// <seealso cref="AnomalyDetector"/>
    public abstract class NormalLearner
    {
        /// <summary>Learns a sample.</summary>
        /// <param name="sample">(inputs), in the user's units, all finite.</param>
        /// <returns>False, and nothing has changed, if learning it would leave the finite numbers.</returns>
        public abstract bool Learn(float[] sample);
    }
}
