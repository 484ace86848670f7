using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Tests.Checks;

public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-kills-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Twenty times the studio is killed while labels are made and a take is recorded, and looked at again.</summary>
    [StudioCheck]
    public async Task Killed_at_any_moment_recordings_are_whole_to_the_last_line_and_labels_to_the_last_action()
    {
        Recorded.Write(folder.FullName, "a", "mixed", 20_000);
        Random random = new(22);
        HashSet<LabeledStretch> promised = [];
        int next = 0;
        for (int kill = 0; kill < 20; kill++)
        {
            using StudioProcess studio = await StudioProcess.Start(folder.FullName);
            HashSet<LabeledStretch> found = [.. StretchFile.Find(folder.FullName) ?? []];
            Assert.Subset(found, promised);
            Assert.True(found.Count <= promised.Count + kill, $"{found.Count} labels, {promised.Count} promised");
            promised.UnionWith(found);
            Assert.Equal(found.Count, (await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray()
                .Sum(recording => recording.GetProperty("labels").GetArrayLength()));
            await studio.Post("/api/connect", new { kind = "simulated", rate = 1000, channels = 6 });
            await studio.Post("/api/record", new { label = $"take{kill}", takes = 1, seconds = 60, countdown = 0 });
            Task? killing = null;
            try
            {
                while (true)
                {
                    LabeledStretch stretch = new("a/a", next, next + 5, $"c{next % 3}");
                    next += 5;
                    if (await studio.Post("/api/labels",
                        new { name = "a/a", add = new[] { new { from = stretch.From, to = stretch.To, label = stretch.Label } } }))
                    {
                        promised.Add(stretch);
                        // Behind a label that was promised, however busy the machine is.
                        killing ??= Task.Delay(random.Next(300)).ContinueWith(_ => studio.Kill());
                    }
                }
            }
            catch (HttpRequestException)
            {
                await killing!; // it is gone
            }
        }

        using StudioProcess last = await StudioProcess.Start(folder.FullName);
        Assert.Empty((await last.Get("/api/state")).GetProperty("faults").EnumerateArray());
        Assert.True(promised.Count >= 20, $"{promised.Count} labels");
        string[] takes = Directory.GetFiles(folder.FullName, "take*.csv");
        Assert.InRange(takes.Length, 10, 20);
        Assert.All(takes, take =>
        {
            string text = File.ReadAllText(take);
            Assert.EndsWith("\n", text);
            Assert.All(text.TrimEnd().Split('\n'), line => Assert.Equal(9, line.Count(character => character == ',')));
        });
    }
}
