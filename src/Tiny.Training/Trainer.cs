using System.Diagnostics;
using System.Numerics.Tensors;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Networks;
using Tiny.Training.Normalisation;
using Tiny.Training.Optimisation;

namespace Tiny.Training;

/// <summary>
/// Trains a perceptron on a data set: normalises, draws the weights, goes through the data in seeded order batch by batch, evaluates. The
/// same data, options and seed give the same bits on the same machine, however many threads.
/// </summary>
public sealed class Trainer
{
    private const double HeldBackShare = 0.1;

    private readonly Dataset data;
    private readonly TrainingOptions options;
    private readonly Standardiser inputs;
    private readonly Standardiser? targets;
    private readonly Perceptron network;
    private readonly Backpropagation backpropagation;
    private readonly int batch;
    private readonly Batch rowsAtOnce;

    /// <summary>A trainer for this data. Statistics are taken of the training rows alone.</summary>
    /// <exception cref="DataException">There is nothing to learn in the training rows.</exception>
    public Trainer(Dataset data, IReadOnlyList<int> trainRows, TrainingOptions options)
    {
        this.data = data;
        this.options = options;
        ModelLimits.Check(data);
        CheckRows(data, trainRows);
        inputs = Standardiser.Fit(data, trainRows);
        targets = data.Task == NetworkTask.Regression ? Standardiser.FitTargets(data, trainRows) : null;
        network = new Perceptron(data.ColumnCount, Layers(data, options), LossFor(data, options));
        batch = Math.Min(options.Batch, trainRows.Count);
        backpropagation = new Backpropagation(network, batch, options.Threads);
        rowsAtOnce = new Batch(batch, network.Inputs, network.Outputs);
        (LearningRows, HeldBackRows) = HoldBack(data, trainRows, options);
    }

    /// <summary>The rows the weights learn from.</summary>
    public int[] LearningRows { get; }

    /// <summary>The rows early stopping watches; empty without patience.</summary>
    public int[] HeldBackRows { get; }

    /// <summary>Input columns that are constant in training; the model ignores them.</summary>
    public IReadOnlyList<int> ConstantColumns => inputs.ConstantColumns;

    /// <summary>Weights and biases.</summary>
    public int ParameterCount => network.ParameterCount;

    /// <summary>The loss that options and data come to.</summary>
    public static Loss LossFor(Dataset data, TrainingOptions options) =>
        options.Loss ?? (data.Task == NetworkTask.Classification ? Loss.SoftmaxCrossEntropy : Loss.MeanSquaredError);

    /// <summary>Trains, then evaluates on the training and the test rows.</summary>
    /// <param name="testRows">Rows to test on; may be empty.</param>
    /// <param name="progress">Told of every epoch.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <exception cref="DataException">The loss left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingResult Run(IReadOnlyList<int> testRows, Action<EpochProgress>? progress = null, CancellationToken cancel = default)
    {
        SeededRandom random = new(options.Seed);
        network.Initialise(random);
        Optimiser optimiser = new(options.Optimiser, network.Parameters.Length, options.L2);
        EarlyStopping stopping = new(options.Patience);
        int epochs = options.EpochsFor(LearningRows.Length);
        Stopwatch watch = Stopwatch.StartNew();
        int done = 0;
        while (done < epochs && !stopping.Stops)
        {
            double loss = Epoch(optimiser, random, done, epochs, cancel);
            done++;
            if (!double.IsFinite(loss))
            {
                throw new DataException($"The loss became {loss} in epoch {done}: the steps are too long. Lower --lr.");
            }

            double? heldBack = HeldBackRows.Length == 0 ? null : MeanLoss(HeldBackRows);
            stopping.Look(heldBack, network.Parameters);
            progress?.Invoke(new EpochProgress(done, epochs, loss, heldBack, watch.Elapsed.TotalSeconds));
        }

        stopping.RestoreBest(network.Parameters);
        double seconds = watch.Elapsed.TotalSeconds;
        TrainedModel model = new(network, data.Task, inputs, targets, data.OutputNames, data.Columns.Checksum);
        EvaluationResult? test = testRows.Count == 0 ? null : Evaluate(testRows);
        return new TrainingResult(model, done, seconds, Evaluate(LearningRows), test);
    }

    private static void CheckRows(Dataset data, IReadOnlyList<int> rows)
    {
        if (rows.Count < 2)
        {
            throw new DataException($"Only {rows.Count} row is left to train on, expected at least 2. Give more data, or a smaller test share.");
        }

        if (data.Task == NetworkTask.Classification && rows.Select(row => data.Classes[row]).Distinct().Count() < 2)
        {
            throw new DataException(
                $"All training rows are of one class, \"{data.OutputNames[data.Classes[rows[0]]]}\": there is nothing to tell apart. "
                + "Check --label and the split.");
        }
    }

    private static LayerDescription[] Layers(Dataset data, TrainingOptions options)
    {
        Loss loss = LossFor(data, options);
        bool classes = data.Task == NetworkTask.Classification;
        int outputs = !classes ? 1 : loss == Loss.BinaryCrossEntropy && data.OutputNames.Count == 2 ? 1 : data.OutputNames.Count;
        Activation last = loss switch
        {
            Loss.SoftmaxCrossEntropy => Activation.Softmax,
            Loss.BinaryCrossEntropy => Activation.Sigmoid,
            Loss.MultiClassHinge => Activation.Linear,
            _ => classes ? Activation.Sigmoid : Activation.Linear,
        };
        LayerDescription Hidden(int width) =>
            new(width, options.Activation) { ActivationParameter = options.ActivationParameter, Dropout = options.Dropout };
        return [.. options.HiddenLayers.Select(Hidden), new LayerDescription(outputs, last)];
    }

    private static (int[] Learning, int[] HeldBack) HoldBack(Dataset data, IReadOnlyList<int> rows, TrainingOptions options)
    {
        if (options.Patience == 0)
        {
            return ([.. rows], []);
        }

        DataSplit split = DataSplit.Stratified(data, rows, HeldBackShare, options.Seed);
        return split.Test.Length > 0
            ? (split.Train, split.Test)
            : throw new DataException($"{rows.Count} training rows are too few to hold a tenth back for --patience. Leave --patience off.");
    }

    /// <summary>One pass through the learning rows in a new order; returns the mean loss.</summary>
    private double Epoch(Optimiser optimiser, SeededRandom random, int epoch, int epochs, CancellationToken cancel)
    {
        int[] order = [.. LearningRows];
        DataSplit.Shuffle(order, random);
        float rate = (options.LearningRate ?? Optimiser.DefaultRate(options.Optimiser)) * options.Schedule.Factor(epoch, epochs);
        double sum = 0;
        for (int at = 0; at < order.Length; at += batch)
        {
            cancel.ThrowIfCancellationRequested();
            ReadOnlySpan<int> rows = order.AsSpan(at, Math.Min(batch, order.Length - at));
            Gather(rows);
            backpropagation.Forward(rowsAtOnce, random);
            sum += backpropagation.SumOfLosses();
            optimiser.BeginStep(rate);
            backpropagation.Backward(optimiser);
        }

        return sum / order.Length;
    }

    /// <summary>Copies rows into the batch, standardised.</summary>
    private void Gather(ReadOnlySpan<int> rows)
    {
        rowsAtOnce.Rows = rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            inputs.Apply(data.Row(rows[i]), rowsAtOnce, i);
            Span<float> target = rowsAtOnce.Target(i);
            if (targets is not null)
            {
                targets.Apply([data.Targets[rows[i]]], target);
            }
            else if (target.Length == 1)
            {
                target[0] = data.Classes[rows[i]];
            }
            else
            {
                target.Clear();
                target[data.Classes[rows[i]]] = 1f;
            }
        }
    }

    private double MeanLoss(int[] rows) => Evaluate(rows).Loss ?? double.NaN;

    /// <summary>The trainer's own figures for some rows, in the target's unit.</summary>
    private EvaluationResult Evaluate(IReadOnlyList<int> rows)
    {
        ConfusionMatrix? confusion = targets is null ? new ConfusionMatrix(data.OutputNames.Count) : null;
        RegressionErrors? errors = targets is null ? null : new RegressionErrors();
        double sum = 0;
        int[] all = [.. rows];
        for (int at = 0; at < all.Length; at += batch)
        {
            ReadOnlySpan<int> part = all.AsSpan(at, Math.Min(batch, all.Length - at));
            Gather(part);
            backpropagation.Forward(rowsAtOnce);
            sum += backpropagation.SumOfLosses();
            for (int i = 0; i < part.Length; i++)
            {
                ReadOnlySpan<float> output = backpropagation.Output(i);
                confusion?.Add(data.Classes[part[i]], output.Length == 1 ? (output[0] >= 0.5f ? 1 : 0) : TensorPrimitives.IndexOfMax(output));
                errors?.Add(targets is null ? 0 : data.Targets[part[i]], targets is null ? 0 : Restore(output[0]));
            }
        }

        return new EvaluationResult(all.Length, sum / all.Length, confusion, errors);
    }

    private float Restore(float output) => targets!.Scales[0] == 0f ? output + targets.Means[0] : output / targets.Scales[0] + targets.Means[0];
}
