namespace Tiny.Emulator;

/// <summary>
/// The features that a model describes, computed by the device's own Tiny.Features on an emulated board, and what they cost.
/// </summary>
public sealed class DevicePipeline
{
    private const string Pipeline = "Tiny.Features.FeaturePipeline";
    private const string Description = "Tiny.Features.FeatureDescription";

    private readonly Machine machine;
    private readonly object pipeline;
    private readonly float[] features;

    internal DevicePipeline(Machine machine, object network)
    {
        this.machine = machine;
        long before = machine.HeapLive;
        object description = machine.Invoke(Description, "Of", network)!;
        pipeline = machine.Invoke(Pipeline, ".ctor", description)!;
        machine.Keep(pipeline);
        Ram = machine.HeapLive - before;
        features = new float[(int)machine.Invoke(Description, "get_Count", description)!];
        Hop = (int)machine.Invoke(Description, "get_Hop", description)!;
    }

    /// <summary>Bytes of heap it holds.</summary>
    public long Ram { get; }

    /// <summary>Samples from the beginning of a window to that of the next.</summary>
    public int Hop { get; }

    /// <summary>Machine instructions of taking the latest sample.</summary>
    public long SampleInstructions { get; private set; }

    /// <summary>Machine instructions of computing the latest window's features.</summary>
    public long WindowInstructions { get; private set; }

    /// <summary>Bytes of heap allocated by samples and windows so far: none, or the library has a fault.</summary>
    public long Allocated { get; private set; }

    /// <summary>Takes a sample; true when a window is due.</summary>
    public bool Add(float[] sample)
    {
        object? due = null;
        SampleInstructions = Count(() => due = machine.Invoke(Pipeline, "Add", pipeline, sample));
        return (bool)due!;
    }

    /// <summary>The features of the window that is due; the same array each time.</summary>
    public float[] Compute()
    {
        WindowInstructions = Count(() => machine.Invoke(Pipeline, "Compute", pipeline, features));
        return features;
    }

    /// <summary>Forgets all samples.</summary>
    public void Reset() => machine.Invoke(Pipeline, "Reset", pipeline);

    private long Count(Action action)
    {
        long instructions = machine.Instructions;
        long allocated = machine.Allocated;
        action();
        Allocated += machine.Allocated - allocated;
        return machine.Instructions - instructions;
    }
}
