using System.Numerics;

namespace Tiny.Training.Optimisation;

/// <summary>Steps a vector of parameters along a gradient, remembering what its kind remembers between steps.</summary>
public sealed class Optimiser
{
    private const float MomentumBeta = 0.9f;
    private const float SquareBeta = 0.999f;
    private const float RmsPropBeta = 0.9f;
    private const float Epsilon = 1e-8f;

    private readonly OptimiserKind kind;
    private readonly float[] velocity; // (parameters) v: empty for SGD and RMSprop
    private readonly float[] squares;  // (parameters) s: empty but for RMSprop and Adam
    private int steps;

    /// <summary>An optimiser for this many parameters.</summary>
    public Optimiser(OptimiserKind kind, int parameters)
    {
        this.kind = kind;
        bool hasVelocity = kind is OptimiserKind.Momentum or OptimiserKind.ClassicalMomentum or OptimiserKind.Adam;
        velocity = hasVelocity ? new float[parameters] : [];
        squares = kind is OptimiserKind.RmsProp or OptimiserKind.Adam ? new float[parameters] : [];
    }

    /// <summary>The learning rate a kind usually does well with on standardised inputs.</summary>
    public static float DefaultRate(OptimiserKind kind) => kind switch
    {
        OptimiserKind.Adam => 0.005f,
        OptimiserKind.RmsProp => 0.002f,
        OptimiserKind.ClassicalMomentum => 0.01f,
        _ => 0.1f,
    };

    /// <summary>One step: parameters and gradient are of the length the optimiser was made for.</summary>
    public void Step(float[] parameters, float[] gradient, float rate)
    {
        steps++;
        switch (kind)
        {
            case OptimiserKind.Sgd:
                Sgd(parameters, gradient, rate);
                break;
            case OptimiserKind.Momentum:
                Momentum(parameters, gradient, rate, 1f - MomentumBeta);
                break;
            case OptimiserKind.ClassicalMomentum:
                Momentum(parameters, gradient, rate, 1f);
                break;
            case OptimiserKind.RmsProp:
                RmsProp(parameters, gradient, rate);
                break;
            default:
                Adam(parameters, gradient, rate);
                break;
        }
    }

    private static void Sgd(float[] w, float[] g, float rate)
    {
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= rate * g[i];
        }
    }

    private void Momentum(float[] w, float[] g, float rate, float share)
    {
        float[] v = velocity;
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = MomentumBeta * v[i] + share * g[i];
            w[i] -= rate * v[i];
        }
    }

    private void RmsProp(float[] w, float[] g, float rate)
    {
        float[] s = squares;
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = RmsPropBeta * s[i] + (1f - RmsPropBeta) * g[i] * g[i];
            w[i] -= rate * g[i] / (MathF.Sqrt(s[i]) + Epsilon);
        }
    }

    /// <summary>Kingma and Ba, algorithm 1. Vectorised: it touches three arrays a parameter and is the dearest of them.</summary>
    private void Adam(float[] w, float[] g, float rate)
    {
        float firstCorrection = (float)(1.0 / (1.0 - Math.Pow(MomentumBeta, steps)));
        float secondCorrection = (float)(1.0 / (1.0 - Math.Pow(SquareBeta, steps)));
        float[] v = velocity;
        float[] s = squares;
        int i = 0;
        Vector<float> stepLength = new(rate * firstCorrection);
        Vector<float> correction = new(secondCorrection);
        for (; i <= w.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> gradient = new(g, i);
            Vector<float> first = (new Vector<float>(v, i) * MomentumBeta) + (gradient * (1f - MomentumBeta));
            Vector<float> second = (new Vector<float>(s, i) * SquareBeta) + (gradient * gradient * (1f - SquareBeta));
            first.CopyTo(v, i);
            second.CopyTo(s, i);
            Vector<float> root = Vector.SquareRoot(second * correction) + new Vector<float>(Epsilon);
            (new Vector<float>(w, i) - (stepLength * first / root)).CopyTo(w, i);
        }

        for (; i < w.Length; i++)
        {
            v[i] = (v[i] * MomentumBeta) + (g[i] * (1f - MomentumBeta));
            s[i] = (s[i] * SquareBeta) + (g[i] * g[i] * (1f - SquareBeta));
            w[i] -= rate * firstCorrection * v[i] / (MathF.Sqrt(s[i] * secondCorrection) + Epsilon);
        }
    }
}
