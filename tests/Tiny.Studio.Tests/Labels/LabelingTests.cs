using System.Net;
using System.Text.Json;

namespace Tiny.Studio.Tests.Labels;

public sealed class LabelingTests
{
    [Fact]
    public async Task Two_windows_do_not_destroy_each_others_labels()
    {
        await using OpenStudio studio = await Studio();
        await studio.Do("/api/labels", new { name = "a/a", add = new[] { new { from = 0, to = 20, label = "shake" } } });
        // Another window, which has not seen that, marks over it, and removes what is not there.
        Assert.Equal(HttpStatusCode.Conflict,
            (await studio.Post("/api/labels", new { name = "a/a", add = new[] { new { from = 10, to = 30, label = "rest" } } })).Status);
        Assert.Equal(HttpStatusCode.Conflict,
            (await studio.Post("/api/labels", new { name = "a/a", remove = new[] { new { from = 0, to = 19, label = "shake" } } })).Status);
        await studio.Do("/api/labels", new { name = "b/b", add = new[] { new { from = 5, to = 9, label = "rest" } } });
        await studio.Do("/api/labels",
            new
            {
                name = "a/a",
                remove = new[] { new { from = 0, to = 20, label = "shake" } },
                add = new[] { new { from = 0, to = 25, label = "wave" }, new { from = 25, to = 40, label = "rest" } }
            });
        Assert.Equal("recording,from,to,label\na/a,0,25,wave\na/a,25,40,rest\nb/b,5,9,rest\n", File.ReadAllText(studio.At("labels.csv")));
    }

    [Fact]
    public async Task Forty_windows_at_once_lose_nothing()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder => Recorded.Write(folder, "a", "mixed", 400));
        await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => studio.Do("/api/labels",
                new { name = "a/a", add = new[] { new { from = 10 * i, to = 10 * i + 10, label = $"c{i % 3}" } } })));
        Assert.Equal(41, File.ReadAllLines(studio.At("labels.csv")).Length);
        for (int i = 0; i < 40; i++)
        {
            Assert.True((await studio.Do("/api/undo", new { })).GetProperty("done").GetBoolean());
        }

        Assert.False(File.Exists(studio.At("labels.csv")));
        Assert.False((await studio.Do("/api/undo", new { })).GetProperty("done").GetBoolean());
    }

    [Theory]
    [InlineData(-1, 5, "x")]
    [InlineData(5, 5, "x")]
    [InlineData(0, 41, "x")]
    [InlineData(0, 5, "")]
    [InlineData(0, 5, " x")]
    [InlineData(0, 5, "a\nb")]
    public async Task What_is_no_stretch_is_refused(int from, int to, string label)
    {
        await using OpenStudio studio = await Studio();
        (HttpStatusCode status, JsonElement answer) = await studio.Post(
            "/api/labels", new { name = "a/a", add = new[] { new { from, to, label } } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(answer.GetProperty("fault").GetString()!);
        Assert.False(File.Exists(studio.At("labels.csv")));
    }

    [Fact]
    public async Task Wearers_and_notes_are_kept()
    {
        await using OpenStudio studio = await Studio();
        await studio.Do("/api/note", new { name = "a/a", wearer = "Ada, left", note = "#1 \"loose\"" });
        await studio.Restart();
        JsonElement recording = (await studio.Get("/api/state")).GetProperty("recordings")[0];
        Assert.Equal("Ada, left", recording.GetProperty("wearer").GetString());
        Assert.Equal("#1 \"loose\"", recording.GetProperty("note").GetString());
        await studio.Do("/api/undo", new { });
        Assert.False(File.Exists(studio.At("notes.csv")));
    }

    internal static Task<OpenStudio> Studio() => OpenStudio.Start(folder =>
    {
        Recorded.Write(folder, "a", "shake", 40);
        Recorded.Write(folder, "b", "rest", 40, 0.1);
    });
}
