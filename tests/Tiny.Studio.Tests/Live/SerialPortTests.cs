using System.Globalization;
using System.Text.Json;
using Tiny.Cli.Tests;

namespace Tiny.Studio.Tests.Live;

public sealed class SerialPortTests
{
    [PseudoTerminalFact]
    public async Task A_port_that_vanishes_ends_the_take_whole_up_to_its_last_line_and_is_told_of()
    {
        using SerialSensor sensor = new(500);
        await using OpenStudio studio = await OpenStudio.Start(null, sensor.Port);
        await studio.Do("/api/connect", new { kind = "port", name = sensor.Port, baud = 115200 });
        sensor.Begin();
        await studio.Do("/api/record", new { label = "shake", takes = 3, seconds = 60, countdown = 0 });
        await Until(() => Takes(studio).Any(take => File.ReadLines(take).Count() > 100));
        sensor.Unplug();
        await Until(async () => (await studio.Get("/api/state")).GetProperty("session").ValueKind == JsonValueKind.Null);

        string text = File.ReadAllText(Assert.Single(Takes(studio)));
        Assert.EndsWith("\n", text);
        string[] rows = text.TrimEnd().Split('\n');
        Assert.Equal("file,label,i,ms,ax,ay,az,gx,gy,gz", rows[0]);
        long[] numbers = [.. rows.Skip(1).Select(row => long.Parse(row.Split(',')[2], CultureInfo.InvariantCulture))];
        Assert.Equal(numbers[^1] - numbers[0], numbers.Length - 1);
        Assert.All(rows, row => Assert.Equal(10, row.Split(',').Length));
        Assert.Single((await studio.Get("/api/state")).GetProperty("recordings").EnumerateArray());
    }

    private static string[] Takes(OpenStudio studio) => Directory.GetFiles(studio.Folder, "shake-*.csv");

    private static Task Until(Func<bool> isTrue) => Until(() => Task.FromResult(isTrue()));

    private static async Task Until(Func<Task<bool>> isTrue)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await isTrue())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("It did not come true.");
    }
}
