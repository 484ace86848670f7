using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>Some rows on their way through a network: inputs in the trainer's layout, and what the outputs should be.</summary>
/// <seealso cref="Backpropagation"/>
public sealed class Batch
{
    /// <summary>Room for this many rows.</summary>
    /// <param name="capacity">The most rows, 1 or more.</param>
    /// <param name="inputs">Values of a row.</param>
    /// <param name="outputs">Values that a row should give.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row.</exception>
    public Batch(int capacity, int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        InputCount = inputs;
        OutputCount = outputs;
        Inputs = CacheLines.Allocate(Blocks.Length(capacity, inputs));
        Targets = new float[capacity * outputs];
        Answers = new float[capacity];
    }

    /// <summary>The most rows.</summary>
    public int Capacity { get; }

    /// <summary>Values of a row that the network takes.</summary>
    public int InputCount { get; }

    /// <summary>Values it should give.</summary>
    public int OutputCount { get; }

    /// <summary>Rows in use, at most <see cref="Capacity"/>.</summary>
    public int Rows { get; set; }

    /// <summary>(capacity, inputs) in <see cref="Blocks"/>, normalized.</summary>
    public float[] Inputs { get; }

    /// <summary>(capacity, outputs) row-major.</summary>
    public float[] Targets { get; }

    /// <summary>(capacity) a class's index or a value each, as the data has it.</summary>
    public float[] Answers { get; }

    /// <summary>(capacity) how much each row counts in the loss, 1 on average over the training rows; null where all count alike.</summary>
    public float[]? Weights { get; init; }

    /// <summary>What one row's outputs should be.</summary>
    /// <param name="row">From 0 to capacity - 1.</param>
    /// <returns>(outputs), to be written.</returns>
    public Span<float> Target(int row) => Targets.AsSpan(row * OutputCount, OutputCount);

    /// <summary>Takes over rows that are normalized already.</summary>
    /// <param name="inputs">(rows, inputs) row-major.</param>
    /// <param name="targets">(rows, outputs) row-major.</param>
    public void Set(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        Rows = inputs.Length / InputCount;
        for (int i = 0; i < inputs.Length; i++)
        {
            Inputs[Blocks.Index(Capacity, i / InputCount, i % InputCount)] = inputs[i];
        }

        targets.CopyTo(Targets);
    }
}
