namespace Tiny.Emulator.Execution;

/// <summary>
/// How the device's interpreter orders floats: where either is NaN the left one is the greater, and an
/// infinity equals the other. It makes no difference between ordered and unordered comparisons (blt,
/// blt.un), so <c>!(x >= 0)</c> lets NaN through where <c>!(0 &lt;= x)</c> does not.
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
