using System.Net;
using System.Text.Json;

namespace Tiny.Studio.Tests.Commands;

public sealed class SweepRunsTests
{
    private static readonly object Asked = new Dictionary<string, object>
    {
        ["window"] = 20,
        ["hop"] = 10,
        ["layers"] = "16",
        ["seed"] = "5",
        ["weights"] = "float32",
        ["epochs"] = "4",
        ["test-every"] = "3",
        ["board"] = "stm32f4",
        ["layers-tried"] = " 3  5 3",
        ["weights-tried"] = "float32",
        ["repeats"] = 1,
        ["validation"] = 0.5,
        ["max-ram"] = "64k",
    };

    [Fact]
    public async Task A_sweep_is_tiny_sweep_on_a_file_of_the_folder_and_its_winner_a_model_like_any_other()
    {
        await using OpenStudio studio = await OpenStudio.Start(Fill);
        JsonElement begun = await studio.Do("/api/sweep", Asked);
        Assert.Equal("tiny sweep sweeps/sweep-1.json --pick models/sweep-1.tiny", begun.GetProperty("command").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Post("/api/sweep", Asked)).Status);
        JsonElement file = JsonDocument.Parse(File.ReadAllText(studio.At("sweeps/sweep-1.json"))).RootElement;
        Assert.Equal(["3", "5"], file.GetProperty("space").GetProperty("layers").EnumerateArray().Select(value => value.GetString()));
        string[] options = [.. file.GetProperty("options").EnumerateArray().Select(value => value.GetString()!)];
        Assert.Equal(["--window", "20", "--hop", "10", "--epochs", "4", "--test-every", "3"], options);

        JsonElement state = await Ended(studio);
        JsonElement results = (await studio.Get("/api/sweep?name=sweep-1")).GetProperty("results");
        Assert.Equal((2, 2), (results.GetProperty("trials").GetInt32(), results.GetProperty("planned").GetInt32()));
        Assert.Equal(2, results.GetProperty("candidates").GetArrayLength());
        Assert.InRange(results.GetProperty("front").GetArrayLength(), 1, 2);
        Assert.Equal("sweep-1", Assert.Single(state.GetProperty("runs").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(6, state.GetProperty("recordings").GetArrayLength()); // tables of results are no recordings
        Assert.Empty(state.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_swept_is_refused_in_words_and_leaves_no_sweep()
    {
        await using OpenStudio studio = await OpenStudio.Start(Fill);
        Dictionary<string, object> asked = new((Dictionary<string, object>)Asked) { ["layers-tried"] = "", ["weights-tried"] = "" };
        Assert.Contains("nothing to choose from", (await studio.Post("/api/sweep", asked)).Body.GetProperty("fault").GetString());
        asked["layers-tried"] = "nonsense";
        await studio.Do("/api/sweep", asked);
        JsonElement state = await Ended(studio);
        Assert.Empty(state.GetProperty("sweeps").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Post("/api/sweep", new { name = "../sweep-1" })).Status);
    }

    private static void Fill(string folder)
    {
        for (int i = 0; i < 6; i++)
        {
            Recorded.Write(folder, $"r{i}", i % 2 == 0 ? "rest" : "shake", 100, amplitude: 1 + 5 * (i % 2));
        }
    }

    private static async Task<JsonElement> Ended(OpenStudio studio)
    {
        for (int i = 0; i < 600; i++)
        {
            JsonElement state = await studio.Get("/api/state");
            if (state.GetProperty("sweeping").GetString()!.Length == 0)
            {
                return state;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The sweep did not end.");
    }
}
