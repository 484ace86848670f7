using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Training.Baselines;

/// <summary>
/// The simplest model that learns: softmax regression or linear regression on the standardized inputs. Its loss is convex, so it starts
/// from zeros and draws nothing: the same data give the same figures, whatever the options and the seed of the network it is held against.
/// </summary>
internal static class LinearBaseline
{
    private const int BatchRows = 32;
    private const float Rate = 0.02f;
    private const int Order = 1;

    // A quarter of the steps that training takes by default, and never more than a quarter of
    // the work that it took, but this much in any case.
    private const int LeastSteps = 100;
    private const int MostSteps = 2500;
    private const double ShareOfWork = 0.25;
    private const double LeastWork = 1 << 28; // multiply-adds of the products forward: some 30 ms with the way back

    private const long MostWeights = 1 << 24;

    private static readonly float Decay = new TrainingOptions().L2;

    /// <summary>Trains one on the rows a network has learned from, and evaluates it.</summary>
    /// <param name="model">The network, whose normalization it shares.</param>
    /// <param name="rowsSeen">How many rows the network has gone through, those of each epoch counted.</param>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="learning">The rows to learn from.</param>
    /// <param name="judged">The rows to evaluate it on.</param>
    /// <param name="classWeights">(classes) how much a row of each class counts; null where all count alike.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Null where it would be so large that it costs more than the network.</returns>
    internal static EvaluationResult? Train(
        TrainedModel model, long rowsSeen, DataSchema schema, RowSource learning, RowSource judged, float[]? classWeights,
        CancellationToken cancel)
    {
        bool classes = schema.Task == NetworkTask.Classification;
        DenseDescription layer = new(classes ? schema.OutputNames.Count : 1, Activation.Linear);
        long weights = (schema.ColumnCount + 1L) * layer.Outputs;
        if (weights > MostWeights)
        {
            return null;
        }

        TrainingNetwork network = new(schema.ColumnCount, [layer], classes ? Loss.SoftmaxCrossEntropy : Loss.MeanSquaredError);
        Batch batch = new(BatchRows, network.Inputs, network.Outputs) { Weights = classWeights is null ? null : new float[BatchRows] };
        BatchFeed feed = new(model.Inputs, model.Targets, batch, classWeights);
        using Backpropagation backpropagation = new(network, BatchRows, threads: 1);
        double work = Math.Max(LeastWork, ShareOfWork * model.Network.ParameterCount * rowsSeen);
        int steps = (int)Math.Clamp(work / (weights * BatchRows), LeastSteps, MostSteps);
        Learn(backpropagation, new Optimizer(OptimizerKind.Adam, network.Parameters.Length, Decay), batch, feed, learning, steps, cancel);

        // Its loss is another than the network's, which may have one of the user's choice: it would only mislead.
        return new BatchEvaluation(schema, model.Targets, batch, feed).Evaluate(backpropagation, judged, cancel) with { Loss = null };
    }

    private static void Learn(
        Backpropagation backpropagation, Optimizer optimizer, Batch batch, BatchFeed feed, RowSource rows, int steps,
        CancellationToken cancel)
    {
        int passes = 0;
        for (int step = 0; step < steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            if (step == 0 || feed.Fill() == 0)
            {
                feed.Begin(rows, (int)SplitMix.Mix(Order, passes++));
                feed.Fill();
            }

            backpropagation.Forward(batch);
            optimizer.BeginStep(Rate * Schedule.Cosine.Factor(step, steps));
            backpropagation.Backward(optimizer);
        }
    }
}
