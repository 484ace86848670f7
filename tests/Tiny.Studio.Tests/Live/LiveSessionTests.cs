using System.Globalization;
using System.Text.Json;

namespace Tiny.Studio.Tests.Live;

public sealed class LiveSessionTests
{
    [Fact]
    public async Task A_thousand_samples_a_second_of_six_channels_are_recorded_without_a_gap()
    {
        await using OpenStudio studio = await OpenStudio.Start();
        await studio.Do("/api/connect", new { kind = "simulated", rate = 1000, channels = 6, movement = "shake" });
        await studio.Do("/api/record", new { label = "shake", wearer = "Ada", takes = 2, seconds = 0.5, countdown = 0.05 });
        string[] files = await Recordings(studio, 2);
        foreach (string file in files)
        {
            string[] lines = File.ReadAllLines(file);
            Assert.Equal("file,label,i,ms,ax,ay,az,gx,gy,gz", lines[0]);
            long[] numbers = [.. lines.Skip(1).Select(line => long.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
            Assert.Equal(500, numbers.Length);
            Assert.Equal(numbers[^1] - numbers[0], numbers.Length - 1);
        }

        JsonElement state = await studio.Get("/api/state");
        Assert.Equal(0, state.GetProperty("session").GetProperty("lost").GetInt64());
        Assert.All(state.GetProperty("recordings").EnumerateArray(),
            recording => Assert.Equal(("shake", 1000.0),
                (recording.GetProperty("label").GetString(), recording.GetProperty("rate").GetDouble())));
        await studio.Do("/api/disconnect", new { });
    }

    [Fact]
    public async Task A_take_that_is_stopped_keeps_what_came()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder => Recorded.Write(folder, "old", "wave", 100));
        await studio.Do("/api/connect", new { kind = "recording", name = "old/old" });
        await studio.Do("/api/record", new { label = "../wave", takes = 5, seconds = 60, countdown = 0 });
        await Task.Delay(600);
        await studio.Do("/api/stop", new { });
        JsonElement recording = Assert.Single(
            (await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray(),
                one => one.GetProperty("label").GetString() == "../wave");
        // How many came in that time is the machine's affair. All that came are in the file, and a whole take would be 6,000.
        int rows = recording.GetProperty("rows").GetInt32();
        Assert.InRange(rows, 5, 5999);
        string file = Assert.Single(Directory.GetFiles(studio.Folder, "wave-*.csv"));
        Assert.Equal(rows, File.ReadLines(file).Count() - 1);
        Assert.StartsWith("wave-", recording.GetProperty("title").GetString());
    }

    private static async Task<string[]> Recordings(OpenStudio studio, int count)
    {
        for (int i = 0; i < 400; i++)
        {
            string[] files = Directory.GetFiles(studio.Folder, "*.csv").Where(file => Path.GetFileName(file) != "notes.csv").ToArray();
            if (files.Length == count && files.All(file => File.ReadLines(file).Count() == 501))
            {
                return files;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The takes did not end.");
    }
}
