using Tiny.Convolution.Streaming;
using Tiny.Core.Blobs;
using Tiny.Planning;

namespace Tiny.Training.Streaming;

/// <summary>A stream's plan on its way from layer to layer, with what is known of the rows between them.</summary>
internal sealed class StreamDraft
{
    private readonly PlanBuilder plan;
    private readonly int samples; // of a block
    private readonly int window;  // samples of it
    private readonly List<int> free = []; // buffers that nothing is kept in
    private int current;
    private int held;     // values in it
    private int step = 1; // samples from a row to the next
    private int above;    // samples by which padding lets the first row begin before the window

    /// <summary>A draft without layers yet.</summary>
    /// <param name="plan">The plan, without nodes yet.</param>
    /// <param name="samples">Samples of a block: as many as make a whole number of rows for each layer.</param>
    /// <param name="window">Samples of the model's window.</param>
    /// <param name="values">Values of a sample.</param>
    internal StreamDraft(PlanBuilder plan, int samples, int window, int values)
    {
        this.plan = plan;
        this.samples = samples;
        this.window = window;
        held = samples * values;
        current = plan.AddBuffer(BlobFormat.Floats, held);
        free.Add(current);
        Height = window;
        Rows = samples;
        WarmUp = samples;
    }

    /// <summary>Rows of the window that the layers so far give.</summary>
    internal int Height { get; private set; }

    /// <summary>New rows of a block that they give.</summary>
    internal int Rows { get; private set; }

    /// <summary>Whether rows are behind, and what comes are values.</summary>
    internal bool Ended { get; set; }

    /// <summary>Whether a layer reaches beyond the window's edges.</summary>
    internal bool IsPadded { get; private set; }

    /// <summary>Whether a layer has a state.</summary>
    internal bool HasState { get; private set; }

    /// <summary>Whether a layer's state begins with rows that reach back before the stream's beginning.</summary>
    internal bool StateReachesBack { get; private set; }

    /// <summary>Samples from a reset until the layers have seen all they keep.</summary>
    internal int WarmUp { get; private set; }

    /// <summary>Samples by which an answer is later than the window that it is of; less than 0 where the end of that is not read.</summary>
    internal int Lag { get; private set; }

    /// <summary>Notes what a layer reaches beyond the window.</summary>
    internal void Pad(int rowsAbove, int rowsBelow)
    {
        above += step * rowsAbove;
        IsPadded |= rowsAbove + rowsBelow > 0;
    }

    /// <summary>Adds a ring of so many rows before the next layer; none for 0.</summary>
    internal void Keep(int rows)
    {
        if (rows > 0)
        {
            int each = held / Rows;
            int ring = plan.AddBuffer(BlobFormat.Floats, held + rows * each);
            WarmUp += rows * step;
            plan.AddNode(Ring.RingCode, current, ring, held + rows * each, [(byte)rows, (byte)(rows >> 8)]);
            current = ring;
        }
    }

    /// <summary>What a layer makes of the rows: so many over the window, one of so many of those it takes.</summary>
    internal void Reach(int height, int stride)
    {
        Height = height;
        Rows /= stride;
        step *= stride;
    }

    /// <summary>Before the first layer that reads all rows at once: a ring of as many as the window has.</summary>
    internal void KeepWindow()
    {
        if (!Ended)
        {
            MeasureLag();
            Keep(Height - Rows);
            Ended = true;
        }
    }

    /// <summary>Adds a layer that keeps nothing.</summary>
    internal void Add(int kind, int outputs, int room, byte[] attributes)
    {
        int to = free.Where(buffer => buffer != current).DefaultIfEmpty(-1).First();
        if (to < 0)
        {
            to = plan.AddBuffer(BlobFormat.Floats, 0);
            free.Add(to);
        }

        plan.Widen(to, room);
        plan.AddNode(kind, current, to, outputs, attributes);
        (current, held) = (to, outputs);
    }

    /// <summary>
    /// Adds a layer with a state. What it gives stays where it is until it gives more, so that an answer can be asked for again.
    /// </summary>
    internal void AddState(int kind, int outputs, byte[] attributes)
    {
        if (!HasState)
        {
            MeasureLag();
            StateReachesBack = WarmUp > samples;
            HasState = true;
        }

        int to = plan.AddBuffer(BlobFormat.Floats, outputs);
        plan.AddNode(kind, current, to, outputs, attributes);
        (current, held) = (to, outputs);
    }

    /// <summary>The newest row of a block stands for the last of a window that ended so long ago.</summary>
    private void MeasureLag()
    {
        if (!HasState)
        {
            Lag = WarmUp - samples + Height * step - above - window;
        }
    }
}
