using System.Text.Json;

namespace Tiny.Studio.Tests.Labels;

public sealed class RecordingEditsTests
{
    [Fact]
    public async Task Trimming_splitting_renaming_and_removing_take_labels_along_and_are_undone_to_the_byte()
    {
        await using OpenStudio studio = await LabelingTests.Studio();
        await studio.Do("/api/labels",
            new { name = "a/a", add = new[] { new { from = 5, to = 15, label = "wave" }, new { from = 18, to = 30, label = "shake" } } });
        await studio.Do("/api/note", new { name = "a/a", wearer = "Ada" });
        Dictionary<string, string> before = Snapshot(studio);

        await studio.Do("/api/trim", new { name = "a/a", from = 10, to = 36 });
        Assert.Equal((26, "0-5 wave, 8-20 shake"), await Of(studio, "a/a"));
        await studio.Do("/api/split", new { name = "a/a", at = 12 });
        Assert.Equal((12, "0-5 wave, 8-12 shake"), await Of(studio, "a/a"));
        Assert.Equal((14, "0-8 shake"), await Of(studio, "a-2/a-2"));
        await studio.Do("/api/rename", new { name = "a/a", to = "first" });
        Assert.Equal((12, "0-5 wave, 8-12 shake"), await Of(studio, "first/first"));
        Assert.Equal("Ada", (await Find(studio, "first/first")).GetProperty("wearer").GetString());
        Assert.StartsWith("file,label,i,ms,x,y\nfirst,shake,10,200,", File.ReadAllText(studio.At("first.csv")));
        await studio.Do("/api/remove", new { name = "b/b" });
        Assert.False(File.Exists(studio.At("b.csv")));

        await studio.Restart();
        for (int i = 0; i < 4; i++)
        {
            await studio.Do("/api/undo", new { });
        }

        Assert.Equal(before, Snapshot(studio));
    }

    [Fact]
    public async Task A_recording_among_others_in_a_file_is_cut_and_the_others_stay()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder =>
            File.WriteAllText(Path.Combine(folder, "many.csv"),
                Recorded.Text("one", "shake", 20) + string.Join('\n', Recorded.Text("two", "rest", 20).Split('\n').Skip(1))));
        await studio.Do("/api/trim", new { name = "many/one", from = 2, to = 12 });
        Assert.Equal(10, (await Of(studio, "many/one")).Rows);
        Assert.Equal(20, (await Of(studio, "many/two")).Rows);
        await studio.Do("/api/rename", new { name = "many/two", to = "second" });
        Assert.Equal(20, (await Of(studio, "many/second")).Rows);
        await studio.Do("/api/remove", new { name = "many/one" });
        Assert.Equal(21, File.ReadAllLines(studio.At("many.csv")).Length);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await studio.Post("/api/rename", new { name = "many/second", to = "../x" })).Status);
    }

    [Fact]
    public async Task A_plain_file_without_names_is_split_into_two_files()
    {
        await using OpenStudio studio = await OpenStudio.Start(
            folder => File.WriteAllLines(
                Path.Combine(folder, "walk.csv"), ["x,y", .. Enumerable.Range(0, 30).Select(i => $"{i % 7},{i % 3}")]));
        await studio.Do("/api/split", new { name = "walk", at = 10 });
        Assert.Equal(10, (await Of(studio, "walk")).Rows);
        Assert.Equal(20, (await Of(studio, "walk-2")).Rows);
        await studio.Do("/api/rename", new { name = "walk-2", to = "run" });
        Assert.Equal(20, (await Of(studio, "run")).Rows);
    }

    private static async Task<JsonElement> Find(OpenStudio studio, string name)
    {
        JsonElement[] all = [.. (await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray()];
        return Assert.Single(all, recording => recording.GetProperty("name").GetString() == name);
    }

    private static async Task<(int Rows, string Labels)> Of(OpenStudio studio, string name)
    {
        JsonElement recording = await Find(studio, name);
        return (recording.GetProperty("rows").GetInt32(),
            string.Join(", ", recording.GetProperty("labels").EnumerateArray()
                .Select(stretch => $"{stretch.GetProperty("from")}-{stretch.GetProperty("to")} {stretch.GetProperty("label")}")));
    }

    private static Dictionary<string, string> Snapshot(OpenStudio studio) =>
        Directory.EnumerateFiles(studio.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
}
