using System.Numerics.Tensors;
using Tiny.Learning;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// Takes batches forward through a layer and gradients back. Allocates when it is made, not when it works. All matrices are in
/// <see cref="Blocks"/> of as many rows as the largest batch; what only fills up the last block must stay 0.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public abstract class LayerPass
{
    private readonly float[] keep; // as the outputs: 0 where dropped, else 1 / share kept; empty without dropout

    /// <summary>A pass of a layer.</summary>
    protected LayerPass(TrainingLayer layer, PassContext context)
    {
        Layer = layer;
        Context = context;
        Output = new BatchValues(context.Capacity, layer.Outputs);
        keep = layer.Dropout > 0f ? CacheLines.Allocate(Output.Values.Length) : [];
    }

    /// <summary>The layer.</summary>
    public TrainingLayer Layer { get; }

    /// <summary>What the pass shares with others, and what it reads.</summary>
    public PassContext Context { get; }

    /// <summary>What the layer gave, after <see cref="Drop"/> times the mask, and the gradient on it.</summary>
    public BatchValues Output { get; }

    /// <summary>(capacity, sums) what the layer had before its activation; what it gave where it has none.</summary>
    public virtual float[] Sums => Output.Values;

    /// <summary>(capacity, sums) the gradient on that.</summary>
    public virtual float[] SumGradients => Output.Gradients;

    /// <summary>
    /// Whether <see cref="TakeGradient(int, int, int)"/> can be called for some blocks of the
    /// outputs at a time, by whoever finds their gradients.
    /// </summary>
    internal virtual bool TakesGradientInParts => false;

    /// <summary>
    /// Whether <see cref="Backward"/> takes the gradient on its only input on to the sums of the layer that gave it, part by part while
    /// it is in the cache; known when all layers are made.
    /// </summary>
    internal virtual bool FusesInputGradient => false;

    /// <summary>Whether the batch at hand was thinned.</summary>
    protected bool Dropped { get; private set; }

    /// <summary>Takes the rows of a batch from the inputs to <see cref="Output"/>.</summary>
    /// <param name="rows">Rows of the batch, 1 or more.</param>
    public abstract void Forward(int rows);

    /// <summary>
    /// From <see cref="SumGradients"/> writes the gradient on each input that wants one, then uses those on
    /// the parameters: in this order, for the first needs the weights as they were.
    /// </summary>
    /// <param name="rows">Rows of the batch, 1 or more.</param>
    /// <param name="use">Takes the gradients on parameters.</param>
    public abstract void Backward(int rows, GradientUse use);

    /// <summary>From the gradient on the outputs to the one on the sums, for some blocks of the outputs.</summary>
    /// <param name="rows">Rows of the batch, 1 or more.</param>
    /// <param name="block">The first block of 16 outputs.</param>
    /// <param name="blocks">How many blocks.</param>
    public virtual void TakeGradient(int rows, int block, int blocks) => MaskGradient(rows, block, blocks);

    /// <summary>Inverted dropout: each output is kept with probability 1 - share and then scaled by 1 / (1 - share).</summary>
    internal virtual void Drop(int rows, SeededRandom? random)
    {
        float share = Layer.Dropout;
        Dropped = random is not null && share > 0f;
        if (!Dropped)
        {
            return;
        }

        float scale = 1f / (1f - share);
        for (int block = 0; block < Blocks.Count(Layer.Outputs); block++)
        {
            Span<float> mask = keep.AsSpan(block * Output.BlockLength, rows * Blocks.Width);
            for (int i = 0; i < mask.Length; i++)
            {
                mask[i] = random!.NextFloat() < share ? 0f : scale;
            }

            Span<float> outputs = Output.Values.AsSpan(block * Output.BlockLength, mask.Length);
            TensorPrimitives.Multiply(outputs, mask, outputs);
        }
    }

    /// <summary>What was dropped gets no gradient, the rest the scale it was kept with.</summary>
    /// <param name="rows">Rows of the batch, 1 or more.</param>
    /// <param name="block">The first block of 16 outputs.</param>
    /// <param name="blocks">How many blocks.</param>
    protected void MaskGradient(int rows, int block, int blocks)
    {
        for (int i = block; Dropped && i < block + blocks; i++)
        {
            Span<float> gradients = Output.Gradients.AsSpan(i * Output.BlockLength, rows * Blocks.Width);
            TensorPrimitives.Multiply(gradients, keep.AsSpan(i * Output.BlockLength, gradients.Length), gradients);
        }
    }

    /// <summary>Masks the outputs of a block anew, where somebody had to have them whole.</summary>
    /// <param name="rows">Rows of the batch, 1 or more.</param>
    /// <param name="block">The block of 16 outputs.</param>
    protected void MaskOutputs(int rows, int block)
    {
        Span<float> outputs = Output.Values.AsSpan(block * Output.BlockLength, rows * Blocks.Width);
        TensorPrimitives.Multiply(outputs, keep.AsSpan(block * Output.BlockLength, outputs.Length), outputs);
    }
}
