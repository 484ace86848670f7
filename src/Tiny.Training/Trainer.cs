using System.Diagnostics;
using System.Globalization;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Planning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;
using Tiny.Training.Optimization;
using Tiny.Training.Pruning;

namespace Tiny.Training;

/// <summary>
/// Trains a network on a data set: normalizes, draws the weights, goes through the data in seeded order batch by batch, evaluates. The
/// same data, options and seed give the same bits on the same machine, however many threads.
/// </summary>
/// <example>
/// <code>
/// using DatasetFile file = DatasetFile.ReadCsv("gestures.csv", new CsvOptions());
/// DataSplit split = DataSplit.Every(file.Data.Rows, 5);      // every fifth row is tested on
/// using Trainer trainer = new(file.Data, split.Train, new TrainingOptions { HiddenLayers = [16] });
/// TrainingResult result = trainer.Run(new MemoryRows(file.Data, split.Test));
/// File.WriteAllBytes("gestures.tiny", BlobExporter.ToBlob(result.Model));
/// </code>
/// </example>
public sealed class Trainer : IDisposable
{
    private const double HeldBackShare = 0.1;

    private readonly DataSchema schema;
    private readonly TrainingOptions options;
    private readonly RowSource learning;
    private readonly RowSource? heldBack;
    private readonly Normalizer inputs;
    private readonly Normalizer? targets;
    private readonly TrainingNetwork network;
    private readonly Batch batch;
    private readonly BatchFeed feed;
    private readonly BatchEvaluation evaluation;
    private readonly RowAugmenter? augmenter;

    /// <summary>A trainer for these rows of a data set. Statistics are taken of the rows it learns from alone.</summary>
    /// <exception cref="DataException">There is nothing to learn in the training rows, or the network would be too large.</exception>
    /// <exception cref="SelectionException">An option does not go with the data.</exception>
    public Trainer(Dataset data, IReadOnlyList<int> trainRows, TrainingOptions options)
        : this(data.Schema, new MemoryRows(data, trainRows), options)
    {
    }

    /// <summary>
    /// A trainer for these rows, in memory or streamed. Statistics are taken of those it learns
    /// from alone: with patience not of the held-back ones.
    /// </summary>
    /// <exception cref="DataException">There is nothing to learn in them, or the network would be too large.</exception>
    /// <exception cref="SelectionException">An option does not go with the data.</exception>
    public Trainer(DataSchema schema, RowSource rows, TrainingOptions options)
    {
        this.schema = schema;
        this.options = options;
        TrainingChecks.Check(schema, options);
        int batchRows = (int)Math.Min(options.Batch, rows.Rows);
        ModelLimits.Check(schema.ColumnCount, LayersFor(schema, options), batchRows, options,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        (learning, heldBack) = options.Patience > 0 ? rows.HoldBack(HeldBackShare, options.Seed) : (rows, null);
        TrainingChecks.Check(schema, learning);
        inputs = Normalizer.Fit(schema, learning);
        targets = schema.Task == NetworkTask.Regression && !options.Reconstructs ? Normalizer.FitTargets(schema, learning) : null;
        LayerDescription[] layers = Layers(schema, options);
        network = new TrainingNetwork(SampleOf(schema, layers), NodeDescription.Chain(layers), LossFor(schema, options));
        float[]? weights = ClassWeights.For(options.ClassWeighting, schema, learning);
        batch = new Batch(batchRows, network.Inputs, network.Outputs) { Weights = weights is null ? null : new float[batchRows] };
        if (options.Pruning is not null)
        {
            PruningPlan.SharesOf(network.Layers, options.Pruning);
        }

        feed = new BatchFeed(inputs, targets, batch, weights) { Reconstructs = options.Reconstructs, Fitted = learning };
        augmenter = options.Augmentation is null
            ? null : new RowAugmenter(options.Augmentation, AugmentedShape(schema, options.Augmentation), inputs, options.Seed);
        evaluation = new BatchEvaluation(schema, targets, batch, feed);
    }

    /// <summary>How many rows the weights learn from.</summary>
    public long LearningRows => learning.Rows;

    /// <summary>How many rows early stopping watches; 0 without patience.</summary>
    public long HeldBackRows => heldBack?.Rows ?? 0;

    /// <summary>Those rows.</summary>
    internal RowSource? HeldBack => heldBack;

    /// <summary>Input columns that are constant in training; the model ignores them.</summary>
    public IReadOnlyList<int> ConstantColumns => inputs.ConstantColumns;

    /// <summary>
    /// The one value that a regression's target has in training, which the model then always answers; null where it varies.
    /// </summary>
    public float? ConstantTarget => targets is { ConstantColumns.Count: > 0 } ? targets.Means[0] : null;

    /// <summary>Weights and biases.</summary>
    public int ParameterCount => network.ParameterCount;

    /// <summary>The loss that options and data come to.</summary>
    public static Loss LossFor(DataSchema schema, TrainingOptions options) =>
        options.Loss ?? LossChoice.Usual(schema.Task);

    /// <summary>The layers of the network that options and data come to, without memory for weights.</summary>
    /// <exception cref="SelectionException">They do not fit each other, or what a row is.</exception>
    public static IReadOnlyList<TrainingLayer> LayersFor(DataSchema schema, TrainingOptions options)
    {
        LayerDescription[] layers = Layers(schema, options);
        try
        {
            return TrainingNetwork.Create(SampleOf(schema, layers), NodeDescription.Chain(layers));
        }
        catch (ArgumentException error)
        {
            throw new SelectionException($"--layers: {error.Message}");
        }
    }

    /// <summary>The plan of the network that options and data come to, without names, scaling and weights.</summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="options">The options of the training.</param>
    /// <exception cref="SelectionException">The layers do not fit each other, or what a row is.</exception>
    /// <exception cref="ArgumentException">Batch normalization stands where it cannot be folded into the layer before it.</exception>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static PlanBuilder PlanFor(DataSchema schema, TrainingOptions options)
    {
        LayerDescription[] layers = Layers(schema, options);
        Shape sample = SampleOf(schema, layers);
        FoldedNetwork folded = FoldedNetwork.Of(sample, NodeDescription.Chain(layers));
        return PlanLayout.Of(sample, folded.Nodes, folded.Layers, schema.Task, LossFor(schema, options));
    }

    /// <summary>Trains, then evaluates on the rows it learned from and on the test rows.</summary>
    /// <param name="test">Rows to test on, if any.</param>
    /// <param name="progress">Told of every epoch.</param>
    /// <param name="checkpoint">Where the run is to be kept, and gone on with if it is there.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <exception cref="DataException">Loss or weights left the finite numbers, or the checkpoint is not of this run.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; the checkpoint, if any, is up to date.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options name no thread.</exception>
    public TrainingResult Run(
        RowSource? test = null, Action<EpochProgress>? progress = null, Checkpoint? checkpoint = null, CancellationToken cancel = default)
    {
        using Backpropagation backpropagation = new(network, batch.Capacity, options.Threads);
        TrainingState state = new(network, options);
        if (ConstantTarget is not null)
        {
            network.Silence();
        }

        using IDisposable? claim = checkpoint?.ClaimForNow();
        string description = checkpoint is null ? "" : Describe();
        if (checkpoint is { Exists: true })
        {
            checkpoint.Load(description, state);
        }

        int epochs = options.EpochsFor(learning.Rows);
        Stopwatch watch = Stopwatch.StartNew();
        double Seconds() => state.SecondsBefore + watch.Elapsed.TotalSeconds;
        CheckpointClock clock = new(checkpoint, () => checkpoint!.Save(description, state, Seconds()));
        while (state.Epoch < epochs && !state.Stopping.Stops)
        {
            Epoch(backpropagation, state, epochs, clock, cancel);
            double loss = state.LossSum / learning.Rows;
            state.Epoch++;
            state.RowsDone = 0;
            state.LossSum = 0;
            double? watched = heldBack is null ? null : evaluation.Evaluate(backpropagation, heldBack, cancel).Loss;
            if (state.Pruner is not { IsDone: false })
            {
                // Before all weights have gone that are to go, the best would be one of too many weights.
                state.Stopping.Look(watched, network.Parameters);
            }

            progress?.Invoke(new EpochProgress(state.Epoch, epochs, loss, watched, Seconds()));
        }

        double seconds = Seconds();
        clock.Save();
        state.Stopping.RestoreBest(network.Parameters);
        EvaluationResult learned = evaluation.Evaluate(backpropagation, learning, cancel);
        if (!double.IsFinite(learned.Loss!.Value) || !Array.TrueForAll(network.Parameters, float.IsFinite))
        {
            throw TrainingChecks.Diverged(options, state.Epoch, state.Optimizer.Steps);
        }

        TrainedModel model = options.Reconstructs
            ? new(network, schema.Task, inputs, inputs, [], schema.Columns.Checksum, schema.Features)
            : new(network, schema.Task, inputs, targets, schema.OutputNames, schema.Columns.Checksum, schema.Features);
        return new TrainingResult(
            model, state.Epoch, seconds, learned, test is null ? null : evaluation.Evaluate(backpropagation, test, cancel));
    }

    /// <summary>Lets go of the rows it has held back; those it was given stay with whom they belong to.</summary>
    public void Dispose()
    {
        if (heldBack is not null)
        {
            heldBack.Dispose();
            learning.Dispose();
        }
    }

    /// <summary>What the layers see of a row: where it matters to one of them, its shape.</summary>
    private static Shape SampleOf(DataSchema schema, LayerDescription[] layers) => !layers.Any(layer => layer.TakesShape)
        ? Shape.Vector(schema.ColumnCount)
        : schema.Columns.Shape ?? throw new SelectionException(
            $"--layers: there are layers over images or signals, but a row is just {schema.ColumnCount} values. Say what it is with "
                + "--shape, such as 28x28x1 (height x width x channels) or 128x3 (time x channels).");

    private static Shape AugmentedShape(DataSchema schema, Augmentation augmentation) => schema.Columns.Shape ?? (augmentation.Shift == 0
        ? Shape.Vector(schema.ColumnCount)
        : throw new SelectionException("--augment shift moves images and signals, but a row is just values. Say what it is with --shape."));

    private static LayerDescription[] Layers(DataSchema schema, TrainingOptions options)
    {
        Loss loss = LossFor(schema, options);
        bool classes = schema.Task == NetworkTask.Classification;
        int outputs = options.Reconstructs ? schema.ColumnCount : !classes
            ? 1 : loss == Loss.BinaryCrossEntropy && schema.OutputNames.Count == 2 ? 1 : schema.OutputNames.Count;
        Activation last = loss switch
        {
            Loss.BinaryCrossEntropy => Activation.Sigmoid,
            Loss.SoftmaxCrossEntropy or Loss.MultiClassHinge => Activation.Linear,
            _ => classes ? Activation.Sigmoid : Activation.Linear,
        };
        LayerDescription Hidden(int width) =>
            new DenseDescription(width, options.Activation)
            {
                ActivationParameter = options.ActivationParameter,
                Dropout = options.Dropout
            };
        return [.. options.Layers ?? options.HiddenLayers.Select(Hidden), new DenseDescription(outputs, last)];
    }

    /// <summary>What is left of a pass through the learning rows in a new order.</summary>
    private void Epoch(Backpropagation backpropagation, TrainingState state, int epochs, CheckpointClock clock, CancellationToken cancel)
    {
        float rate = (options.LearningRate ?? Optimizer.DefaultRate(options.Optimizer)) * options.Schedule.Factor(state.Epoch, epochs);
        feed.Begin(learning, order: (int)SplitMix.Mix(options.Seed, state.Epoch));
        feed.Skip(state.RowsDone);
        augmenter?.Begin(state.Epoch);
        while (feed.Fill() > 0)
        {
            augmenter?.Apply(batch, state.RowsDone);
            backpropagation.Forward(batch, state.Dropout);
            state.LossSum += backpropagation.SumOfLosses();
            if (!double.IsFinite(state.LossSum))
            {
                throw TrainingChecks.Diverged(options, state.Epoch + 1, state.Optimizer.Steps);
            }

            state.Optimizer.BeginStep(rate);
            backpropagation.Backward(state.Optimizer);
            state.RowsDone += batch.Rows;
            state.Pruner?.Advance((state.Epoch + (double)state.RowsDone / learning.Rows) / epochs);
            if (cancel.IsCancellationRequested)
            {
                clock.Save();
                cancel.ThrowIfCancellationRequested();
            }

            clock.SaveIfDue();
        }
    }

    /// <summary>The run in words, a line for each thing that its result depends on. The number of threads is none of them.</summary>
    private string Describe()
    {
        string names = string.Join('\0', [.. schema.Columns.Names, "", .. schema.OutputNames]);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {learning.Rows} rows to learn from, {HeldBackRows} held back
            rows {learning.Storage}
            columns and classes {RowsFingerprint.Of(names)}
            rows and answers in their order {RowsFingerprint.Of(learning, heldBack)}
            layers {string.Join(',', network.Layers.Select(layer => layer.Describe()))}
            loss {network.Loss}
            optimizer {options.Optimizer}
            learning rate {options.LearningRate ?? Optimizer.DefaultRate(options.Optimizer)}
            schedule {options.Schedule.Text}
            epochs {options.EpochsFor(learning.Rows)}
            batch {options.Batch}
            l2 {options.L2}
            dropout {options.Dropout}
            augmentation {options.Augmentation}
            patience {options.Patience}
            class weights {options.ClassWeighting}
            seed {options.Seed}
            """) + (options.Pruning is null ? "" : $"\nsparsity {options.Pruning}")
            + (options.Clip > 0f ? string.Create(CultureInfo.InvariantCulture, $"\nclip {options.Clip}") : "");
    }
}
