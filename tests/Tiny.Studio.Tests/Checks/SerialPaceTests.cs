using System.Globalization;
using System.Text.Json;
using Tiny.Cli.Tests;
using Tiny.Studio.Tests.Live;
using Xunit.Abstractions;

namespace Tiny.Studio.Tests.Checks;

/// <summary>
/// Six channels at 1,000 samples a second through a serial port, shown and recorded; for as many seconds as TINY_STUDIO_SECONDS says.
/// </summary>
public sealed class SerialPaceTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualSeconds = 8;
    private const int MostGrowth = 64 << 20; // bytes, of a process that collects its garbage when it likes to

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-serial-");

    public void Dispose() => folder.Delete(recursive: true);

    [StudioCheck]
    public async Task A_thousand_samples_a_second_through_a_port_are_recorded_whole_while_the_page_keeps_its_pace()
    {
        int seconds = int.Parse(Environment.GetEnvironmentVariable("TINY_STUDIO_SECONDS") ?? $"{UsualSeconds}",
            CultureInfo.InvariantCulture);
        using SerialSensor sensor = new(1000);
        using StudioProcess studio = await StudioProcess.Start(folder.FullName, "--serial", sensor.Port);
        await using Chromium browser = await Chromium.Open(studio.Address);
        Assert.True(await studio.Post("/api/connect", new { kind = "port", name = sensor.Port, baud = 921600 }));
        sensor.Begin();
        await browser.Evaluate("location.reload()");
        await Task.Delay(1000);
        await browser.Evaluate("window.drawn = 0; window.began = performance.now(); (function frame() { window.drawn++; "
            + "requestAnimationFrame(frame); })()");
        Assert.True(await studio.Post("/api/record", new { label = "shake", takes = 1, seconds, countdown = 0 }));
        List<(long Studio, long Page)> memory = [];
        JsonElement recordings;
        do
        {
            await Task.Delay(Math.Max(500, seconds * 1000 / 20));
            memory.Add((studio.WorkingSet,
                long.Parse(await browser.Evaluate("performance.memory.usedJSHeapSize"), CultureInfo.InvariantCulture)));
            recordings = (await studio.Get("/api/state")).GetProperty("recordings");
        }
        while (recordings.GetArrayLength() == 0 || recordings[0].GetProperty("rows").GetInt32() < 1000 * seconds);

        double pace = double.Parse(await browser.Evaluate("1000 * window.drawn / (performance.now() - window.began)"),
            CultureInfo.InvariantCulture);
        JsonElement session = (await studio.Get("/api/state")).GetProperty("session");
        output.WriteLine($"{seconds} s: {recordings[0].GetProperty("rows")} samples, lost {session.GetProperty("lost")}, traces skipped "
            + $"{session.GetProperty("skipped")}, {pace:0.0} frames a second");
        output.WriteLine("studio MB: " + string.Join(' ', memory.Select(one => one.Studio >> 20)) + "; page MB: "
            + string.Join(' ', memory.Select(one => one.Page >> 20)));
        Assert.Equal(1000 * seconds, recordings[0].GetProperty("rows").GetInt32());
        Assert.Equal((0, 0), (session.GetProperty("lost").GetInt64(), session.GetProperty("skipped").GetInt64()));
        Assert.True(pace >= 30, $"{pace:0} frames a second");
        Assert.InRange(memory[^1].Studio - memory[memory.Count / 2].Studio, long.MinValue, MostGrowth);
        Assert.InRange(memory[^1].Page - memory[memory.Count / 2].Page, long.MinValue, MostGrowth);
    }
}
