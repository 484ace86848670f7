using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tiny.Core.Activations;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks.Activations;

/// <summary>
/// The activations on rows of one block of outputs, each way beside the other. Spans are of 16 floats a row, so
/// there are no rests; maxout's sums are those of two blocks, <c>blockLength</c> apart.
/// </summary>
internal static class BatchActivation
{
    /// <summary>a = f(z). Softmax, which takes whole rows, is <see cref="Softmax"/>.</summary>
    internal static void Forward(Span<float> a, ReadOnlySpan<float> z, int blockLength, Activation activation, float parameter)
    {
        switch (activation)
        {
            case Activation.Linear:
                z.CopyTo(a);
                break;
            case Activation.Sigmoid:
                Forward<SigmoidFunction>(a, z, parameter);
                break;
            case Activation.Tanh:
                Forward<TanhFunction>(a, z, parameter);
                break;
            case Activation.Relu:
                Forward<ReluFunction>(a, z, parameter);
                break;
            case Activation.LeakyRelu:
                Forward<LeakyReluFunction>(a, z, parameter);
                break;
            case Activation.Elu:
                Forward<EluFunction>(a, z, parameter);
                break;
            case Activation.Swish:
                Forward<SwishFunction>(a, z, parameter);
                break;
            case Activation.Maxout:
                MaxoutForward(a, z, blockLength);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), $"{activation} is not computed element by element.");
        }
    }

    /// <summary>dz = da * f'(z). Softmax is not here: its loss gives the gradient on the sums at once.</summary>
    internal static void Backward(
        Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, int blockLength, Activation activation,
        float parameter)
    {
        switch (activation)
        {
            case Activation.Linear:
                da.CopyTo(dz);
                break;
            case Activation.Sigmoid:
                Backward<SigmoidFunction>(dz, z, a, da, parameter);
                break;
            case Activation.Tanh:
                Backward<TanhFunction>(dz, z, a, da, parameter);
                break;
            case Activation.Relu:
                Backward<ReluFunction>(dz, z, a, da, parameter);
                break;
            case Activation.LeakyRelu:
                Backward<LeakyReluFunction>(dz, z, a, da, parameter);
                break;
            case Activation.Elu:
                Backward<EluFunction>(dz, z, a, da, parameter);
                break;
            case Activation.Swish:
                Backward<SwishFunction>(dz, z, a, da, parameter);
                break;
            case Activation.Maxout:
                MaxoutBackward(dz, z, da, blockLength);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), $"{activation} has no gradient of its own.");
        }
    }

    /// <summary>
    /// The probabilities of some rows from what the last layer gave. The largest sum of a row is
    /// subtracted first: TensorPrimitives.SoftMax does not, and overflows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Softmax(float[] a, BatchValues z, int rows)
    {
        int blocks = Blocks.Count(z.Columns);
        int lanes = z.Columns - (blocks - 1) * Blocks.Width;
        Vector512<float> real = Vector512.LessThan(Vector512.CreateSequence(0f, 1f), Vector512.Create((float)lanes)); // of the last block
        for (int row = 0; row < rows; row++)
        {
            Vector512<float> max = Vector512.Create(float.NegativeInfinity);
            for (int block = 0; block < blocks; block++)
            {
                Vector512<float> sums = Vector512.Create(z.Values, z.Index(row, block * Blocks.Width));
                max = Vector512.Max(max, block < blocks - 1 ? sums : Vector512.ConditionalSelect(real, sums, max));
            }

            Vector512<float> largest = Vector512.Create(Largest(max));
            Vector512<float> sum = Vector512<float>.Zero;
            for (int block = 0; block < blocks; block++)
            {
                int at = z.Index(row, block * Blocks.Width);
                Vector512<float> power = VectorExponential.Exp(Vector512.Create(z.Values, at) - largest);
                power = block < blocks - 1 ? power : Vector512.ConditionalSelect(real, power, Vector512<float>.Zero);
                sum += power;
                power.CopyTo(a, at);
            }

            Vector512<float> total = Vector512.Create(Vector512.Sum(sum));
            for (int block = 0; block < blocks; block++)
            {
                int at = z.Index(row, block * Blocks.Width);
                (Vector512.Create(a, at) / total).CopyTo(a, at);
            }
        }
    }

    private static float Largest(Vector512<float> values)
    {
        Vector256<float> eight = Vector256.Max(values.GetLower(), values.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TFunction>(Span<float> a, ReadOnlySpan<float> z, float parameter)
        where TFunction : struct, IActivationFunction
    {
        Span<Vector512<float>> outputs = MemoryMarshal.Cast<float, Vector512<float>>(a);
        ReadOnlySpan<Vector512<float>> sums = MemoryMarshal.Cast<float, Vector512<float>>(z);
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = TFunction.Forward(sums[i], parameter);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TFunction>(
        Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, float parameter)
        where TFunction : struct, IActivationFunction
    {
        Span<Vector512<float>> sumGradients = MemoryMarshal.Cast<float, Vector512<float>>(dz);
        ReadOnlySpan<Vector512<float>> sums = MemoryMarshal.Cast<float, Vector512<float>>(z);
        ReadOnlySpan<Vector512<float>> outputs = MemoryMarshal.Cast<float, Vector512<float>>(a);
        ReadOnlySpan<Vector512<float>> gradients = MemoryMarshal.Cast<float, Vector512<float>>(da);
        for (int i = 0; i < gradients.Length; i++)
        {
            sumGradients[i] = Underflow.Flush(gradients[i] * TFunction.Derivative(sums[i], outputs[i], parameter));
        }
    }

    /// <summary>a = the larger of each pair of sums.</summary>
    private static void MaxoutForward(Span<float> a, ReadOnlySpan<float> z, int blockLength)
    {
        for (int i = 0; i < a.Length; i++)
        {
            int pair = MaxoutPair(i, blockLength);
            a[i] = pair < z.Length ? Math.Max(z[pair], z[pair + 1]) : 0f;
        }
    }

    /// <summary>The gradient goes to the larger of a pair, to the first of equal ones.</summary>
    private static void MaxoutBackward(Span<float> dz, ReadOnlySpan<float> z, ReadOnlySpan<float> da, int blockLength)
    {
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
    }

    /// <summary>
    /// Where among two blocks of sums the pair of an output's begins: outputs 0 to 7 of a row in the first, the others in the second.
    /// </summary>
    private static int MaxoutPair(int output, int blockLength)
    {
        int lane = output % Blocks.Width * 2;
        return lane / Blocks.Width * blockLength + output / Blocks.Width * Blocks.Width + lane % Blocks.Width;
    }
}
