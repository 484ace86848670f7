namespace Tiny.Training.Data.Rows;

/// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood 2014): neighboring numbers give unrelated ones.</summary>
internal static class SplitMix
{
    /// <summary>A number that two numbers fix.</summary>
    internal static ulong Mix(int seed, long number)
    {
        ulong value = (ulong)number + ((ulong)(uint)seed << 32) + 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
