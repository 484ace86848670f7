namespace Tiny.Emulator.Peripherals;

/// <summary>General-purpose pins: what the program writes is kept with its time, what it reads was laid down before.</summary>
public sealed class EmulatedPins
{
    private readonly Dictionary<int, bool> levels = [];
    private readonly List<(int Pin, double From, double To)> presses = [];
    private readonly List<PinChange> changes = [];

    /// <summary>An output changed.</summary>
    /// <param name="Milliseconds">When, since the start.</param>
    /// <param name="Pin">The pin.</param>
    /// <param name="High">Its new level.</param>
    public sealed record PinChange(double Milliseconds, int Pin, bool High);

    /// <summary>The changes of outputs so far.</summary>
    public IReadOnlyList<PinChange> Changes => changes;

    /// <summary>Told of each change of an output.</summary>
    public Action<PinChange>? OnChange { get; set; }

    /// <summary>A button between the pin and ground is held down between two times.</summary>
    public void Press(int pin, double fromMilliseconds, double toMilliseconds) => presses.Add((pin, fromMilliseconds, toMilliseconds));

    internal long NextEvent(long now) => long.MaxValue;

    internal void RaiseEvents(long now)
    {
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
}
