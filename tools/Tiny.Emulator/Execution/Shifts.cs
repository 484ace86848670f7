namespace Tiny.Emulator.Execution;

/// <summary>Shifts by Arm's rules: the count's low byte, and all bits out where it is the width or more.</summary>
internal static class Shifts
{
    internal static int Left(int value, int count) => (count & 0xFF) < 32 ? value << count : 0;

    /// <summary>By the sign that the number carries.</summary>
    internal static int Right(in Slot number, int count) => number.IsUnsigned
        ? RightUnsigned(number.I4, count) : number.I4 >> Math.Min(count & 0xFF, 31);

    internal static int RightUnsigned(int value, int count) => (count & 0xFF) < 32 ? (int)((uint)value >> count) : 0;

    internal static long Left(long value, int count) => (count & 0xFF) < 64 ? value << count : 0;

    internal static long RightWide(in Slot number, int count) => number.IsUnsigned
        ? RightUnsigned(number.I8, count) : number.I8 >> Math.Min(count & 0xFF, 63);

    internal static long RightUnsigned(long value, int count) => (count & 0xFF) < 64 ? (long)((ulong)value >> count) : 0;
}
