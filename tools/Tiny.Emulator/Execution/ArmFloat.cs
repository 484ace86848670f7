namespace Tiny.Emulator.Execution;

/// <summary>
/// Float arithmetic to Arm's bits: a NaN that comes of numbers has its sign bit clear, where
/// x86 sets it; one that comes of a NaN keeps that one's.
/// </summary>
internal static class ArmFloat
{
    private const int Quiet = 0x00400000;
    private const int Positive = 0x7FC00000;

    internal static float Add(float a, float b)
    {
        float result = a + b;
        return float.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static float Sub(float a, float b)
    {
        float result = a - b;
        return float.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static float Mul(float a, float b)
    {
        float result = a * b;
        return float.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static float Div(float a, float b)
    {
        float result = a / b;
        return float.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static float Rem(float a, float b)
    {
        float result = a % b;
        return float.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static double Add(double a, double b)
    {
        double result = a + b;
        return double.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static double Sub(double a, double b)
    {
        double result = a - b;
        return double.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static double Mul(double a, double b)
    {
        double result = a * b;
        return double.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static double Div(double a, double b)
    {
        double result = a / b;
        return double.IsNaN(result) ? NotANumber(a, b) : result;
    }

    internal static double Rem(double a, double b)
    {
        double result = a % b;
        return double.IsNaN(result) ? NotANumber(a, b) : result;
    }

    private static float NotANumber(float a, float b)
    {
        int bits = BitConverter.SingleToInt32Bits(float.IsNaN(a) ? a : b);
        return BitConverter.Int32BitsToSingle(float.IsNaN(a) || float.IsNaN(b) ? bits | Quiet : Positive);
    }

    private static double NotANumber(double a, double b) => double.IsNaN(a)
        ? a : double.IsNaN(b) ? b : BitConverter.Int64BitsToDouble(0x7FF8000000000000);
}
