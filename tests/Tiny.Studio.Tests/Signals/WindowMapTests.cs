using System.Text.Json;

namespace Tiny.Studio.Tests.Signals;

public sealed class WindowMapTests
{
    /// <summary>Of each class every second recording, by name, is tested on: b and d. The copy of a is b.</summary>
    [Fact]
    public async Task Windows_that_are_the_same_on_both_sides_of_the_split_are_told_of_first()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder =>
        {
            Recorded.Write(folder, "a", "rest", 100);
            Recorded.Write(folder, "b", "rest", 100);
            Recorded.Write(folder, "c", "shake", 100, amplitude: 5);
            Recorded.Write(folder, "d", "shake", 100, amplitude: 9);
        });
        JsonElement split = await studio.Get("/api/map?window=20&hop=10&test_every=2");
        Assert.Equal(2, split.GetProperty("tested").GetInt32());
        Assert.Equal(["b/b", "d/d"], split.GetProperty("points").EnumerateArray().Where(point => point.GetProperty("tested").GetBoolean())
            .Select(point => point.GetProperty("name").GetString()).Distinct());
        JsonElement first = split.GetProperty("near")[0];
        Assert.Equal(("a/a", "b/b", true),
            (first.GetProperty("name").GetString(), first.GetProperty("other").GetString(), first.GetProperty("across").GetBoolean()));

        JsonElement whole = await studio.Get("/api/map?window=20&hop=10");
        Assert.Equal(0, whole.GetProperty("tested").GetInt32());
        Assert.All(whole.GetProperty("near").EnumerateArray(), pair => Assert.False(pair.GetProperty("across").GetBoolean()));
        Assert.True(whole.GetProperty("near").GetArrayLength() >= 9);
    }
}
