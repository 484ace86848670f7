using Tiny.Training.Optimization;

namespace Tiny.Training.Tests.Optimization;

/// <summary>Three steps of each in double by the formulas, applied in two ranges.</summary>
public class OptimizerTests
{
    private const float Rate = 0.1f;

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.ClassicalMomentum)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Adam)]
    public void Steps_follow_the_formula(OptimizerKind kind)
    {
        const int Count = 48;
        const int Half = 16;
        float[] w = [.. Enumerable.Range(0, Count).Select(i => 0.1f * i)];
        float[][] gradients = [[.. w.Select(v => v - 1f)], [.. w.Select(v => 2f - v)], [.. w.Select(v => 0.5f * v)]];
        double[] expected = [.. w.Select(v => (double)v)];
        double[] v = new double[Count];
        double[] s = new double[Count];
        Optimizer optimizer = new(kind, Count);
        for (int step = 0; step < gradients.Length; step++)
        {
            optimizer.BeginStep(Rate);
            optimizer.Apply(0, w.AsSpan(0, Half), gradients[step].AsSpan(0, Half), isWeight: true);
            optimizer.Apply(Half, w.AsSpan(Half), gradients[step].AsSpan(Half), isWeight: false);
            for (int i = 0; i < Count; i++)
            {
                expected[i] -= Rate * Plain(kind, gradients[step][i], ref v[i], ref s[i], step + 1);
                Assert.InRange(w[i], expected[i] - 1e-5, expected[i] + 1e-5);
            }
        }
    }

    /// <summary>What is remembered of parameters without a gradient, or with next to none, ends at 0 without becoming subnormal.</summary>
    [Theory]
    [InlineData(OptimizerKind.Momentum, 0f)]
    [InlineData(OptimizerKind.ClassicalMomentum, 0f)]
    [InlineData(OptimizerKind.RmsProp, 0f)]
    [InlineData(OptimizerKind.Adam, 0f)]
    [InlineData(OptimizerKind.Momentum, 1e-37f)]
    [InlineData(OptimizerKind.RmsProp, 1e-20f)]
    [InlineData(OptimizerKind.Adam, 1e-20f)]
    public void Nothing_that_is_remembered_becomes_subnormal(OptimizerKind kind, float later)
    {
        float[] w = new float[16];
        float[] gradient = new float[16];
        Optimizer optimizer = new(kind, w.Length);
        for (int step = 0; step < 2000; step++)
        {
            Array.Fill(gradient, step == 0 ? 1e-15f : later);
            optimizer.BeginStep(Rate);
            optimizer.Apply(0, w, gradient, isWeight: true);
            Assert.DoesNotContain(optimizer.Velocity, float.IsSubnormal);
            Assert.DoesNotContain(optimizer.Squares, float.IsSubnormal);
        }

        if (later == 0f)
        {
            Assert.All(optimizer.Velocity, v => Assert.Equal(0f, v));
        }
    }

    [Theory]
    [InlineData("constant", 7, 1.0)]
    [InlineData("decay:0.5", 4, 1.0 / 3)]
    [InlineData("exponential:0.9", 2, 0.81)]
    [InlineData("step:0.5:10", 25, 0.25)]
    [InlineData("cosine", 5, 0.5)]
    [InlineData("cosine", 0, 1.0)]
    public void Schedules_follow_their_formula(string text, int epoch, double factor)
    {
        Schedule schedule = Schedule.Parse(text)!;
        Assert.Equal(text, schedule.Text);
        Assert.Equal(factor, schedule.Factor(epoch, 10), 1e-6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("linear")]
    [InlineData("decay")]
    [InlineData("decay:x")]
    [InlineData("decay:-1")]
    [InlineData("exponential:0")]
    [InlineData("exponential:1.5")]
    [InlineData("step:0.5")]
    [InlineData("step:0.5:0")]
    [InlineData("cosine:3")]
    public void Text_that_is_no_schedule_is_none(string text) => Assert.Null(Schedule.Parse(text));

    [Theory]
    [InlineData("decay:1e999")]
    [InlineData("decay:Infinity")]
    [InlineData("decay:nan")]
    [InlineData("exponential:nan")]
    [InlineData("exponential:1e-999")]
    [InlineData("step:nan:3")]
    [InlineData("step:0.5:99999999999")]
    public void Numbers_that_make_no_factor_are_no_schedule(string text) => Assert.Null(Schedule.Parse(text));

    [Fact]
    public void Factors_are_finite_however_far_the_rate_and_the_epochs_go()
    {
        foreach (Schedule schedule in new[] { Schedule.Decay(double.MaxValue), Schedule.Exponential(double.Epsilon),
            Schedule.Step(1e-300, 1), Schedule.Cosine })
        {
            Assert.All([0, 1, 999_999], epoch => Assert.InRange(schedule.Factor(epoch, 1_000_000), 0f, 1f));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Decay(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Exponential(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Step(0.5, 0));
    }

    [Fact]
    public void Steps_go_on_behind_the_2147483647th()
    {
        float[] w = new float[16];
        float[] gradient = [.. Enumerable.Repeat(1f, 16)];
        Optimizer optimizer = new(OptimizerKind.Adam, 16) { Steps = int.MaxValue };
        optimizer.BeginStep(Rate);
        optimizer.Apply(0, w, gradient, isWeight: true);
        Assert.Equal(int.MaxValue + 1L, optimizer.Steps);
        Assert.All(w, weight => Assert.InRange(weight, -1f, -0.1f));
    }

    private static double Plain(OptimizerKind kind, double g, ref double v, ref double s, int t)
    {
        switch (kind)
        {
            case OptimizerKind.Sgd:
                return g;
            case OptimizerKind.Momentum:
                v = 0.9 * v + 0.1 * g;
                return v;
            case OptimizerKind.ClassicalMomentum:
                v = 0.9 * v + g;
                return v;
            case OptimizerKind.RmsProp:
                s = 0.9 * s + 0.1 * g * g;
                return g / (Math.Sqrt(s) + 1e-8);
            default:
                v = 0.9 * v + 0.1 * g;
                s = 0.999 * s + 0.001 * g * g;
                return v / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(s / (1 - Math.Pow(0.999, t))) + 1e-8);
        }
    }
}
