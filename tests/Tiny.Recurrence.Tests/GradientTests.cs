using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Recurrence.Tests;

/// <summary>Backpropagation through time against central differences of plain loops, and what it learns.</summary>
public class GradientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void Gradients_equal_central_differences(int steps)
    {
        foreach ((int units, int channels) in new[] { (1, 1), (3, 2), (4, 5), (6, 3) })
        {
            foreach (bool every in new[] { false, true })
            {
                Check(steps, units, channels, new GruDescription(units) { GivesEvery = every });
                Check(steps, units, channels, new FastGrnnDescription(units) { GivesEvery = every });
            }
        }
    }

    /// <summary>
    /// The input's gradient reaches a recurrent layer below: what that learns is what central differences of the whole say.
    /// </summary>
    [Fact]
    public void Gradients_pass_through_stacked_layers()
    {
        const int Steps = 4;
        TrainingNetwork network = new(
            new Shape(Steps, 1, 2), NodeDescription.Chain([new GruDescription(3) { GivesEvery = true }, new GruDescription(2)]),
                Loss.HalfSquaredError);
        network.Initialize(new SeededRandom(4));
        double[] below = Draw((int)network.Layers[0].ParameterCount, 11);
        double[] above = Draw((int)network.Layers[1].ParameterCount, 12);
        Set(network, 0, below);
        Set(network, 1, above);
        double[] x = Draw(Steps * 2, 13);
        double[] target = Draw(2, 14);
        double Loss2(double[] p) =>
            HalfSquares(GruReference.Run(above, 2, 3, [.. GruReference.Run(p, 3, 2, x).SelectMany(state => state)])[^1], target);
        double[] gradient = GradientOf(network, 0, x, target);
        Compare(gradient, below, Loss2);
    }

    /// <summary>Of pieces of a window each begins with the state it had, which no gradient goes back through.</summary>
    [Theory]
    [InlineData(10, 3, false)]
    [InlineData(10, 3, true)]
    [InlineData(9, 3, true)]
    [InlineData(7, 20, true)]
    [InlineData(7, 1, false)]
    public void Gradients_are_cut_off_behind_so_many_samples(int steps, int truncation, bool every)
    {
        const int Units = 3, Channels = 2;
        TrainingNetwork network = new(
            new Shape(steps, 1, Channels), [new NodeDescription(
                new GruDescription(Units) { GivesEvery = every, Truncation = truncation }, NodeDescription.Sample)], Loss.HalfSquaredError);
        network.Initialize(new SeededRandom(4));
        double[] p = Draw((int)network.Layers[0].ParameterCount, 21);
        Set(network, 0, p);
        double[] x = Draw(steps * Channels, 7);
        double[] target = Draw(network.Outputs, 8);
        double[][] states = GruReference.Run(p, Units, Channels, x);
        double Loss2(double[] values)
        {
            double sum = 0;
            for (int end = steps; end > 0 && (every || end == steps); end -= truncation)
            {
                int first = Math.Max(0, end - truncation);
                double[][] piece = GruReference.Run(
                    values, Units, Channels, x[(first * Channels)..(end * Channels)], first == 0 ? null : states[first - 1]);
                sum += every ? HalfSquares([.. piece.SelectMany(state => state)], target[(first * Units)..(end * Units)])
                    : HalfSquares(piece[^1], target);
            }

            return sum;
        }

        Compare(GradientOf(network, 0, x, target), p, Loss2);
    }

    /// <summary>A step along a gradient that is too long is one along its shortened self; others are what they are without.</summary>
    [Fact]
    public void Long_gradients_are_shortened_and_others_stay()
    {
        float[] Stepped(float clip, out float[] before)
        {
            TrainingNetwork network = new(new Shape(6, 1, 2),
                NodeDescription.Chain([new GruDescription(4), new DenseDescription(2, Activation.Linear)]), Loss.HalfSquaredError);
            network.Initialize(new SeededRandom(4));
            before = [.. network.Parameters];
            using Backpropagation back = new(network, 3, 1);
            Optimizer optimizer = new(OptimizerKind.Sgd, network.Parameters.Length, 0.01f) { Clip = clip };
            Batch batch = new(3, 12, 2);
            batch.Set([.. Draw(36, 1).Select(value => (float)value)], [.. Draw(6, 2).Select(value => (float)value * 5f)]);
            back.Forward(batch);
            optimizer.BeginStep(1f);
            back.Backward(optimizer);
            return network.Parameters;
        }

        float[] free = Stepped(0f, out float[] start);
        Assert.Equal(free, Stepped(1e6f, out _));
        float[] decayed = Stepped(1e-30f, out _); // nothing but the decay of weights is left
        Assert.NotEqual(start, decayed);
        double[] whole = [.. free.Zip(decayed, (a, b) => (double)a - b)];
        double norm = Math.Sqrt(whole.Sum(value => value * value));
        double[] shortened = [.. Stepped((float)(norm / 4), out _).Zip(decayed, (a, b) => (double)a - b)];
        Assert.Equal(norm / 4, Math.Sqrt(shortened.Sum(value => value * value)), norm * 1e-5);
        Assert.All(whole.Zip(shortened), pair => Assert.Equal(pair.First / 4, pair.Second, norm * 1e-5));
    }

    [Fact]
    public void Weights_after_some_steps_do_not_depend_on_the_number_of_threads()
    {
        float[][] weights = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            TrainingNetwork network = new(
                new Shape(20, 1, 3), NodeDescription.Chain([new GruDescription(9) { GivesEvery = true }, new FastGrnnDescription(7),
                    new DenseDescription(3, Activation.Linear)]), Loss.HalfSquaredError);
            network.Initialize(new SeededRandom(1));
            using Backpropagation back = new(network, 70, threads);
            Optimizer optimizer = new(OptimizerKind.Adam, network.Parameters.Length);
            for (int step = 0; step < 5; step++)
            {
                Batch batch = new(70, 60, 3);
                batch.Set([.. Draw(70 * 60, step).Select(value => (float)value)],
                    [.. Draw(70 * 3, step + 50).Select(value => (float)value)]);
                back.Forward(batch);
                optimizer.BeginStep(5e-3f);
                back.Backward(optimizer);
            }

            return network.Parameters;
        })];
        Assert.DoesNotContain(weights[0], value => !float.IsFinite(value));
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
    }

    /// <summary>The class of the first sample, told after 50 samples of noise.</summary>
    [Fact]
    public void It_remembers_over_fifty_samples()
    {
        TrainingNetwork network = Memory(2, 50);
        double accuracy = Teach(network, 300, random =>
        {
            int label = random.NextInt(3);
            float[] x = new float[100];
            for (int i = 0; i < 50; i++)
            {
                x[2 * i] = i == 0 ? label - 1 : random.NextSymmetric(1f);
                x[2 * i + 1] = i == 0 ? 1f : 0f;
            }

            return (x, [label - 1f]);
        }, (answer, target) => Math.Abs(answer[0] - target[0]) < 0.25f);
        Assert.True(accuracy > 0.98, $"{accuracy}");
    }

    /// <summary>The sum of the two values that are marked among 50 (Hochreiter and Schmidhuber 1997).</summary>
    [Fact]
    public void It_adds_two_marked_values_of_fifty()
    {
        TrainingNetwork network = Memory(2, 50);
        double accuracy = Teach(network, 800, random =>
        {
            float[] x = new float[100];
            int first = random.NextInt(25);
            int second = 25 + random.NextInt(25);
            for (int i = 0; i < 50; i++)
            {
                x[2 * i] = random.NextSymmetric(0.5f) + 0.5f;
                x[2 * i + 1] = i == first || i == second ? 1f : 0f;
            }

            return (x, [x[2 * first] + x[2 * second]]);
        }, (answer, target) => Math.Abs(answer[0] - target[0]) < 0.15f);
        Assert.True(accuracy > 0.95, $"{accuracy}");
    }

    private static TrainingNetwork Memory(int channels, int steps)
    {
        TrainingNetwork network = new(new Shape(steps, 1, channels),
            NodeDescription.Chain([new GruDescription(24), new DenseDescription(1, Activation.Linear)]), Loss.HalfSquaredError);
        network.Initialize(new SeededRandom(2));
        return network;
    }

    private static double Teach(
        TrainingNetwork network, int steps, Func<SeededRandom, (float[] X, float[] Target)> draw, Func<float[], float[], bool> isRight)
    {
        const int Rows = 64;
        SeededRandom random = new(5);
        using Backpropagation back = new(network, Rows, 1);
        Optimizer optimizer = new(OptimizerKind.Adam, network.Parameters.Length);
        int right = 0;
        for (int step = 0; step < steps + 10; step++)
        {
            (float[] X, float[] Target)[] rows = [.. Enumerable.Range(0, Rows).Select(_ => draw(random))];
            Batch batch = new(Rows, network.Inputs, network.Outputs);
            batch.Set([.. rows.SelectMany(row => row.X)], [.. rows.SelectMany(row => row.Target)]);
            back.Forward(batch);
            if (step < steps)
            {
                optimizer.BeginStep(5e-3f);
                back.Backward(optimizer);
                continue;
            }

            right += rows.Where((row, i) => isRight(back.Output(i).ToArray(), row.Target)).Count();
        }

        return right / (10.0 * Rows);
    }

    private static void Check(int steps, int units, int channels, RecurrentDescription description)
    {
        TrainingNetwork network =
            new(new Shape(steps, 1, channels), [new NodeDescription(description, NodeDescription.Sample)], Loss.HalfSquaredError);
        network.Initialize(new SeededRandom(4));
        double[] p = Draw((int)network.Layers[0].ParameterCount, units);
        Set(network, 0, p);
        double[] x = Draw(steps * channels, 7);
        double[] target = Draw(network.Outputs, 8);
        double[] Outputs(double[] values)
        {
            double[][] states = description is GruDescription
                ? GruReference.Run(values, units, channels, x) : FastGrnnReference.Run(WithShares(values), units, channels, x);
            return description.GivesEvery ? [.. states.SelectMany(state => state)] : states[^1];
        }

        Compare(GradientOf(network, 0, x, target), p, values => HalfSquares(Outputs(values), target));
    }

    /// <summary>Behind all others zeta and nu, which training has as logits.</summary>
    private static double[] WithShares(double[] p) => [.. p[..^2], .. p[^2..].Select(logit => 1 / (1 + Math.Exp(-logit)))];

    private static void Compare(double[] gradient, double[] p, Func<double[], double> loss)
    {
        const double H = 1e-5;
        Assert.Contains(gradient, value => Math.Abs(value) > 1e-3);
        for (int i = 0; i < p.Length; i++)
        {
            double[] up = [.. p];
            double[] down = [.. p];
            up[i] += H;
            down[i] -= H;
            double expected = (loss(up) - loss(down)) / (2 * H);
            Assert.True(Math.Abs(gradient[i] - expected) <= 1e-4 + 2e-4 * Math.Abs(expected),
                $"parameter {i}: {gradient[i]}, expected {expected}");
        }
    }

    /// <summary>The gradient on a layer, in the order of a blob; of FastGRNN's shares the one on their logits.</summary>
    private static double[] GradientOf(TrainingNetwork network, int layer, double[] x, double[] target)
    {
        using Backpropagation back = new(network, 1, 1);
        Batch batch = new(1, x.Length, target.Length);
        batch.Set([.. x.Select(value => (float)value)], [.. target.Select(value => (float)value)]);
        back.Forward(batch);
        back.Backward();
        return [.. Places(network, layer).Select(place => (double)back.Gradients[place])];
    }

    private static void Set(TrainingNetwork network, int layer, double[] values)
    {
        int[] places = Places(network, layer);
        for (int i = 0; i < values.Length; i++)
        {
            network.Parameters[places[i]] = (float)values[i];
        }
    }

    /// <summary>Where each of a layer's parameters stands, in the order of a blob: found by looking for it.</summary>
    private static int[] Places(TrainingNetwork network, int layer)
    {
        TrainingLayer of = network.Layers[layer];
        float[] places = new float[of.ParameterCount];
        of.CopyParameters([.. Enumerable.Range(0, network.Parameters.Length).Select(i => (float)i)], places);
        int[] found = [.. places.Select(place => (int)place)];
        if (of is Training.Layers.FastGrnn grnn)
        {
            (found[^2], found[^1]) = (grnn.ParametersAt + grnn.LogitsFrom, grnn.ParametersAt + grnn.LogitsFrom + 1);
        }

        return found;
    }

    private static double HalfSquares(double[] z, double[] target) => z.Zip(target, (a, b) => (a - b) * (a - b) / 2).Sum();

    private static double[] Draw(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() * 1.6 - 0.8))];
    }
}
