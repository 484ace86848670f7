using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Tiny.Cli.Tests;

/// <summary>A report as it looks: on screens and on paper, to the eye and to a screen reader.</summary>
public sealed partial class ReportPageTests : WorkFolder
{
    private const int MostWords = 35;
    private const int Paper = 703; // pixels between the margins of A4

    private static readonly string[] LongNames =
    [
        "walking upstairs slowly with a heavy bag in the left hand and none in the right", "walking upstairs slowly with a heavy bag in the other hand and none in the right",
        "standing_still_without_any_movement_that_the_sensor_could_possibly_have_measured_in_time", "階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る", "e <b>",
    ];

    /// <summary>What stands out of the page to the right, but for what scrolls within itself.</summary>
    private const string Outside = """
        (paper => JSON.stringify([document.documentElement.scrollWidth > innerWidth ? 'the page scrolls' : '',
          ...[...document.querySelectorAll('main *')].filter(e => (paper || !e.parentElement.closest('.scroll')) && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120)),
          ...[...document.querySelectorAll('label, output, .meter span, figcaption, h2, .caption')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => 'cut: ' + e.outerHTML.slice(0, 120)),
        ].filter(text => text)))
        """;

    /// <summary>What a screen reader would have no name for, or a keyboard not reach.</summary>
    private const string Nameless = """
        JSON.stringify([
          ...[...document.querySelectorAll('img:not([alt]), svg:not([aria-label]):not([aria-hidden]), table:not([aria-label]), canvas:not([aria-label])')],
          ...[...document.querySelectorAll('input, select')].filter(e => !e.labels.length && !e.ariaLabel),
          ...[...document.querySelectorAll('section')].filter(e => !document.getElementById(e.getAttribute('aria-labelledby'))),
          ...[...document.querySelectorAll('.scroll')].filter(e => e.tabIndex !== 0),
          ...[...document.querySelectorAll('nav a')].filter(e => !document.querySelector(e.getAttribute('href'))),
        ].map(e => e.outerHTML.slice(0, 120)))
        """;

    [ChromiumTheory]
    [InlineData(1280, 800, 390)]
    public async Task Nothing_is_cut_and_all_has_a_name_at_any_width(params int[] widths)
    {
        string[] pages = [LongNamed(), Pictures(), Windows(epochs: 1)];
        await using Chromium browser = await Chromium.Open(pages[0]);
        foreach (string page in pages)
        {
            await browser.Navigate(page);
            foreach (int width in widths)
            {
                await browser.Resize(width);
                Assert.Equal($"{width}: []", $"{await browser.Evaluate("innerWidth")}: {await browser.Evaluate($"{Outside}(false)")}");
            }

            await browser.Resize(Paper, print: true);
            Assert.Equal("[]", await browser.Evaluate($"{Outside}(true)"));
            Assert.Equal("[]", await browser.Evaluate(Nameless));
        }

        Assert.Empty(browser.Errors);
    }

    [Fact]
    public void Worst_predictions_are_wrong_ones_drawn_in_their_recordings()
    {
        string page = File.ReadAllText(Windows(epochs: 1));
        string[][] samples = [.. File.ReadAllLines(At("w.csv")).Skip(1).Select(line => line.Split(','))];
        string worst = SectionOf(page, "worst");
        MatchCollection captions = Caption().Matches(worst);
        Assert.NotEmpty(captions);
        Assert.Equal(captions.Count, worst.Split("class=\"trace\"").Length - 1);
        MatchCollection drawn = Scale().Matches(worst);
        for (int i = 0; i < captions.Count; i++)
        {
            string[] words = [.. captions[i].Groups.Values.Select(group => WebUtility.HtmlDecode(group.Value))];
            int first = int.Parse(words[2], CultureInfo.InvariantCulture);
            string[][] recording = [.. samples.Where(sample => sample[0] == words[1])];
            Assert.Equal((first + 19, 0, recording[first][3]), (int.Parse(words[3], CultureInfo.InvariantCulture), first % 10, words[4]));
            Assert.NotEqual(words[4], words[5]);

            // What is drawn are those samples: half a window before and behind.
            double[] shown = [.. recording.Skip(first - 10).Take(first + 30 - Math.Max(0, first - 10)).SelectMany(sample => sample[1..3]).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.Equal(shown.Min(), double.Parse(drawn[i].Groups[1].Value, CultureInfo.InvariantCulture), 1e-3);
            Assert.Equal(shown.Max(), double.Parse(drawn[i].Groups[2].Value, CultureInfo.InvariantCulture), 1e-3);
        }

        Assert.Contains("None of 64 rows is misclassified", File.ReadAllText(Windows(epochs: 60)));
    }

    [Fact]
    public void Its_sentences_are_short()
    {
        string[] texts = [.. new[] { LongNamed(), Pictures(), Windows(epochs: 1) }.Select(File.ReadAllText)];
        int sentences = 0;
        foreach (Match block in texts.SelectMany(text => Block().Matches(text)))
        {
            string plain = WebUtility.HtmlDecode(Tag().Replace(block.Groups[2].Value, ""));
            foreach (string sentence in SentenceEnd().Split(plain))
            {
                Assert.True(sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostWords, sentence);
                sentences++;
            }
        }

        Assert.InRange(sentences, 100, 10_000);
    }

    private string LongNamed()
    {
        Random random = new(4);
        StringBuilder text = new("acceleration along the first axis of the sensor in the left hand in meters per second squared,加速度センサーの第二軸の値加速度センサーの第二軸の値,activity\n");
        for (int i = 0; i < 200; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i % 5 + 2 * random.NextDouble():0.000},{1e-9 * random.NextDouble():R},{LongNames[i % 5]}\n");
        }

        return Report(Write("a long name of a file of measurements that nobody would want to type.csv", text.ToString()), "five", "--epochs", "20", "--patience", "20");
    }

    private string Pictures()
    {
        Random random = new(4);
        StringBuilder text = new();
        for (int i = 0; i < 60; i++)
        {
            text.AppendJoin(',', Enumerable.Range(0, 784).Select(pixel => pixel / 28 < 14 == (i % 2 == 0) ? random.Next(256) : 0)).Append(CultureInfo.InvariantCulture, $",{i % 3}\n");
        }

        return Report(Write("p.csv", text.ToString()), "pictures", "--no-header", "--epochs", "2", "--layers", "4");
    }

    /// <summary>Recordings of 100 samples, windows of 20.</summary>
    private string Windows(int epochs)
    {
        StringBuilder text = new("recording,x,y,label\n");
        for (int i = 0; i < 800; i++)
        {
            int recording = i / 100;
            text.Append(CultureInfo.InvariantCulture, $"r{recording},{Math.Sin(i * (recording % 2 == 0 ? 0.2 : 0.9)):0.000},{i % 100 / 100.0:0.000},{(recording % 2 == 0 ? "slow" : "fast")}\n");
        }

        return Report(
            Write("w.csv", text.ToString()), $"windows{epochs}", "--group", "recording", "--window", "20", "--hop", "10", "--rate", "50", "--features", "default,zcr", "--layers", "4", "--epochs", $"{epochs}");
    }

    private string Report(string data, string name, params string[] options)
    {
        ProcessResult train = InProcess.Run(["train", data, "--out", At($"{name}.tiny"), "--report", At($"{name}.html"), .. options]);
        Assert.True(train.ExitCode == 0, train.Errors);
        return At($"{name}.html");
    }

    private static string SectionOf(string page, string id)
    {
        int start = page.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<figcaption>(.+?), samples ([0-9,]+) to ([0-9,]+): <b>(.+?)</b>, predicted (.+?)<br>")]
    private static partial Regex Caption();

    [GeneratedRegex("aria-label=\"Recording [^\"]*?, from (\\S+) to (\\S+);")]
    private static partial Regex Scale();

    [GeneratedRegex("<(p|li|h2|h3|figcaption|summary|title|label)\\b[^>]*>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=[.!?])\\s")]
    private static partial Regex SentenceEnd();
}
