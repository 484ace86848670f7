using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tiny.Cli.Tests;
using Tiny.Core;

namespace Tiny.Studio.Tests.Checks;

/// <summary>The page in a real browser, from an empty folder to an exported model.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-browser-");

    public void Dispose() => folder.Delete(recursive: true);

    [StudioCheck]
    public async Task From_an_empty_folder_takes_are_recorded_labeled_trained_tried_and_exported_and_the_model_answers_as_tiny_predict()
    {
        using StudioProcess studio = await StudioProcess.Start(folder.FullName);
        await using Chromium browser = await Chromium.Open(studio.Address);
        await Until(browser, "document.querySelector('#connect')");
        await Click(browser, "#connect");
        await Until(browser, "document.querySelector('#connect').textContent === 'Disconnect'");
        foreach (string movement in new[] { "rest", "shake" })
        {
            await studio.Post("/api/move", new { movement });
            await Type(browser, "#take-label", movement);
            await Type(browser, "#take-count", "3");
            await Type(browser, "#take-seconds", "2");
            await Type(browser, "#take-countdown", "0");
            await Click(browser, "#record");
            await Until(browser, "document.querySelector('#take-said').textContent === 'Done.'");
            await browser.Evaluate("document.querySelector('#take-said').textContent = ''");
        }

        await Label(browser, studio);
        await Train(browser);
        await Sweep(browser);
        await CheckAnswers(browser, studio);
        await browser.Evaluate("location.hash = '#export'");
        await Until(browser, "document.querySelector('#export')");
        await browser.Evaluate("document.querySelector('#export-model').value = 'run-1'");
        await Click(browser, "#export");
        await Until(browser, "document.querySelector('#written li')");
        Assert.True(File.Exists(Path.Combine(folder.FullName, "export", "run-1", "Run1.cs")));
        Assert.Empty(browser.Errors);
        Assert.NotEmpty(browser.Requests);
        Assert.All(browser.Requests, address => Assert.True(address.StartsWith(studio.Root) || address.StartsWith("data:"), address));
    }

    [StudioCheck]
    public async Task A_thousand_samples_a_second_of_six_channels_are_drawn_at_more_than_thirty_frames_without_a_loss()
    {
        using StudioProcess studio = await StudioProcess.Start(folder.FullName);
        await using Chromium browser = await Chromium.Open(studio.Address);
        await Until(browser, "document.querySelector('#connect')");
        await studio.Post("/api/connect", new { kind = "simulated", rate = 1000, channels = 6, movement = "shake" });
        await browser.Evaluate("window.frames60 = 0; window.began = performance.now(); (function frame() { window.frames60++; "
            + "requestAnimationFrame(frame); })()");
        await studio.Post("/api/record", new { label = "shake", takes = 1, seconds = 8, countdown = 0 });
        await Until(browser, "document.querySelector('#take-said').textContent === 'Done.'");
        double pace = double.Parse(await browser.Evaluate("1000 * window.frames60 / (performance.now() - window.began)"),
            CultureInfo.InvariantCulture);
        JsonElement state = await studio.Get("/api/state");
        Assert.Equal(0, state.GetProperty("session").GetProperty("lost").GetInt64());
        Assert.Equal(0, state.GetProperty("session").GetProperty("skipped").GetInt64());
        Assert.Equal(8000, Assert.Single(state.GetProperty("recordings").EnumerateArray()).GetProperty("rows").GetInt32());
        Assert.True(pace > 30, $"{pace:0} frames a second");
    }

    /// <summary>Marks the middle of the first take, with the keyboard alone.</summary>
    private async Task Label(Chromium browser, StudioProcess studio)
    {
        await browser.Evaluate("location.hash = '#label'");
        await Until(browser, "document.querySelector('.trace')?.clientWidth > 100");
        await Type(browser, "#label-class", "still");
        await browser.Evaluate("document.querySelector('.trace').focus()");
        foreach ((string key, int modifiers) in new[] { ("Home", 0), ("End", 8), ("Enter", 0) })
        {
            await Press(browser, key, modifiers);
        }

        string labels = Path.Combine(folder.FullName, "labels.csv");
        for (int i = 0; i < 200 && !File.Exists(labels); i++)
        {
            await Task.Delay(20);
        }

        Assert.Matches(@"^recording,from,to,label\nrest-\S+,0,100,still\n$", File.ReadAllText(labels));
        await studio.Post("/api/undo", new { });
        Assert.False(File.Exists(labels));
    }

    private static async Task Train(Chromium browser)
    {
        await browser.Evaluate("location.hash = '#train'");
        await Until(browser, "document.querySelectorAll('#budget li').length === 6");
        await Click(browser, "#train");
        await Until(browser, "document.querySelector('#train-said').textContent === 'run-1 is trained.'");
        Assert.Equal("1", await browser.Evaluate("document.querySelectorAll('#curves path.a').length"));
    }

    /// <summary>
    /// Two networks, started by the keyboard, whose front grows in the page; the smaller one of it can be taken into the form.
    /// </summary>
    private static async Task Sweep(Chromium browser)
    {
        await Type(browser, "#train-epochs", "20");
        await Type(browser, "#sweep-layers-tried", "4 8");
        await Type(browser, "#sweep-weights-tried", "float32");
        await Type(browser, "#sweep-validation", "0.5");
        await Tab(browser, "#sweep");
        await Press(browser, "Enter");
        await Until(browser, "document.querySelector('#sweep-said').textContent.endsWith('The winner is the model sweep-1.')");
        Assert.Equal("2", await browser.Evaluate("document.querySelectorAll('#front .dot').length"));
        await Click(browser, "#front-table button");
        Assert.Equal("4", await browser.Evaluate("document.querySelector('#train-layers').value"));
    }

    /// <summary>
    /// What the page shows, what the server answers, what the downloaded blob answers and what tiny predict prints are the same bits.
    /// </summary>
    private async Task CheckAnswers(Chromium browser, StudioProcess studio)
    {
        await browser.Evaluate("location.hash = '#try/run-1'");
        await Until(browser, "document.querySelector('#answers')");
        await Click(browser, "#try-live");
        await Until(browser, "document.querySelector('#live-answer').textContent === 'shake'");
        using System.Diagnostics.Process predict = System.Diagnostics.Process.Start(
            Redirected(OpenStudio.StartTiny(["predict", Path.Combine(folder.FullName, "models", "run-1.tiny"), folder.FullName])))!;
        string[] printed = (await predict.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n');
        Assert.Equal("recording,window,label,rest,shake", printed[0]);
        List<string> answered = [];
        foreach (JsonElement recording in (await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray())
        {
            string name = recording.GetProperty("name").GetString()!;
            string asked = $"'/api/answers?' + new URLSearchParams({{ model: 'run-1', name: '{name}' }})";
            string told = await browser.Evaluate($"fetch({asked}).then(answer => answer.text())");
            JsonElement answers = JsonDocument.Parse(told).RootElement.GetProperty("answers");
            int window = 0;
            answered.AddRange(answers.EnumerateArray().Select(answer =>
            {
                IEnumerable<string> outputs = answer.GetProperty("outputs").EnumerateArray()
                    .Select(value => value.GetSingle().ToString("R", CultureInfo.InvariantCulture));
                return $"{name},{window++},{answer.GetProperty("label").GetString()},{string.Join(',', outputs)}";
            }));
        }

        Assert.Equal(printed.Skip(1), answered);
        Assert.True(answered.Count >= 18, $"{answered.Count} windows");
        string blob = await browser.Evaluate(
            "fetch('/api/blob?model=run-1').then(answer => answer.arrayBuffer()).then(bytes => Array.from(new Uint8Array(bytes)).join())");
        byte[] downloaded = [.. blob.Split(',').Select(byte.Parse)];
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.FullName, "models", "run-1.tiny")), downloaded);
        Assert.Equal(2, Network.FromBlob(downloaded).ClassCount);
    }

    private static System.Diagnostics.ProcessStartInfo Redirected(System.Diagnostics.ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        return start;
    }

    /// <summary>Goes on by the tabulator until something has the focus.</summary>
    private static async Task Tab(Chromium browser, string what)
    {
        for (int i = 0; await browser.Evaluate($"document.activeElement === document.querySelector('{what}')") != "True"; i++)
        {
            Assert.True(i < 100, $"{what} cannot be reached by the tabulator.");
            await Press(browser, "Tab");
        }
    }

    private static async Task Press(Chromium browser, string key, int modifiers = 0)
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            await browser.Call("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["modifiers"] = modifiers,
                ["windowsVirtualKeyCode"] = key switch { "Tab" => 9, "Enter" => 13, _ => 0 },
                ["text"] = key == "Enter" && type == "keyDown" ? "\r" : "",
            });
        }
    }

    private static Task Click(Chromium browser, string what) => browser.Evaluate($"document.querySelector('{what}').click()");

    private static Task Type(Chromium browser, string what, string text) =>
        browser.Evaluate($"(() => {{ const input = document.querySelector('{what}'); input.value = '{text}'; input.dispatchEvent(new "
            + "Event('input', { bubbles: true })); })()");

    private static async Task Until(Chromium browser, string what)
    {
        for (int i = 0; i < 2400; i++) // a busy machine takes its time
        {
            if (await browser.Evaluate($"Boolean({what})") == "True")
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"{what} did not come true. The page shows: "
            + $"{Regex.Replace(await browser.Evaluate("document.body.innerText"), "\\s+", " ")}");
    }
}
