using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;

namespace Tiny.Training.Optimization;

/// <summary>
/// Steps a vector of parameters along a gradient, remembering what its kind remembers between steps. A step is begun once and then applied
/// range by range, in any order and on any thread, as the gradients come.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public sealed class Optimizer
{
    private const float MomentumBeta = 0.9f;
    private const float SquareBeta = 0.999f;
    private const float RmsPropBeta = 0.9f;
    private const float Epsilon = 1e-8f;

    private readonly OptimizerKind kind;
    private readonly float decay;
    private float rate;
    private float stepLength; // of Adam: the rate, corrected for v's start from 0
    private float correction; // of Adam: for s's start from 0

    /// <summary>An optimizer for this many parameters.</summary>
    /// <param name="kind">How it steps.</param>
    /// <param name="parameters">Length of the array of parameters.</param>
    /// <param name="decay">L2: a weight's gradient gets this times the weight; biases are spared.</param>
    public Optimizer(OptimizerKind kind, int parameters, float decay = 0f)
    {
        this.kind = kind;
        this.decay = decay;
        Velocity = HasVelocity(kind) ? CacheLines.Allocate(parameters) : [];
        Squares = HasSquares(kind) ? CacheLines.Allocate(parameters) : [];
    }

    /// <summary>
    /// The longest gradient that is stepped along, by its norm over all parameters; a longer one is shortened. 0 for none.
    /// </summary>
    public float Clip { get; init; }

    /// <summary>Steps begun.</summary>
    public long Steps { get; internal set; }

    /// <summary>(parameters) v; empty for SGD and RMSprop.</summary>
    internal float[] Velocity { get; }

    /// <summary>(parameters) s; empty but for RMSprop and Adam.</summary>
    internal float[] Squares { get; }

    /// <summary>The learning rate a kind usually does well with on normalized inputs.</summary>
    public static float DefaultRate(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Adam => 0.005f,
        OptimizerKind.RmsProp => 0.002f,
        OptimizerKind.ClassicalMomentum => 0.01f,
        _ => 0.1f,
    };

    /// <summary>Numbers that a kind remembers of each parameter.</summary>
    internal static int ValuesEach(OptimizerKind kind) => (HasVelocity(kind) ? 1 : 0) + (HasSquares(kind) ? 1 : 0);

    /// <summary>Begins a step with this rate.</summary>
    /// <param name="learningRate">Above 0.</param>
    public void BeginStep(float learningRate)
    {
        Steps++;
        rate = learningRate;
        stepLength = rate * (float)(1.0 / (1.0 - Math.Pow(MomentumBeta, Steps)));
        correction = (float)(1.0 / (1.0 - Math.Pow(SquareBeta, Steps)));
    }

    /// <summary>Applies the step to a range of the parameters, a multiple of 16 long.</summary>
    /// <param name="offset">Where in the array of parameters the range begins.</param>
    /// <param name="parameters">(length of the range), a multiple of 16.</param>
    /// <param name="gradient">(length of the range), its gradient.</param>
    /// <param name="isWeight">Whether it is weights, which decay, or biases.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or it is not a multiple of 16.</exception>
    public void Apply(int offset, Span<float> parameters, ReadOnlySpan<float> gradient, bool isWeight)
    {
        if (gradient.Length != parameters.Length || gradient.Length % Vector512<float>.Count != 0)
        {
            throw new ArgumentException(
                $"The range has {parameters.Length} parameters and {gradient.Length} gradients, expected as many and a multiple of 16.",
                    nameof(gradient));
        }

        Span<Vector512<float>> w = MemoryMarshal.Cast<float, Vector512<float>>(parameters);
        ReadOnlySpan<Vector512<float>> g = MemoryMarshal.Cast<float, Vector512<float>>(gradient);
        Span<Vector512<float>> v = Velocity.Length == 0
            ? [] : MemoryMarshal.Cast<float, Vector512<float>>(Velocity.AsSpan(offset, gradient.Length));
        Span<Vector512<float>> s = Squares.Length == 0
            ? [] : MemoryMarshal.Cast<float, Vector512<float>>(Squares.AsSpan(offset, gradient.Length));
        float l2 = isWeight ? decay : 0f;
        switch (kind)
        {
            case OptimizerKind.Sgd:
                Sgd(w, g, l2);
                break;
            case OptimizerKind.Momentum:
                Momentum(w, g, v, 1f - MomentumBeta, l2);
                break;
            case OptimizerKind.ClassicalMomentum:
                Momentum(w, g, v, 1f, l2);
                break;
            case OptimizerKind.RmsProp:
                RmsProp(w, g, s, l2);
                break;
            default:
                Adam(w, g, v, s, l2);
                break;
        }
    }

    private static bool HasVelocity(OptimizerKind kind) => kind is OptimizerKind.Momentum or OptimizerKind.ClassicalMomentum
        or OptimizerKind.Adam;

    private static bool HasSquares(OptimizerKind kind) => kind is OptimizerKind.RmsProp or OptimizerKind.Adam;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sgd(Span<Vector512<float>> w, ReadOnlySpan<Vector512<float>> g, float l2)
    {
        for (int i = 0; i < w.Length; i++)
        {
            Vector512<float> gradient = g[i] + w[i] * l2;
            w[i] -= gradient * rate;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Momentum(Span<Vector512<float>> w, ReadOnlySpan<Vector512<float>> g, Span<Vector512<float>> v, float share, float l2)
    {
        for (int i = 0; i < w.Length; i++)
        {
            Vector512<float> gradient = g[i] + w[i] * l2;
            v[i] = Underflow.Flush(v[i] * MomentumBeta + gradient * share);
            w[i] -= v[i] * rate;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RmsProp(Span<Vector512<float>> w, ReadOnlySpan<Vector512<float>> g, Span<Vector512<float>> s, float l2)
    {
        for (int i = 0; i < w.Length; i++)
        {
            Vector512<float> gradient = g[i] + w[i] * l2;
            s[i] = Underflow.Flush(s[i] * RmsPropBeta + Underflow.Square(gradient) * (1f - RmsPropBeta));
            w[i] -= gradient * rate / (Vector512.Sqrt(s[i]) + Vector512.Create(Epsilon));
        }
    }

    /// <summary>Kingma and Ba, algorithm 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Adam(Span<Vector512<float>> w, ReadOnlySpan<Vector512<float>> g, Span<Vector512<float>> v, Span<Vector512<float>> s,
    float l2)
    {
        for (int i = 0; i < w.Length; i++)
        {
            Vector512<float> gradient = g[i] + w[i] * l2;
            v[i] = Underflow.Flush(v[i] * MomentumBeta + gradient * (1f - MomentumBeta));
            s[i] = Underflow.Flush(s[i] * SquareBeta + Underflow.Square(gradient) * (1f - SquareBeta));
            w[i] -= v[i] * stepLength / (Vector512.Sqrt(s[i] * correction) + Vector512.Create(Epsilon));
        }
    }
}
