namespace Tiny.Convolution
{
    /// <summary>The sum of two buffers.</summary>
    /// <seealso cref="Add"/>
    public sealed class AddLayer : MergeLayer
    {
        /// <inheritdoc/>
        public override int Kind
        {
            get { return Add.AddCode; }
        }

        /// <inheritdoc/>
        protected override void Run(float[] a, float[] b, float[] z)
        {
            for (int i = Outputs - 1; i >= 0; i--)
            {
                z[i] = a[i] + b[i];
            }
        }
    }
}
