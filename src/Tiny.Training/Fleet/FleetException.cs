namespace Tiny.Training.Fleet;

/// <summary>Models that cannot be compared or averaged, with what sets them apart.</summary>
public sealed class FleetException(string message) : TinyException(message);
