namespace Tiny.Samples
{
    /// <summary>A sensor of acceleration along three axes.</summary>
    public interface IAccelerometer
    {
        /// <summary>Reads the latest sample: x, y and z. Allocates nothing.</summary>
        void Read(float[] sample);
    }
}
