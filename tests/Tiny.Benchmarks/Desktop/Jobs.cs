using System.Diagnostics;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Benchmarks.Desktop;

/// <summary>The whole jobs that the peers in ../shared/peers do too, by the same rules.</summary>
internal static class Jobs
{
    private const int Steps = 2000;

    /// <summary>
    /// Floating-point operations of <see cref="TwoLayer"/>: forward and the gradient on the
    /// weights of both layers, and the gradient on what the second reads.
    /// </summary>
    internal const double TwoLayerOperations = 2.0 * Steps * 64 * (2 * 1000 * 100 + 3 * 100 * 10);

    /// <summary>
    /// Worked example 5: 64x1000x100x10, sigmoid, sum of squared errors, no bias, 2000 steps of full-batch
    /// descent. The whole job is done twice and the second timed, without the compiler's work: numpy is
    /// compiled before it is loaded, which its script does not time either.
    /// </summary>
    /// <returns>Seconds, and the loss before the last step.</returns>
    internal static (double Seconds, double Loss) TwoLayer(int threads)
    {
        TwoLayerOnce(threads);
        return TwoLayerOnce(threads);
    }

    private static (double Seconds, double Loss) TwoLayerOnce(int threads)
    {
        const int N = 64;
        TrainingNetwork network = new(
            1000, [new DenseDescription(100, Activation.Sigmoid) { HasBias = false },
                new DenseDescription(10, Activation.Linear) { HasBias = false }], Loss.HalfSquaredError);
        SeededRandom random = new(1);
        foreach (Dense layer in network.Layers.Cast<Dense>())
        {
            Span<float> weights = layer.Weights(network.Parameters).Span;
            for (int i = 0; i < layer.Inputs * layer.Rows; i++)
            {
                weights[layer.WeightIndex(i / layer.Rows, i % layer.Rows)] = Normal(random);
            }
        }

        Batch batch = new(N, network.Inputs, network.Outputs);
        batch.Set([.. Enumerable.Range(0, N * network.Inputs).Select(_ => Normal(random))],
            [.. Enumerable.Range(0, N * network.Outputs).Select(_ => Normal(random))]);
        using Backpropagation backpropagation = new(network, N, threads);
        Optimizer optimizer = new(OptimizerKind.Sgd, network.Parameters.Length);
        double loss = 0;
        Stopwatch watch = Stopwatch.StartNew();
        for (int step = 0; step < Steps; step++)
        {
            backpropagation.Forward(batch);
            loss = 2 * backpropagation.SumOfLosses();

            // The trainer's gradient is of half the mean, the example's of the whole sum.
            optimizer.BeginStep(1e-4f * 2 * N);
            backpropagation.Backward(optimizer);
        }

        return (watch.Elapsed.TotalSeconds, loss);
    }

    /// <summary>
    /// MNIST 784-hidden-10, ReLU, plain SGD at 0.1 (0.01 row by row, where 0.1 diverges), five
    /// epochs. Returns the median of an epoch's seconds and the test accuracy.
    /// </summary>
    internal static (double Seconds, double Accuracy) Mnist(string folder, int hidden, int batch, int threads)
    {
        TrainingOptions options = new()
        {
            HiddenLayers = [hidden],
            Optimizer = OptimizerKind.Sgd,
            LearningRate = batch > 1 ? 0.1f : 0.01f,
            Schedule = Schedule.Constant,
            L2 = 0f,
            Epochs = 5,
            Batch = batch,
            Threads = threads,
        };
        return Train(folder, options);
    }

    /// <summary>
    /// MNIST by a small convolutional network of cnn_torch.py, Adam, so many epochs. Returns the
    /// median of an epoch's seconds and the test accuracy.
    /// </summary>
    internal static (double Seconds, double Accuracy) Convolutions(string folder, string net, int epochs, int batch, int threads)
    {
        const Activation Relu = Activation.Relu;
        LayerDescription Conv(int filters, int size, int stride, bool valid) =>
            new Conv2DDescription(filters, new(size) { StrideDown = stride, IsValid = valid }, Relu);
        LayerDescription pool = new MaxPoolingDescription(new(2) { StrideDown = 2 });
        LayerDescription[] layers = net switch
        {
            "strided" => [Conv(8, 5, 2, true), Conv(16, 3, 2, true)],
            "gap" => [Conv(4, 3, 2, true), Conv(8, 3, 2, true), Conv(16, 3, 2, true), new GlobalAverageDescription()],
            "pooled" => [Conv(8, 3, 1, false), pool, Conv(16, 3, 1, false), pool],
            _ => throw new ArgumentException($"There is no network {net}; expected strided, gap or pooled."),
        };
        return Train(folder, new TrainingOptions { Layers = layers, Epochs = epochs, Batch = batch, Threads = threads });
    }

    private static (double Seconds, double Accuracy) Train(string folder, TrainingOptions options)
    {
        Dataset train = IdxReader.Read(
            Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        Dataset test = IdxReader.Read(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));
        List<double> ends = [0];
        TrainingResult result = new Trainer(train, [.. Enumerable.Range(0, train.Rows)], options)
            .Run(new MemoryRows(test, [.. Enumerable.Range(0, test.Rows)]), progress => ends.Add(progress.Seconds));
        return (Median([.. ends.Zip(ends.Skip(1), (from, to) => to - from)]), result.Test!.Confusion!.Accuracy);
    }

    /// <summary>The middle one.</summary>
    internal static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static float Normal(SeededRandom random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextFloat())) * MathF.Cos(2 * MathF.PI * random.NextFloat());
}
