using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;
using Tiny.Training.Matrices;
using Tiny.Training.Networks.Activations;
using Tiny.Training.Optimisation;

namespace Tiny.Training.Networks;

/// <summary>
/// Takes batches forward and gradients back through a perceptron, on one thread or several: the bits do not depend on how many. Allocates
/// when it is made, not when it works.
/// </summary>
public sealed class Backpropagation : IDisposable
{
    private readonly Perceptron network;
    private readonly WorkTeam team;
    private readonly LayerBuffers[] buffers;
    private readonly ForwardWork[] forward;
    private readonly InputGradientWork[] inputGradients; // of layers 1 on, at their index - 1
    private readonly WeightGradientWork[] weightGradients;
    private readonly float[] output;
    private float[] gradients = [];
    private Batch? batch;

    /// <summary>Buffers for batches of at most <paramref name="largestBatch"/> rows, and at most as many threads as the largest layer is worth.</summary>
    public Backpropagation(Perceptron network, int largestBatch, int threads, MatrixProducts? products = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.network = network;
        products ??= MatrixProducts.Widest;
        float[] parameters = network.Parameters;
        team = new WorkTeam(Math.Min(threads, Partition.UsefulWorkers(network.Layers.Max(layer => (long)largestBatch * layer.Inputs * layer.Rows))));
        buffers = [.. network.Layers.Select(layer => new LayerBuffers(layer, largestBatch))];
        forward = [.. buffers.Select(buffer => new ForwardWork(buffer, parameters, products, team.Size))];
        inputGradients = [.. buffers.Skip(1).Select((buffer, i) => new InputGradientWork(buffer, buffers[i], parameters, products, team.Size))];
        weightGradients = [.. buffers.Select(buffer => new WeightGradientWork(buffer, parameters, products, team.Size))];
        output = new float[network.Outputs];
    }

    /// <summary>The gradient of the mean loss, laid out as the network's parameters, as <see cref="Backward()"/> leaves it.</summary>
    public float[] Gradients => gradients;

    /// <summary>Threads that work, the caller's included.</summary>
    internal int Workers => team.Size;

    private LayerBuffers Last => buffers[^1];

    private int Rows => batch?.Rows ?? throw new InvalidOperationException("No batch has been taken forward.");

    /// <summary>Takes a batch forward.</summary>
    /// <param name="next">The batch; kept until the gradients are taken back.</param>
    /// <param name="dropout">Draws what is dropped; null to drop nothing, as in all use but training.</param>
    public void Forward(Batch next, SeededRandom? dropout = null)
    {
        batch = next;
        float[] x = next.Inputs;
        for (int i = 0; i < buffers.Length; i++)
        {
            forward[i].Run(team, x, next.Rows);
            if (network.Layers[i].Activation == Activation.Softmax)
            {
                BatchActivation.Softmax(Last, Rows);
            }

            buffers[i].Drop(next.Rows, dropout);
            x = buffers[i].Outputs;
        }
    }

    /// <summary>The outputs of one row of the last batch. Valid until the next call.</summary>
    public ReadOnlySpan<float> Output(int row)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Last.Outputs[Last.RowIndex(row, i)];
        }

        return output;
    }

    /// <summary>The sum of the losses of the last batch's rows.</summary>
    public double SumOfLosses() => BatchLoss.Sum(network.Loss, Last, batch!);

    /// <summary>Finds the gradients of the last batch and steps the network's parameters along them.</summary>
    public void Backward(Optimiser optimiser) => Backward(optimiser, null);

    /// <summary>Finds the gradients of the last batch and keeps them in <see cref="Gradients"/>; the parameters stay.</summary>
    public void Backward()
    {
        Array.Resize(ref gradients, network.Parameters.Length);
        Backward(null, gradients);
    }

    /// <inheritdoc/>
    public void Dispose() => team.Dispose();

    private void Backward(Optimiser? optimiser, float[]? kept)
    {
        BatchLoss.Gradient(network.Loss, Last, batch!);
        if (!LossFunction.GivesGradientOnSums(network.Loss))
        {
            Last.ActivateBackward(Rows, 0, Blocks.Count(network.Outputs));
        }

        for (int i = buffers.Length - 1; i >= 0; i--)
        {
            // First what needs the weights as they were.
            if (i > 0)
            {
                inputGradients[i - 1].Run(team, Rows);
            }

            weightGradients[i].Run(team, i == 0 ? batch!.Inputs : buffers[i - 1].Outputs, Rows, optimiser, kept);
        }
    }
}
