using System.Globalization;
using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Tests.Data.Recordings;

public class RecordingSourceTests
{
    /// <summary>What a file of recordings comes to: a name, a label, samples and breaks for each, and how it was understood.</summary>
    private sealed record Found(RecordingLayout Layout, DataReading Reading, IReadOnlyList<RecordingSummary> Recordings)
    {
        internal IEnumerable<(string Label, long Samples, int Breaks)> Counts =>
            Recordings.Select(recording => (recording.Label, recording.Samples, recording.Breaks));
    }

    private static Found Read(string csv, CsvOptions? options = null, double rate = 0, IReadOnlyList<string>? channels = null)
    {
        using TemporaryFile file = new(csv);
        return Read(RecordingFiles.Open(file.Path, options ?? new CsvOptions()), options, rate, channels);
    }

    private static Found Read(RecordingFiles files, CsvOptions? options = null, double rate = 0, IReadOnlyList<string>? channels = null)
    {
        using RecordingSource source =
            new(files, file => RecordingColumns.ForTraining(file, options ?? new CsvOptions(), channels, needsLabel: false));
        source.Expect(rate, "--rate says");
        float[] sample = new float[source.Layout.Channels.Count];
        while (source.Read(sample))
        {
        }

        return new Found(source.Layout, source.Reading, source.Recordings);
    }

    /// <summary>A row for each number, from a template with its time: {0} is the number, {1} is 20 times as much.</summary>
    private static string Rows(string template, int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(i => string.Format(CultureInfo.InvariantCulture, template, i, 20 * i) + "\n"));

    [Theory]
    [InlineData("millis", true)]
    [InlineData("ms", true)]
    [InlineData("time_ms", true)]
    [InlineData("Time [ms]", true)]
    [InlineData("uptime_ms", true)]
    [InlineData("t", false)]
    [InlineData("timestamp", false)]
    public void A_clock_is_no_channel_and_tells_the_rate_where_its_name_says_the_unit(string name, bool hasUnit)
    {
        Found found = Read($"file,label,{name},x\n" + Rows("a,up,{1},3", 0, 30) + Rows("b,up,{1},4", 0, 30));
        Assert.Equal(["x"], found.Layout.Channels);
        Assert.Equal((name, "is a clock"), (found.Layout.SetAside[0].Name, found.Layout.SetAside[0].Why));
        Assert.Equal(hasUnit ? 50 : 0, found.Layout.Rate);
        Assert.Equal([("up", 30L, 0), ("up", 30L, 0)], found.Counts);
    }

    [Fact]
    public void Seconds_dates_and_epochs_are_clocks_too()
    {
        Assert.Equal(50, Read("file,label,Time (s),x\n"
            + string.Concat(Enumerable.Range(0, 40)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"a,up,{0.02 * i:0.00},1\n")))).Layout.Rate);
        Assert.Equal(10, Read("file,label,when,x\n"
            + string.Concat(Enumerable.Range(0, 90).Select(i => $"a,up,2025-07-09 23:59:5{i / 10}.{i % 10},1\n"))).Layout.Rate);
        Assert.Equal(20, Read("file,label,timestamp,x\n"
            + string.Concat(Enumerable.Range(0, 90).Select(i => $"a,up,{1_760_000_000_000 + 50 * i},1\n"))).Layout.Rate);
    }

    [Fact]
    public void A_column_that_only_has_such_a_name_is_a_channel_and_one_that_is_named_is_too()
    {
        Random random = new(1);
        string csv = "file,label,t,i,s,x\n"
            + string.Concat(Enumerable.Range(0, 40).Select(_ => $"a,up,{random.Next(100)},{random.Next(100)},{random.Next(100)},1\n"));
        Assert.Equal(["t", "i", "s", "x"], Read(csv).Layout.Channels);
        string clock = "file,label,ms,x\n" + Rows("a,up,{1},3", 0, 30);
        Assert.Equal(["ms", "x"], Read(clock, channels: ["ms", "x"]).Layout.Channels);
        Assert.Empty(Read(clock, channels: ["ms", "x"]).Layout.SetAside);
    }

    [Theory]
    [InlineData("i", "{0}")]
    [InlineData("i", "{1}")]
    [InlineData("sample", "{1}")]
    [InlineData("millis", "{1}")]
    [InlineData("Time (s)", "{1}.5")]
    public void A_jump_of_number_or_clock_is_a_gap(string name, string value)
    {
        string Csv(params int[] lost) => $"file,label,{name},x\n"
            + string.Concat(Rows($"a,up,{value},3", 0, 60).Split('\n').Where((_, i) => !lost.Contains(i)).Select(row => row + "\n"));
        Assert.Equal(0, Read(Csv()).Recordings[0].Breaks);
        Assert.Equal(2, Read(Csv(2, 40, 41)).Recordings[0].Breaks);
    }

    [Fact]
    public void What_goes_back_in_a_named_recording_is_told()
    {
        Found found = Read("file,label,ms,x\n" + Rows("a,up,{1},3", 0, 30) + Rows("a,up,{1},3", 0, 20));
        Assert.Equal((1, 1, 50L), (found.Recordings[0].Breaks, found.Recordings[0].Restarts, found.Recordings[0].Samples));
        Assert.Contains(RecordingChecks.Breaks(found.Recordings),
            warning => warning.Contains("in 1 of 1 recordings a number or clock goes back: a."));
        Assert.Equal((3L, 2L, 2L), (found.Recordings[0].CountWindows(20, 5) - 1, found.Recordings[0].CountWindows(30, 5) + 1,
            found.Recordings[0].CountWindows(19, 20)));
    }

    [Fact]
    public void Without_a_column_for_it_a_recording_ends_at_a_blank_line_a_new_label_or_where_the_clock_begins_anew()
    {
        string csv = "label,ms,x\n" + Rows("up,{1},3", 0, 30) + "\n" + Rows("up,{1},3", 30, 20) + Rows("down,{1},3", 50, 30)
            + Rows("down,{1},3", 0, 10);
        Found found = Read(csv);
        Assert.Equal([("up", 30L, 0), ("up", 20L, 0), ("down", 30L, 0), ("down", 10L, 0)], found.Counts);
        Assert.Equal(found.Recordings.Select(r => r.Name), found.Recordings.Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Contains("a recording ends at a blank line", found.Layout.Describe());
        Assert.Equal([("up", 30L, 0), ("up", 60L, 2)], Read(csv, new CsvOptions { Group = "blank-lines" }).Counts);
        Assert.Equal([("up", 50L, 0), ("down", 40L, 1)], Read(csv, new CsvOptions { Group = "label-changes" }).Counts);
    }

    [Fact]
    public void Blank_lines_part_a_file_without_label()
    {
        Found found = Read("aX,aY\n" + Rows("1,{0}", 0, 9) + "\n" + Rows("2,{0}", 0, 7) + "\n\n\n" + Rows("3,{0}", 0, 8) + "\n");
        Assert.Equal([("", 9L, 0), ("", 7L, 0), ("", 8L, 0)], found.Counts);
        Assert.Equal("a recording ends at a blank line, where the label changes or a clock begins anew; channels aX, aY.",
            found.Layout.Describe());
    }

    [Fact]
    public void A_clock_that_contradicts_the_rate_is_refused_with_both()
    {
        string csv = "file,label,ms,x\n" + Rows("a,up,{1},3", 0, 30);
        foreach (double near in new[] { 48, 50, 52 })
        {
            Assert.Single(Read(csv, rate: near).Recordings);
        }

        string message = Assert.Throws<DataException>(() => Read(csv, rate: 100)).Message;
        Assert.Contains("recording \"a\" has 50 samples a second by its clock \"ms\", but --rate says 100", message);
        Assert.Single(Read(csv, new CsvOptions { Drop = ["ms"] }, rate: 100).Recordings);

        // One recording among many, and no rate was said.
        string mixed = csv + string.Concat(Enumerable.Range(0, 30).Select(i => $"b,up,{10 * i},3\n")) + Rows("c,up,{1},3", 0, 30);
        Assert.Contains("recording \"b\" has 100 samples a second by its clock \"ms\", but the first samples have 50",
            Assert.Throws<DataException>(() => Read(mixed)).Message);
    }

    [Fact]
    public void Gaps_jitter_and_a_coarse_clock_do_not_change_the_rate()
    {
        Random random = new(5);
        StringBuilder csv = new("file,label,ms,x\n");
        int at = 0;
        for (int i = 0; i < 400; i++)
        {
            at += (i % 50 == 49 ? 3000 : 0) + 8 + (random.NextDouble() < 0.4 ? 1 : 0);
            csv.Append(CultureInfo.InvariantCulture, $"a,up,{at},1\n");
        }

        Assert.InRange(Read(csv.ToString(), rate: 119).Layout.Rate, 117, 121);
        string seconds = "file,label,seconds,x\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"a,up,{i / 50},1\n"));
        Assert.Throws<DataException>(() => Read(seconds, rate: 60));
        Assert.Equal((0, 3000L), (Read(seconds, rate: 50).Recordings[0].Breaks, Read(seconds, rate: 50).Recordings[0].Samples));
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_names_and_each_file_is_a_recording()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-");
        try
        {
            void Write(string name, string text)
            {
                string path = Path.Combine(folder.FullName, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            Write("walk_2.csv", "ms,x,y\n" + Rows("{1},1,2", 0, 30));
            Write("walk_1.csv", "ms,x,y\n" + Rows("{1},1,2", 0, 20) + "\n" + Rows("{1},1,2", 0, 10));
            Write("run_1.txt", "ms,y,x\n" + Rows("{1},1,2", 0, 40));
            Write("notes.md", "nothing");
            CsvOptions options = new() { LabelFrom = "{label}_*" };
            Assert.Contains("its channels are x, y, but those of the files before are y, x",
                Assert.Throws<DataException>(() => Read(RecordingFiles.Open(folder.FullName, options), options)).Message);
            Found found = Read(RecordingFiles.Open(folder.FullName, options), options, channels: ["x", "y"]);
            Assert.Equal([("run", 40L, 0), ("walk", 20L, 0), ("walk", 10L, 0), ("walk", 30L, 0)], found.Counts);
            Assert.Equal(["run_1", "walk_1", "walk_1 0002", "walk_2"], found.Recordings.Select(recording => recording.Name));
            Assert.Contains("1 of 4 files are not named as --label-from {label}_* says and were left out: notes.md.",
                found.Reading.Remarks[^1]);
            Assert.Contains("3 files, ", found.Layout.Describe());
            Write("old/walk_9.csv", "ms,x\n1,2\n");
            Assert.Contains("column", Assert.ThrowsAny<DataException>(
                () => Read(RecordingFiles.Open(folder.FullName, options), options, channels: ["x", "y"])).Message);
            CsvOptions none = new() { LabelFrom = "{label}-*" };
            Assert.Contains("the files in this folder are not named as --label-from {label}-* says",
                Assert.Throws<DataException>(() => RecordingFiles.Open(folder.FullName, none)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        string csv = "file,label,x\na,up,1\nb,up,2\na,up,3\n";
        Assert.Contains("line 4: recording \"a\" goes on after another", Assert.Throws<DataException>(() => Read(csv)).Message);
        Assert.Contains("exclude each other",
            Assert.Throws<SelectionException>(() => Read(csv, new CsvOptions { Label = "label", LabelFrom = "{label}" })).Message);
        Assert.Contains("cannot be both the label and",
            Assert.Throws<SelectionException>(() => Read(csv, new CsvOptions { Group = "label" })).Message);
        Assert.Contains("needed and cannot be left out",
            Assert.Throws<SelectionException>(() => Read(csv, new CsvOptions { Drop = ["label"] })).Message);
        Assert.Contains("needs a column with the label",
            Assert.Throws<SelectionException>(() => Read("x,y\n1,2\n", new CsvOptions { Group = "label-changes" })).Message);
        Assert.Contains("so there is no label",
            Assert.Throws<SelectionException>(() => Read(csv, new CsvOptions { LabelFrom = "{label}.xyz" })).Message);
    }
}
