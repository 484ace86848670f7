using System.Numerics.Tensors;
using Tiny.Core.Activations;

namespace Tiny.Training.Networks;

/// <summary>The activations on a batch, exact where the device uses tables, each beside its gradient.</summary>
internal static class BatchActivation
{
    /// <summary>a (n, outputs) = f(z (n, rows)).</summary>
    internal static void Forward(Span<float> a, ReadOnlySpan<float> z, PerceptronLayer layer)
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
            case Activation.Softmax:
                Softmax(a, z, layer.Rows);
                break;
            case Activation.Maxout:
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = Math.Max(z[2 * i], z[2 * i + 1]);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), $"Unknown activation {layer.Activation}.");
        }
    }

    /// <summary>dz (n, rows) = da (n, outputs) * f'(z). Softmax is not here: its loss gives the gradient on the sums at once.</summary>
    internal static void Backward(
        Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, PerceptronLayer layer)
    {
        float parameter = layer.ActivationParameter;
        for (int i = 0; i < da.Length; i++)
        {
            float d = da[i];
            switch (layer.Activation)
            {
                case Activation.Linear:
                    dz[i] = d;
                    break;
                case Activation.Sigmoid:
                    dz[i] = d * (a[i] * (1f - a[i]));
                    break;
                case Activation.Tanh:
                    dz[i] = d * (1f - a[i] * a[i]);
                    break;
                case Activation.Relu:
                    dz[i] = z[i] > 0f ? d : 0f;
                    break;
                case Activation.LeakyRelu:
                    dz[i] = z[i] > 0f ? d : d * parameter;
                    break;
                case Activation.Elu:
                    dz[i] = z[i] > 0f ? d : d * (a[i] + parameter);
                    break;
                case Activation.Swish:
                    float sigmoid = 1f / (1f + MathF.Exp(-z[i]));
                    dz[i] = d * (a[i] + sigmoid * (1f - a[i]));
                    break;
                case Activation.Maxout:
                    bool first = z[2 * i] >= z[2 * i + 1];
                    dz[2 * i] = first ? d : 0f;
                    dz[2 * i + 1] = first ? 0f : d;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(layer), $"{layer.Activation} has no gradient of its own.");
            }
        }
    }

    /// <summary>The largest sum of each row is subtracted first: TensorPrimitives.SoftMax does not, and overflows.</summary>
    private static void Softmax(Span<float> a, ReadOnlySpan<float> z, int rows)
    {
        for (int at = 0; at < z.Length; at += rows)
        {
            ReadOnlySpan<float> sums = z.Slice(at, rows);
            Span<float> probabilities = a.Slice(at, rows);
            TensorPrimitives.Subtract(sums, TensorPrimitives.Max(sums), probabilities);
            TensorPrimitives.Exp(probabilities, probabilities);
            TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<float>(probabilities), probabilities);
        }
    }
}
