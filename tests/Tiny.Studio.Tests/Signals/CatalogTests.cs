using System.Text.Json;

namespace Tiny.Studio.Tests.Signals;

public sealed class CatalogTests
{
    [Fact]
    public async Task The_table_tells_what_is_wrong_with_a_recording()
    {
        await using OpenStudio studio = await OpenStudio.Start(folder =>
        {
            File.WriteAllLines(Path.Combine(folder, "gap.csv"),
                ["file,label,i,ms,x", .. Enumerable.Range(0, 60).Select(i => i < 30 ? i : i + 40)
                    .Select(i => $"gap,up,{i},{20 * i},{i % 5}")]);
            File.WriteAllLines(Path.Combine(folder, "flat.csv"),
                ["file,label,i,ms,x,y", .. Enumerable.Range(0, 60)
                    .Select(i => $"flat,up,{i},{20 * i},3,{Math.Clamp(i % 20 * 100, 0, 800)}")]);
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "no table at all\n");
        });
        JsonElement state = await studio.Get("/api/state");
        Dictionary<string, string> problems = state.GetProperty("recordings").EnumerateArray().ToDictionary(
            recording => recording.GetProperty("title").GetString()!,
                recording => string.Join("; ", recording.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString())));
        Assert.Equal("1 gap", problems["gap"]);
        Assert.Equal("x is always 3; y is clipped", problems["flat"]);
        Assert.Equal(50, state.GetProperty("recordings")[0].GetProperty("rate").GetDouble());
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_folder_is_not_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // making links takes rights there
        }

        await using OpenStudio studio = await OpenStudio.Start(folder =>
        {
            Recorded.Write(Path.GetDirectoryName(folder)!, "outside", "shake", 30);
            File.CreateSymbolicLink(Path.Combine(folder, "link.csv"), Path.Combine(folder, "..", "outside.csv"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "up"), Path.Combine(folder, ".."));
            Recorded.Write(folder, "inside", "shake", 30);
        });
        Assert.Equal("inside/inside",
            Assert.Single((await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray()).GetProperty("name").GetString());
    }
}
