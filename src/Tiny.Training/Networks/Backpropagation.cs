using System.Numerics.Tensors;
using Tiny.Core.Arithmetic;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>Takes batches forward and gradients back through a perceptron. Its buffers hold a batch of a fixed greatest size.</summary>
public sealed class Backpropagation
{
    private readonly Perceptron network;
    private readonly IMatrixProducts products;
    private readonly LayerBuffers[] buffers;
    private float[] input = [];
    private int rows;

    /// <summary>Buffers for batches of at most <paramref name="largestBatch"/> rows.</summary>
    public Backpropagation(Perceptron network, IMatrixProducts products, int largestBatch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBatch, 1);
        this.network = network;
        this.products = products;
        buffers = [.. network.Layers.Select(layer => new LayerBuffers(layer, largestBatch))];
        Gradients = new float[network.Parameters.Length];
    }

    /// <summary>The gradient of the mean loss, laid out as the network's parameters.</summary>
    public float[] Gradients { get; }

    /// <summary>The outputs of the last batch, (rows, outputs).</summary>
    public ReadOnlySpan<float> Outputs => buffers[^1].Outputs.AsSpan(0, rows * network.Outputs);

    /// <summary>Takes a batch forward.</summary>
    /// <param name="inputs">(batchRows, inputs) row-major; kept until <see cref="Backward"/>.</param>
    /// <param name="batchRows">Rows of the batch.</param>
    /// <param name="dropout">Draws what is dropped; null to drop nothing, as in all use but training.</param>
    public void Forward(float[] inputs, int batchRows, SeededRandom? dropout = null)
    {
        input = inputs;
        rows = batchRows;
        float[] x = inputs;
        for (int i = 0; i < buffers.Length; i++)
        {
            PerceptronLayer layer = network.Layers[i];
            LayerBuffers buffer = buffers[i];
            products.Forward(buffer.Sums, x, layer.Weights(network.Parameters), layer.Biases(network.Parameters), rows, layer.Inputs,
                layer.Rows);
            BatchActivation.Forward(buffer.Outputs.AsSpan(0, rows * layer.Outputs), buffer.Sums.AsSpan(0, rows * layer.Rows), layer);
            buffer.Drop(rows * layer.Outputs, layer.Dropout, dropout);
            x = buffer.Outputs;
        }
    }

    /// <summary>The sum of the losses of the last batch's rows. Targets (rows, outputs).</summary>
    public double SumOfLosses(ReadOnlySpan<float> targets)
    {
        LayerBuffers last = buffers[^1];
        return BatchLoss.Sum(network.Loss, last.Sums, Outputs, targets, network.Outputs);
    }

    /// <summary>Fills <see cref="Gradients"/> for the last batch. Targets (rows, outputs).</summary>
    public void Backward(ReadOnlySpan<float> targets)
    {
        LayerBuffers last = buffers[^1];
        bool onSums = BatchLoss.GivesGradientOnSums(network.Loss);
        float[] start = onSums ? last.SumGradients : last.OutputGradients;
        BatchLoss.Gradient(start.AsSpan(0, Outputs.Length), network.Loss, Outputs, targets, network.Outputs);
        if (!onSums)
        {
            last.ActivateBackward(rows);
        }

        for (int i = buffers.Length - 1; i >= 0; i--)
        {
            PerceptronLayer layer = network.Layers[i];
            float[] x = i == 0 ? input : buffers[i - 1].Outputs;
            float[] dz = buffers[i].SumGradients;
            products.WeightGradient(layer.Weights(Gradients), x, dz, rows, layer.Inputs, layer.Rows);
            SumRows(layer.Biases(Gradients).Span, dz, layer);
            if (i > 0)
            {
                products.InputGradient(buffers[i - 1].OutputGradients, dz, layer.Weights(network.Parameters), rows, layer.Inputs, layer.Rows);
                buffers[i - 1].DropBackward(rows * layer.Inputs);
                buffers[i - 1].ActivateBackward(rows);
            }
        }
    }

    private void SumRows(Span<float> biases, float[] dz, PerceptronLayer layer)
    {
        biases.Clear();
        for (int i = 0; layer.HasBias && i < rows; i++)
        {
            TensorPrimitives.Add(biases, dz.AsSpan(i * layer.Rows, layer.Rows), biases);
        }
    }
}
