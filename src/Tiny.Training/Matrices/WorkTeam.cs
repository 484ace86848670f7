using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Tiny.Training.Matrices;

/// <summary>
/// A few threads that share the parts of a work. A step of training is over in microseconds, so they wait for the next work awake for
/// a while before they sleep. Everyone takes of their own share first and then helps the others: a thread that the
/// system has no core for delays nobody, and the same blocks of weights stay in the same core's cache.
/// </summary>
internal sealed class WorkTeam : IDisposable
{
    private const int MostParts = (1 << PartBits) - 1;
    private const int PartBits = 20;
    private const int LastGeneration = (1 << (64 - 2 * PartBits)) - 1; // behind it comes 0 again: a share has no room for more
    private const int TurnsAwake = 1000;
    private const int TurnsBetweenClocks = 32;
    private static readonly TimeSpan Awake = TimeSpan.FromMicroseconds(50);

    private readonly Thread[] helpers;
    private readonly PaddedShare[] shares; // of each worker: generation, next part, end, so that one compare-exchange takes a part
    private readonly SemaphoreSlim wake = new(0);
    private IWork? work;
    private ExceptionDispatchInfo? error;
    private int generation;
    private int unfinished;
    private int asleep;
    private volatile bool stopping;

    /// <summary>A team of the caller and <paramref name="size"/> - 1 threads.</summary>
    /// <param name="size">Workers, 1 or more.</param>
    /// <param name="generation">The number of shared works already counted; tests begin just below where it wraps.</param>
    internal WorkTeam(int size, int generation = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.generation = generation & LastGeneration;
        shares = new PaddedShare[size];
        helpers = new Thread[size - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            int worker = i + 1;
            int seen = this.generation;
            helpers[i] = new Thread(() => Help(worker, seen)) { IsBackground = true, Name = $"Tiny training {worker}" };
            helpers[i].Start();
        }
    }

    /// <summary>Workers, the caller included.</summary>
    internal int Size => shares.Length;

    /// <summary>Whether the caller does all parts itself: where works are short, handing them out costs more than it wins.</summary>
    internal bool IsAlone { get; set; }

    /// <summary>Does all parts of a work and returns when they are done. Allocates nothing.</summary>
    internal void Run(IWork next)
    {
        int parts = next.Begin(Size);
        if (helpers.Length == 0 || parts < 2 || IsAlone)
        {
            for (int part = 0; part < parts; part++)
            {
                next.Run(part, 0);
            }

            return;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, MostParts);
        work = next;
        unfinished = parts;
        int now = (generation + 1) & LastGeneration;
        for (int i = 0; i < shares.Length; i++)
        {
            Volatile.Write(ref shares[i].Value,
                ((ulong)now << (2 * PartBits)) | ((ulong)(uint)next.Begin(i) << PartBits) | (uint)next.Begin(i + 1));
        }

        Volatile.Write(ref generation, now);
        Interlocked.MemoryBarrier();

        // One that counted itself asleep may have seen the work in time and taken that back since.
        if (Volatile.Read(ref asleep) > 0 && Interlocked.Exchange(ref asleep, 0) is > 0 and int sleepers)
        {
            wake.Release(sleepers);
        }

        TakeParts(0, now);
        AwaitOthers();

        if (error is ExceptionDispatchInfo thrown)
        {
            error = null;
            thrown.Throw();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping = true;
        wake.Release(helpers.Length + 1);
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }

        wake.Dispose();
    }

    /// <summary>What the others have begun is over soon, unless the system has taken their core away.</summary>
    private void AwaitOthers()
    {
        for (int i = 0; i < TurnsAwake && Volatile.Read(ref unfinished) > 0; i++)
        {
            Thread.SpinWait(1);
        }

        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Help(int worker, int seen)
    {
        while (AwaitNext(ref seen))
        {
            TakeParts(worker, seen);
        }
    }

    /// <summary>Waits for another generation; false when it is time to go.</summary>
    private bool AwaitNext(ref int seen)
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                for (int i = 0; i < TurnsBetweenClocks; i++)
                {
                    if (Changed(ref seen))
                    {
                        return true;
                    }

                    Thread.SpinWait(1);
                }
            }
            while (!stopping && Stopwatch.GetElapsedTime(start) < Awake);

            // Who counts itself asleep before it looks a last time cannot miss the call.
            Interlocked.Increment(ref asleep);
            if (stopping)
            {
                return false;
            }

            if (Changed(ref seen))
            {
                StayAwake();
                return true;
            }

            wake.Wait();
            if (stopping)
            {
                return false;
            }
        }
    }

    /// <summary>Takes back that one was asleep. Where the caller has counted it already, its call is coming and is used up here.</summary>
    private void StayAwake()
    {
        int counted = Volatile.Read(ref asleep);
        while (counted > 0)
        {
            int found = Interlocked.CompareExchange(ref asleep, counted - 1, counted);
            if (found == counted)
            {
                return;
            }

            counted = found;
        }

        wake.Wait();
    }

    private bool Changed(ref int seen)
    {
        int now = Volatile.Read(ref generation);
        bool changed = now != seen;
        seen = now;
        return changed;
    }

    /// <summary>Takes parts of the worker's own share, then of the others', until none is left.</summary>
    private void TakeParts(int worker, int now)
    {
        for (int i = 0; i < shares.Length; i++)
        {
            ref ulong share = ref shares[(worker + i) % shares.Length].Value;
            while (TakePart(ref share, now, out int part))
            {
                try
                {
                    work!.Run(part, worker);
                }
                catch (Exception thrown)
                {
                    Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(thrown), null);
                }

                Interlocked.Decrement(ref unfinished);
            }
        }
    }

    /// <summary>False if the share is used up or belongs to another work by now.</summary>
    private static bool TakePart(ref ulong share, int now, out int part)
    {
        while (true)
        {
            ulong seen = Volatile.Read(ref share);
            part = (int)(seen >> PartBits) & MostParts;
            if ((int)(seen >> (2 * PartBits)) != now || part >= (int)(seen & MostParts))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref share, seen + (1UL << PartBits), seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>A number with a cache line of its own.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 128)]
    private struct PaddedShare
    {
        [System.Runtime.InteropServices.FieldOffset(64)]
        internal ulong Value;
    }
}
