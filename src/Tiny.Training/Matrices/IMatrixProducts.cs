namespace Tiny.Training.Matrices;

/// <summary>
/// The three products of a dense layer on a batch. All matrices are row-major: x (n, d) inputs, w (d, h) weights, z (n, h) sums. Every
/// element is summed in one fixed order, so that the result does not depend on the number of threads.
/// </summary>
public interface IMatrixProducts
{
    /// <summary>z = x w + b, b (h) added to each row.</summary>
    void Forward(float[] z, float[] x, ReadOnlyMemory<float> w, ReadOnlyMemory<float> b, int n, int d, int h);

    /// <summary>dw (d, h) = x^T dz.</summary>
    void WeightGradient(Memory<float> dw, float[] x, float[] dz, int n, int d, int h);

    /// <summary>dx (n, d) = dz w^T.</summary>
    void InputGradient(float[] dx, float[] dz, ReadOnlyMemory<float> w, int n, int d, int h);
}
