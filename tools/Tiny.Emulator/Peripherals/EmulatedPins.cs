namespace Tiny.Emulator.Peripherals;

/// <summary>General-purpose pins: what the program writes is kept with its time, what it reads was laid down before.</summary>
public sealed class EmulatedPins
{
    private readonly Dictionary<int, bool> levels = [];
    private readonly List<(int Pin, double From, double To)> presses = [];
    private readonly List<PinChange> changes = [];
    private readonly List<Watch> watches = [];
    private long raised;

    /// <summary>An output changed.</summary>
    /// <param name="Milliseconds">When, since the start.</param>
    /// <param name="Pin">The pin.</param>
    /// <param name="High">Its new level.</param>
    public sealed record PinChange(double Milliseconds, int Pin, bool High);

    /// <summary>A program that wants to hear of a pin's edges, by the object it asked with.</summary>
    internal sealed record Watch(int Pin, object Handler, Action<bool> Raise);

    /// <summary>The changes of outputs so far.</summary>
    public IReadOnlyList<PinChange> Changes => changes;

    /// <summary>Told of each change of an output.</summary>
    public Action<PinChange>? OnChange { get; set; }

    /// <summary>A button between the pin and ground is held down between two times.</summary>
    public void Press(int pin, double fromMilliseconds, double toMilliseconds) => presses.Add((pin, fromMilliseconds, toMilliseconds));

    internal void Add(Watch watch, long now)
    {
        raised = watches.Count == 0 ? now : raised;
        watches.Add(watch);
    }

    internal void Remove(int pin, object handler) => watches.RemoveAll(watch => watch.Pin == pin && watch.Handler == handler);

    /// <summary>When the next edge comes that the program hears of, in ticks; the largest number for never.</summary>
    internal long NextEvent(long now) => Edges().Select(edge => edge.Ticks).Where(ticks => ticks > now).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Tells of the edges since the last time.</summary>
    internal void RaiseEvents(long now)
    {
        if (watches.Count == 0 || now <= raised)
        {
            return;
        }

        long since = raised;
        raised = now;
        foreach ((long ticks, int pin, bool rising) in Edges().Where(edge => edge.Ticks > since && edge.Ticks <= now)
            .OrderBy(edge => edge.Ticks))
        {
            foreach (Watch watch in watches.Where(watch => watch.Pin == pin).ToArray())
            {
                watch.Raise(rising);
            }
        }
    }

    internal bool Read(int pin, bool pulledUp, double now) => presses.Any(press => press.Pin == pin)
        ? !presses.Any(press => press.Pin == pin && now >= press.From && now < press.To)
        : levels.GetValueOrDefault(pin, pulledUp);

    internal void Write(int pin, bool high, double now)
    {
        if (levels.TryGetValue(pin, out bool before) && before == high)
        {
            return;
        }

        levels[pin] = high;
        PinChange change = new(now, pin, high);
        changes.Add(change);
        OnChange?.Invoke(change);
    }

    private IEnumerable<(long Ticks, int Pin, bool Rising)> Edges() => presses
        .Where(press => watches.Exists(watch => watch.Pin == press.Pin))
        .SelectMany(press => new[] { (Ticks(press.From), press.Pin, false), (Ticks(press.To), press.Pin, true) });

    private static long Ticks(double milliseconds) => (long)(milliseconds * Machine.TicksPerMillisecond);
}
