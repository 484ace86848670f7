namespace Tiny.Gestures;

/// <summary>What the wearers do.</summary>
public enum Gesture
{
    /// <summary>The hand goes round.</summary>
    Circle,

    /// <summary>Short blows on a table.</summary>
    Knock,

    /// <summary>The hand lies still.</summary>
    Rest,

    /// <summary>Fast, from side to side.</summary>
    Shake,

    /// <summary>Slow, up and to the side.</summary>
    Wave,
}
