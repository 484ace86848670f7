namespace Tiny.Emulator.Execution;

/// <summary>
/// How the device's interpreter orders floats: whatever is compared with NaN is the greater one, on either side, and an infinity equals the
/// other. Both are exact elsewhere. It has no unordered comparisons, so <c>!(x >= 0)</c>, which is <c>blt.un</c>, lets NaN through.
/// </summary>
internal static class FloatOrder
{
    internal static bool Less(float left, float right) => left < right && !Opposite(left, right);

    internal static bool Less(double left, double right) => left < right && !Opposite(left, right);

    internal static bool Greater(float left, float right) => !(left <= right) && !Opposite(left, right);

    internal static bool Greater(double left, double right) => !(left <= right) && !Opposite(left, right);

    internal static bool Equal(float left, float right) => left == right || Opposite(left, right);

    internal static bool Equal(double left, double right) => left == right || Opposite(left, right);

    private static bool Opposite(double left, double right) => left == -right && double.IsInfinity(left);
}
