using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Tiny.Cli.Tests;

/// <summary>A report as it looks: on screens and on paper, to the eye and to a screen reader.</summary>
public sealed partial class ReportPageTests(ReportPages pages) : IClassFixture<ReportPages>
{
    private const int MostWords = 35;
    private const int Paper = 703; // pixels between the margins of A4

    /// <summary>What stands out of the page to the right, but for what scrolls within itself.</summary>
    private const string Outside = """
        (paper => JSON.stringify([document.documentElement.scrollWidth > innerWidth ? 'the page scrolls' : '',
          ...[...document.querySelectorAll('main *')]
            .filter(e => (paper || !e.parentElement.closest('.scroll')) && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120)),
          ...[...document.querySelectorAll('label, output, .meter span, figcaption, h2, .caption')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
            .map(e => 'cut: ' + e.outerHTML.slice(0, 120)),
        ].filter(text => text)))
        """;

    /// <summary>Words of a drawing that stand out of it, or over one another.</summary>
    private const string Illegible = """
        JSON.stringify([...document.querySelectorAll('main svg')].flatMap(svg => {
          const view = svg.viewBox.baseVal;
          const texts = [...svg.querySelectorAll('text')].map(e => ({ name: e.textContent, box: e.getBBox() })).filter(t => t.box.width);
          return [...texts.filter(t => t.box.x < -1 || t.box.x + t.box.width > view.width + 1).map(t => 'cut: ' + t.name),
            ...texts.flatMap((a, i) => texts.slice(i + 1).filter(b => a.box.x < b.box.x + b.box.width && b.box.x < a.box.x + a.box.width
              && a.box.y + 3 < b.box.y + b.box.height && b.box.y + 3 < a.box.y + a.box.height).map(b => a.name + ' over ' + b.name))];
        }))
        """;

    /// <summary>What a screen reader would have no name for, or a keyboard not reach.</summary>
    private const string Nameless = """
        JSON.stringify([
          ...[...document.querySelectorAll('img:not([alt]), svg:not([aria-label]):not([aria-hidden]), '
            + 'table:not([aria-label]), canvas:not([aria-label])')],
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
        await using Chromium browser = await Chromium.Open(pages.LongNamed);
        foreach (string page in pages.All)
        {
            await browser.Navigate(page);
            foreach (int width in widths)
            {
                await browser.Resize(width);
                Assert.Equal($"{width}: []", $"{await browser.Evaluate("innerWidth")}: {await browser.Evaluate($"{Outside}(false)")}");
                Assert.Equal($"{width}: []", $"{width}: {await browser.Evaluate(Illegible)}");
            }

            await browser.Resize(Paper, print: true);
            Assert.Equal("[]", await browser.Evaluate($"{Outside}(true)"));
            Assert.Equal("[]", await browser.Evaluate(Illegible));
            Assert.Equal("[]", await browser.Evaluate(Nameless));
        }

        Assert.Empty(browser.Errors);
    }

    [Fact]
    public void Worst_predictions_are_wrong_ones_drawn_in_their_recordings()
    {
        string page = File.ReadAllText(pages.Windows);
        string[][] samples = [.. File.ReadAllLines(pages.Recordings).Skip(1).Select(line => line.Split(','))];
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
            double[] shown = [.. recording.Skip(first - 10).Take(first + 30 - Math.Max(0, first - 10)).SelectMany(sample => sample[1..3])
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.Equal(shown.Min(), double.Parse(drawn[i].Groups[1].Value, CultureInfo.InvariantCulture), 1e-3);
            Assert.Equal(shown.Max(), double.Parse(drawn[i].Groups[2].Value, CultureInfo.InvariantCulture), 1e-3);
        }
    }

    [Fact]
    public void Its_sentences_are_short()
    {
        int sentences = 0;
        foreach (Match block in pages.All.SelectMany(path => Block().Matches(Choices().Replace(File.ReadAllText(path), ""))))
        {
            string plain = WebUtility.HtmlDecode(Tag().Replace(block.Groups[2].Value, ""));
            foreach (string sentence in SentenceEnd().Split(plain))
            {
                Assert.True(sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostWords, sentence);
                sentences++;
            }
        }

        Assert.InRange(sentences, 150, 10_000);
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

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Choices();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=[.!?])\\s")]
    private static partial Regex SentenceEnd();
}
