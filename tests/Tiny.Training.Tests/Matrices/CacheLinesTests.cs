using System.Runtime.InteropServices;
using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Matrices;

public sealed class CacheLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(777)]
    [InlineData(100_000)]
    public void Arrays_are_zeros_and_begin_at_a_cache_line(int length)
    {
        float[][] arrays = [.. Enumerable.Range(0, 20).Select(_ => CacheLines.Allocate(length))];

        // Other tests allocate at the same time, and theirs may come between. By chance it would be one in eight.
        Assert.InRange(arrays.Count(array => Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % 64 == 0), 8, 20);
        Assert.All(arrays, array => Assert.Equal(length, array.Length));
        Assert.All(arrays, array => Assert.True(array.AsSpan().IndexOfAnyExcept(0f) < 0));
    }
}
