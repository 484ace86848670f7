using System.Diagnostics;
using System.Numerics.Tensors;
using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Optimization;

namespace Tiny.Training.Networks;

/// <summary>
/// Takes batches forward and gradients back through a network, on one thread or several: the bits do not depend on how many. Allocates
/// when it is made, not when it works.
/// </summary>
/// <example>
/// <code>
/// Batch batch = new(32, training.Inputs, training.Outputs);
/// batch.Set(normalized, targets);                            // (rows, inputs) and (rows, outputs)
/// using Backpropagation passes = new(training, batch.Capacity, threads: 1);
/// Optimizer optimizer = new(OptimizerKind.Adam, training.Parameters.Length);
/// passes.Forward(batch);
/// double loss = passes.SumOfLosses();                        // of the rows of the batch
/// optimizer.BeginStep(Optimizer.DefaultRate(OptimizerKind.Adam));
/// passes.Backward(optimizer);
/// </code>
/// </example>
public sealed class Backpropagation : IDisposable
{
    private readonly TrainingNetwork network;
    private readonly WorkTeam team;
    private readonly TeamTrial trial;
    private readonly BatchValues sample;
    private readonly LayerPass[] passes;
    private readonly bool[] isTaken; // (nodes) whether its only reader has taken the gradient to its sums already
    private readonly NetworkOutput end;
    private readonly float[] output;
    private readonly GradientUse keep;
    private Optimizer? stepper;
    private GradientUse? step;
    private float[] gradients = [];
    private bool[] areWeights = [];
    private Batch? batch;

    /// <summary>
    /// Buffers for batches of at most <paramref name="largestBatch"/> rows, and at most as many threads as the largest layer is worth.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="largestBatch">Rows of the largest batch, 1 or more.</param>
    /// <param name="threads">The most threads, 1 or more.</param>
    /// <param name="products">The kernels; null for the fastest of this machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row, or no thread.</exception>
    public Backpropagation(TrainingNetwork network, int largestBatch, int threads, MatrixProducts? products = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.network = network;
        team = new WorkTeam(Math.Min(threads, Partition.UsefulWorkers(network.Layers.Max(layer => largestBatch * layer.Work))));
        trial = new TeamTrial(team, Stopwatch.GetTimestamp);
        sample = new BatchValues(largestBatch, network.Inputs, []);
        passes = new LayerPass[network.Layers.Count];
        isTaken = new bool[passes.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            LayerInput[] inputs = Inputs(i);
            passes[i] = network.Layers[i]
                .CreatePass(new PassContext(largestBatch, network.Parameters, team, products ?? MatrixProducts.Widest, inputs));
        }

        for (int i = 0; i < passes.Length; i++)
        {
            if (passes[i].FusesInputGradient)
            {
                isTaken[network.Nodes[i].Inputs[0]] = true;
            }
        }

        end = new NetworkOutput(network, passes[^1]);
        output = new float[network.Outputs];
        gradients = [];
        keep = new GradientUse(network, null, this);
    }

    /// <summary>
    /// (parameters), the gradient of the mean loss, laid out as the network's parameters, as <see cref="Backward()"/> leaves it.
    /// </summary>
    public float[] Gradients => gradients;

    /// <summary>(blocks of 16 parameters) whether those of <see cref="Gradients"/> are weights, which decay.</summary>
    internal bool[] AreWeights => areWeights;

    /// <summary>Threads that work, the caller's included.</summary>
    internal int Workers => team.Size;

    private int Rows => batch?.Rows ?? throw new InvalidOperationException("No batch has been taken forward.");

    /// <summary>Takes a batch forward.</summary>
    /// <param name="next">The batch; kept until the gradients are taken back.</param>
    /// <param name="dropout">Draws what is dropped; null to drop nothing and to normalize by what
    /// was seen, as in all use but training.</param>
    public void Forward(Batch next, SeededRandom? dropout = null)
    {
        trial.Begin();
        batch = next;
        sample.Values = next.Inputs;
        foreach (LayerPass pass in passes)
        {
            pass.Context.IsLearning = dropout is not null;
            pass.Forward(next.Rows);
            pass.Drop(next.Rows, dropout);
        }

        end.Forward(next.Rows);
    }

    /// <summary>The outputs of one row of the last batch. Valid until the next call.</summary>
    /// <param name="row">From 0 to the rows of the batch - 1.</param>
    /// <returns>(outputs).</returns>
    public ReadOnlySpan<float> Output(int row)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = end.Values[end.Index(row, i)];
        }

        return output;
    }

    /// <summary>The sum of the losses of the last batch's rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The loss of the network is not one of <see cref="Tiny.Core.Losses.Loss"/>.</exception>
    public double SumOfLosses() => BatchLoss.Sum(network.Loss, end, batch!);

    /// <summary>Finds the gradients of the last batch and steps the network's parameters along them.</summary>
    /// <param name="optimizer">Steps the parameters; a step of it has begun.</param>
    /// <exception cref="InvalidOperationException">No batch has been taken forward.</exception>
    public void Backward(Optimizer optimizer)
    {
        if (stepper != optimizer)
        {
            stepper = optimizer;
            step = new GradientUse(network, optimizer, null);
        }

        if (optimizer.Clip > 0f)
        {
            Backward();
            Shorten(optimizer.Clip);
            Step();
        }
        else
        {
            Backward(step!);
        }
    }

    /// <summary>Finds the gradients of the last batch and keeps them in <see cref="Gradients"/>; the parameters stay.</summary>
    /// <exception cref="InvalidOperationException">No batch has been taken forward.</exception>
    public void Backward()
    {
        Array.Resize(ref gradients, network.Parameters.Length);
        Array.Resize(ref areWeights, network.Parameters.Length / Blocks.Width);
        Backward(keep);
    }

    /// <inheritdoc/>
    public void Dispose() => team.Dispose();

    private void Backward(GradientUse use)
    {
        int rows = Rows;
        BatchLoss.Gradient(network.Loss, end, batch!);
        end.Backward(rows);
        for (int i = passes.Length - 1; i >= 0; i--)
        {
            LayerPass pass = passes[i];
            if (i < passes.Length - 1 && !isTaken[i])
            {
                pass.TakeGradient(rows, 0, Blocks.Count(pass.Layer.Outputs));
            }

            pass.Backward(rows, use);
            for (int k = 0; k < pass.Context.Inputs.Count; k++)
            {
                pass.Context.Inputs[k].Deliver(rows);
            }
        }

        trial.End();
    }

    /// <summary>Multiplies the gradients so that their norm is at most so much.</summary>
    private void Shorten(float most)
    {
        double squares = 0;
        foreach (float gradient in gradients)
        {
            squares += (double)gradient * gradient;
        }

        double norm = Math.Sqrt(squares);
        if (norm > most)
        {
            TensorPrimitives.Multiply(gradients, (float)(most / norm), gradients);
        }
    }

    /// <summary>Steps along the gradients that were kept, run by run of weights or of others.</summary>
    private void Step()
    {
        for (int block = 0; block < areWeights.Length;)
        {
            int first = block;
            while (block < areWeights.Length && areWeights[block] == areWeights[first])
            {
                block++;
            }

            step!.Use(first * Blocks.Width, gradients.AsSpan(first * Blocks.Width, (block - first) * Blocks.Width), areWeights[first]);
        }
    }

    /// <summary>What a node reads. The last reader of a node is the first on the way back, and may write where others add.</summary>
    private LayerInput[] Inputs(int node)
    {
        IReadOnlyList<int> read = network.Nodes[node].Inputs;
        LayerInput[] inputs = new LayerInput[read.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            int from = read[i];
            BatchValues source = from < 0 ? sample : passes[from].Output;
            source.Readers++;
            bool isFirst = read.Take(i).All(other => other != from)
                && network.Nodes.Skip(node + 1).All(later => !later.Inputs.Contains(from));
            inputs[i] = new LayerInput(source, from < 0 ? null : passes[from], isFirst);
        }

        return inputs;
    }
}
