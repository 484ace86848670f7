using System.Runtime.InteropServices;
using Tiny.Learning;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;
using Tiny.Training.Pruning;

namespace Tiny.Training;

/// <summary>All that changes while a network is trained: with it, a run goes on where another stopped, to the same bits.</summary>
internal sealed class TrainingState
{
    internal TrainingState(TrainingNetwork network, TrainingOptions options)
    {
        Parameters = network.Parameters;
        Optimizer = new Optimizer(options.Optimizer, Parameters.Length, options.L2) { Clip = options.Clip };
        Stopping = new EarlyStopping(options.Patience);
        SeededRandom seeds = new(options.Seed);
        network.Initialize(seeds);
        Pruner = options.Pruning is null ? null : new Pruner(network, options.Pruning);
        network.Kept = Pruner?.Kept;
        Dropout = new SeededRandom(seeds.State);
    }

    /// <summary>Weights and biases.</summary>
    internal float[] Parameters { get; }

    internal Optimizer Optimizer { get; }

    internal EarlyStopping Stopping { get; }

    /// <summary>Takes weights away; null where all stay.</summary>
    internal Pruner? Pruner { get; }

    /// <summary>Draws what is dropped.</summary>
    internal SeededRandom Dropout { get; }

    /// <summary>Epochs done.</summary>
    internal int Epoch { get; set; }

    /// <summary>Rows learned from in the epoch begun.</summary>
    internal long RowsDone { get; set; }

    /// <summary>Sum of their losses.</summary>
    internal double LossSum { get; set; }

    /// <summary>Seconds spent in earlier runs.</summary>
    internal double SecondsBefore { get; private set; }

    /// <summary>Writes the state.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="seconds">Seconds spent so far.</param>
    internal void Write(BinaryWriter to, double seconds)
    {
        to.Write(Epoch);
        to.Write(RowsDone);
        to.Write(LossSum);
        to.Write(seconds);
        to.Write(Dropout.State);
        to.Write(Optimizer.Steps);
        to.Write(Stopping.Best);
        to.Write(Stopping.Worse);
        Write(to, Parameters);
        Write(to, Optimizer.Velocity);
        Write(to, Optimizer.Squares);
        Write(to, Stopping.BestParameters);
        if (Pruner is not null)
        {
            to.Write(Pruner.Done);
            to.Write(MemoryMarshal.AsBytes(Pruner.Kept.AsSpan()));
        }
    }

    /// <summary>Takes over what another run with the same network and options wrote.</summary>
    /// <exception cref="InvalidDataException">It is not that.</exception>
    internal void Read(BinaryReader from)
    {
        Epoch = from.ReadInt32();
        RowsDone = from.ReadInt64();
        LossSum = from.ReadDouble();
        SecondsBefore = from.ReadDouble();
        int dropout = from.ReadInt32();
        Dropout.State = dropout != 0 ? dropout : throw new InvalidDataException("The state of its random numbers is 0, which no run has.");
        Optimizer.Steps = from.ReadInt64();
        double best = from.ReadDouble();
        int worse = from.ReadInt32();
        Read(from, Parameters);
        Read(from, Optimizer.Velocity);
        Read(from, Optimizer.Squares);
        float[] bestParameters = new float[best < double.PositiveInfinity ? Parameters.Length : 0];
        Read(from, bestParameters);
        Stopping.Restore(best, worse, bestParameters);
        if (Pruner is not null)
        {
            Pruner.Done = from.ReadInt32();
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Pruner.Kept.AsSpan()));
        }
    }

    private static void Write(BinaryWriter to, float[] values)
    {
        to.Write(values.Length);
        to.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static void Read(BinaryReader from, float[] values)
    {
        if (from.ReadInt32() is int length && length != values.Length)
        {
            throw new InvalidDataException($"an array has {length} values, expected {values.Length}");
        }

        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
