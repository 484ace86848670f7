using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tiny.Training.Optimisation;

/// <summary>
/// Steps a vector of parameters along a gradient, remembering what its kind remembers between steps. A step is begun once and then applied
/// range by range, in any order and on any thread, as the gradients come.
/// </summary>
public sealed class Optimiser
{
    private const float MomentumBeta = 0.9f;
    private const float SquareBeta = 0.999f;
    private const float RmsPropBeta = 0.9f;
    private const float Epsilon = 1e-8f;

    private readonly OptimiserKind kind;
    private readonly float decay;
    private float rate;
    private float stepLength; // of Adam: the rate, corrected for v's start from 0
    private float correction; // of Adam: for s's start from 0

    /// <summary>An optimiser for this many parameters.</summary>
    /// <param name="kind">How it steps.</param>
    /// <param name="parameters">Length of the array of parameters.</param>
    /// <param name="decay">L2: a weight's gradient gets this times the weight; biases are spared.</param>
    public Optimiser(OptimiserKind kind, int parameters, float decay = 0f)
    {
        this.kind = kind;
        this.decay = decay;
        bool hasVelocity = kind is OptimiserKind.Momentum or OptimiserKind.ClassicalMomentum or OptimiserKind.Adam;
        Velocity = hasVelocity ? new float[parameters] : [];
        Squares = kind is OptimiserKind.RmsProp or OptimiserKind.Adam ? new float[parameters] : [];
    }

    /// <summary>Steps begun.</summary>
    public int Steps { get; internal set; }

    /// <summary>(parameters) v; empty for SGD and RMSprop.</summary>
    internal float[] Velocity { get; }

    /// <summary>(parameters) s; empty but for RMSprop and Adam.</summary>
    internal float[] Squares { get; }

    /// <summary>The learning rate a kind usually does well with on standardised inputs.</summary>
    public static float DefaultRate(OptimiserKind kind) => kind switch
    {
        OptimiserKind.Adam => 0.005f,
        OptimiserKind.RmsProp => 0.002f,
        OptimiserKind.ClassicalMomentum => 0.01f,
        _ => 0.1f,
    };

    /// <summary>Begins a step with this rate.</summary>
    public void BeginStep(float learningRate)
    {
        Steps++;
        rate = learningRate;
        stepLength = rate * (float)(1.0 / (1.0 - Math.Pow(MomentumBeta, Steps)));
        correction = (float)(1.0 / (1.0 - Math.Pow(SquareBeta, Steps)));
    }

    /// <summary>Applies the step to a range of the parameters.</summary>
    /// <param name="offset">Where in the array of parameters the range begins.</param>
    /// <param name="parameters">The range.</param>
    /// <param name="gradient">Its gradient; overwritten.</param>
    /// <param name="isWeight">Whether it is weights, which decay, or biases.</param>
    public void Apply(int offset, Span<float> parameters, Span<float> gradient, bool isWeight)
    {
        if (isWeight && decay != 0f)
        {
            TensorPrimitives.MultiplyAdd(parameters, decay, gradient, gradient);
        }

        int length = gradient.Length;
        switch (kind)
        {
            case OptimiserKind.Sgd:
                TensorPrimitives.MultiplyAdd(gradient, -rate, parameters, parameters);
                break;
            case OptimiserKind.Momentum:
                Momentum(parameters, gradient, Velocity.AsSpan(offset, length), 1f - MomentumBeta);
                break;
            case OptimiserKind.ClassicalMomentum:
                Momentum(parameters, gradient, Velocity.AsSpan(offset, length), 1f);
                break;
            case OptimiserKind.RmsProp:
                RmsProp(parameters, gradient, Squares.AsSpan(offset, length));
                break;
            default:
                Adam(parameters, gradient, Velocity.AsSpan(offset, length), Squares.AsSpan(offset, length));
                break;
        }
    }

    private void Momentum(Span<float> w, Span<float> g, Span<float> v, float share)
    {
        TensorPrimitives.Multiply(g, share, g);
        TensorPrimitives.MultiplyAdd(v, MomentumBeta, g, v);
        TensorPrimitives.MultiplyAdd(v, -rate, w, w);
    }

    private void RmsProp(Span<float> w, Span<float> g, Span<float> s)
    {
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = RmsPropBeta * s[i] + (1f - RmsPropBeta) * g[i] * g[i];
            w[i] -= rate * g[i] / (MathF.Sqrt(s[i]) + Epsilon);
        }
    }

    /// <summary>Kingma and Ba, algorithm 1. In one pass: it touches three arrays a parameter and is the dearest of them.</summary>
    private void Adam(Span<float> w, Span<float> g, Span<float> v, Span<float> s)
    {
        Span<Vector<float>> weights = MemoryMarshal.Cast<float, Vector<float>>(w);
        Span<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(g);
        Span<Vector<float>> velocities = MemoryMarshal.Cast<float, Vector<float>>(v);
        Span<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(s);
        for (int i = 0; i < weights.Length; i++)
        {
            Vector<float> gradient = gradients[i];
            Vector<float> first = velocities[i] * MomentumBeta + gradient * (1f - MomentumBeta);
            Vector<float> second = means[i] * SquareBeta + gradient * gradient * (1f - SquareBeta);
            velocities[i] = first;
            means[i] = second;
            weights[i] -= stepLength * first / (Vector.SquareRoot(second * correction) + new Vector<float>(Epsilon));
        }

        for (int i = weights.Length * Vector<float>.Count; i < w.Length; i++)
        {
            v[i] = v[i] * MomentumBeta + g[i] * (1f - MomentumBeta);
            s[i] = s[i] * SquareBeta + g[i] * g[i] * (1f - SquareBeta);
            w[i] -= stepLength * v[i] / (MathF.Sqrt(s[i] * correction) + Epsilon);
        }
    }
}
