using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tiny.Core.Activations;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>
/// The activations on rows of one block of outputs, exact where the device uses tables, each beside its gradient. Spans are of 16 floats a
/// row; maxout's sums are those of two blocks, <c>blockLength</c> apart.
/// </summary>
internal static class BatchActivation
{
    /// <summary>a = f(z). Softmax, which takes whole rows, is <see cref="Softmax"/>.</summary>
    internal static void Forward(Span<float> a, ReadOnlySpan<float> z, int blockLength, PerceptronLayer layer)
    {
        float parameter = layer.ActivationParameter;
        switch (layer.Activation)
        {
            case Activation.Linear:
                z.CopyTo(a);
                break;
            case Activation.Sigmoid:
                TensorPrimitives.Sigmoid(z, a);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(z, a);
                break;
            case Activation.Relu:
                TensorPrimitives.Max(z, 0f, a);
                break;
            case Activation.LeakyRelu:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = z[i] > 0f ? z[i] : z[i] * parameter;
                }

                break;
            case Activation.Elu:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = z[i] > 0f ? z[i] : parameter * (MathF.Exp(z[i]) - 1f);
                }

                break;
            case Activation.Swish:
                TensorPrimitives.Sigmoid(z, a);
                TensorPrimitives.Multiply(z, a, a);
                break;
            case Activation.Maxout:
                for (int i = 0; i < a.Length; i++)
                {
                    int pair = MaxoutPair(i, blockLength);
                    a[i] = pair < z.Length ? Math.Max(z[pair], z[pair + 1]) : 0f;
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), $"{layer.Activation} is not computed element by element.");
        }
    }

    /// <summary>dz = da * f'(z). Softmax is not here: its loss gives the gradient on the sums at once.</summary>
    internal static void Backward(
        Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, int blockLength, PerceptronLayer layer)
    {
        float parameter = layer.ActivationParameter;
        switch (layer.Activation)
        {
            case Activation.Linear:
                da.CopyTo(dz);
                break;
            case Activation.Sigmoid:
                TensorPrimitives.Subtract(1f, a, dz);
                TensorPrimitives.Multiply(dz, a, dz);
                TensorPrimitives.Multiply(dz, da, dz);
                break;
            case Activation.Tanh:
                TensorPrimitives.Multiply(a, a, dz);
                TensorPrimitives.Subtract(1f, dz, dz);
                TensorPrimitives.Multiply(dz, da, dz);
                break;
            case Activation.Relu:
                Rectify(dz, z, da, 0f);
                break;
            case Activation.LeakyRelu:
                Rectify(dz, z, da, parameter);
                break;
            case Activation.Elu:
                for (int i = 0; i < da.Length; i++)
                {
                    dz[i] = z[i] > 0f ? da[i] : da[i] * (a[i] + parameter);
                }

                break;
            case Activation.Swish:
                for (int i = 0; i < da.Length; i++)
                {
                    float sigmoid = 1f / (1f + MathF.Exp(-z[i]));
                    dz[i] = da[i] * (a[i] + sigmoid * (1f - a[i]));
                }

                break;
            case Activation.Maxout:
                for (int i = 0; i < da.Length; i++)
                {
                    int pair = MaxoutPair(i, blockLength);
                    if (pair < z.Length)
                    {
                        bool first = z[pair] >= z[pair + 1];
                        dz[pair] = first ? da[i] : 0f;
                        dz[pair + 1] = first ? 0f : da[i];
                    }
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), $"{layer.Activation} has no gradient of its own.");
        }
    }

    /// <summary>One row's probabilities. The largest sum is subtracted first: TensorPrimitives.SoftMax does not, and overflows.</summary>
    internal static void Softmax(Span<float> a, ReadOnlySpan<float> z)
    {
        TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), a);
        TensorPrimitives.Exp(a, a);
        TensorPrimitives.Divide(a, TensorPrimitives.Sum<float>(a), a);
    }

    /// <summary>dz = da where z is above 0, else slope times da. Lengths are multiples of 16, so there is no rest.</summary>
    private static void Rectify(Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> da, float slope)
    {
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(dz);
        ReadOnlySpan<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(z);
        ReadOnlySpan<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(da);
        for (int i = 0; i < gradients.Length; i++)
        {
            to[i] = Vector.ConditionalSelect(Vector.GreaterThan(sums[i], Vector<float>.Zero), gradients[i], gradients[i] * slope);
        }
    }

    /// <summary>Where among two blocks of sums the pair of an output's begins: outputs 0 to 7 of a row in the first, the others in the second.</summary>
    private static int MaxoutPair(int output, int blockLength)
    {
        int lane = output % Blocks.Width * 2;
        return lane / Blocks.Width * blockLength + output / Blocks.Width * Blocks.Width + lane % Blocks.Width;
    }
}
