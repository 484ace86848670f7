using System.Globalization;
using System.Text;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;
using Tiny.Training.Data.Summaries;
using Tiny.Training.Export;

namespace Tiny.Training.Tests.Data.Recordings;

public class RecordingTests
{
    private static readonly CsvOptions Options = new();
    private static readonly WindowOptions Windows = new() { Window = 4, Hop = 2 };

    /// <summary>
    /// Recordings of so many samples: (name, label, samples); x rises through all of them, y is the sample's number in its recording.
    /// </summary>
    private static string Csv(params (string Name, string Label, int Samples)[] recordings)
    {
        StringBuilder text = new("file,label,i,x,y\n");
        int x = 0;
        foreach ((string name, string label, int samples) in recordings)
        {
            for (int i = 0; i < samples; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name},{label},{i},{x++},{i}\n");
            }
        }

        return text.ToString();
    }

    private static DatasetFile Read(string csv, WindowOptions? windows = null, CsvOptions? options = null)
    {
        using TemporaryFile file = new(csv);
        return DatasetFile.ReadRecordings(file.Path, options ?? Options, windows ?? Windows);
    }

    [Fact]
    public void No_window_spans_two_recordings()
    {
        using DatasetFile file = Read(Csv(("a", "up", 9), ("b", "down", 3), ("c", "up", 4)));
        Assert.Equal(["a", "c"], file.Data.Groups!.Names);
        Assert.Equal([0, 0, 0, 1], file.Data.Groups.Of);
        Assert.Equal(["x_mean", "x_std", "x_min", "x_max", "x_mad", "y_mean"], file.Data.Columns.Names.Take(6));
        Assert.Equal([1.5f, 3.5f, 5.5f, 13.5f], Enumerable.Range(0, 4).Select(row => file.Data.Row(row)[0]));
        Assert.Equal([(9L, 3), (3L, 0), (4L, 1)], file.Recordings.Select(r => (r.Samples, r.Windows)));
        Assert.Contains(RecordingChecks.Of(file.Recordings, 4),
            warning => warning.Contains("1 of 3 recordings gave no window of 4 samples: b."));
    }

    [Fact]
    public void No_window_spans_a_missing_sample_or_a_change_of_label()
    {
        string csv = Csv(("a", "up", 6), ("b", "up", 12)).Replace("b,up,4,10,4", "b,up,4,,4").Replace("b,up,10,16,10", "b,down,10,16,10")
            .Replace("b,up,11,17,11", "b,down,11,17,11");
        using DatasetFile file = Read(csv, options: new CsvOptions { Missing = [""] });
        Assert.Equal([1.5f, 3.5f, 1.5f, 6.5f], Enumerable.Range(0, 4).Select(row => file.Data.Row(row)[5]));
        Assert.Equal((2, 1L), (file.Recordings[1].Breaks, file.Dropped));
        Assert.Contains(RecordingChecks.Of(file.Recordings, 4), warning => warning.Contains("missing samples or change their label"));
    }

    [Fact]
    public void A_gap_in_the_samples_numbers_is_one_and_a_column_of_another_kind_is_none()
    {
        string csv = Csv(("a", "up", 12)).Replace("a,up,5,5,5\n", "");
        using DatasetFile file = Read(csv);
        Assert.Equal((3, 1), (file.Recordings[0].Windows, file.Recordings[0].Breaks));
        using DatasetFile stepped = Read("file,label,i,x\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"a,up,{20 * i},{i}\n")));
        Assert.Equal((3, 0), (stepped.Recordings[0].Windows, stepped.Recordings[0].Breaks));
        using DatasetFile channel = Read("file,label,i,x\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"a,up,{i % 3},{i}\n")),
            Windows with { Channels = ["i", "x"] });
        Assert.Equal((3, 0), (channel.Recordings[0].Windows, channel.Recordings[0].Breaks));
    }

    [Fact]
    public void A_recording_that_goes_on_after_another_is_refused() =>
        Assert.Contains("line 14: recording \"a\" goes on after another",
        Assert.Throws<DataException>(() => Read(Csv(("a", "up", 6), ("b", "up", 6), ("a", "up", 6)))).Message);

    [Fact]
    public void Splits_keep_recordings_whole_and_every_class_on_both_sides()
    {
        (string, string, int)[] recordings =
            [.. Enumerable.Range(0, 24).Select(i => ($"r{i * 7 % 24:00}", i % 3 == 0 ? "rare" : "usual", 8))];
        using DatasetFile file = Read(Csv(recordings));
        foreach ((RowSource train, RowSource test) in new[] { file.Table.Every(4), file.Table.Share(0.25, 3), file.Table.Last(6) })
        {
            HashSet<int> learned = Groups(file, train);
            HashSet<int> tested = Groups(file, test);
            Assert.Empty(learned.Intersect(tested));
            Assert.Equal((18, 6), (learned.Count, tested.Count));
            Assert.Equal(2, tested.Select(group => recordings.Single(r => r.Item1 == file.Data.Groups!.Names[group]).Item2).Distinct()
                .Count());
            Assert.Empty(RecordingChecks.Of(file.Data, ((MemoryRows)train).Numbers, ((MemoryRows)test).Numbers));
        }

        // In the order of names, each fourth of a class.
        string[] rare = [.. recordings.Where(r => r.Item2 == "rare").Select(r => r.Item1).Order(StringComparer.Ordinal)];
        Assert.Equal([rare[3], rare[7]],
            Groups(file, file.Table.Every(4).Test).Select(group => file.Data.Groups!.Names[group]).Where(rare.Contains).Order());
        (RowSource learning, RowSource heldBack) = file.Table.All().HoldBack(0.25, 1);
        Assert.Empty(Groups(file, learning).Intersect(Groups(file, heldBack)));
        Assert.Equal(24, file.Table.Units);
    }

    [Fact]
    public void What_would_spoil_a_test_is_told()
    {
        string csv = Csv([.. Enumerable.Range(0, 12).Select(i => ($"u{i}", "usual", 10)), ("only", "rare", 6)]);
        using DatasetFile file = Read(csv + csv.Split('\n').Where(line => line.StartsWith("u0,"))
            .Select(line => line.Replace("u0,", "copy,") + "\n").Aggregate(string.Concat));
        int[] train = [.. Enumerable.Range(0, file.Data.Rows).Where(row => file.Data.Groups!.Names[file.Data.Groups.Of[row]] != "copy")];
        int[] test = [.. Enumerable.Range(0, file.Data.Rows).Except(train)];
        string[] warnings = [.. RecordingChecks.Of(file.Data, train, test)];
        Assert.Contains(warnings, warning => warning.Contains("leakage: 1 of the recordings") && warning.Contains("copy"));
        Assert.Contains(warnings, warning => warning.Contains("class rare has no recording to test on"));
        Assert.Contains(warnings, warning => warning.Contains("rare has 2 windows, another 48"));
    }

    [Fact]
    public void Columns_are_found_and_bad_ones_refused()
    {
        Assert.Equal(10, Read(Csv(("a", "up", 6))).Data.ColumnCount);
        Assert.Equal(5, Read(Csv(("a", "up", 6)), Windows with { Channels = ["y"] }).Data.ColumnCount);
        Assert.Contains("--label", Assert.Throws<SelectionException>(() => Read("file,x\na,1\n")).Message);
        Assert.Contains("Did you mean \"file\"",
            Assert.Throws<SelectionException>(() => Read(Csv(("a", "up", 6)), options: new CsvOptions { Group = "fil" })).Message);
        Assert.Contains("cannot be channels",
            Assert.Throws<SelectionException>(() => Read(Csv(("a", "up", 6)), Windows with { Channels = ["label"] })).Message);
        Assert.Contains("the longest of 1 recordings has 3 samples", Assert.Throws<DataException>(() => Read(Csv(("a", "up", 3)))).Message);
        Assert.Contains("2 to 4000",
            Assert.Throws<SelectionException>(() => Read(Csv(("a", "up", 6)), Windows with { Window = 1, Hop = 1 })).Message);
        Assert.Contains("3 units for 2 channels",
            Assert.Throws<SelectionException>(() => Read(Csv(("a", "up", 6)), Windows with { Units = ["g", "g", "s"] })).Message);
    }

    [Fact]
    public void A_model_takes_recordings_with_its_own_windows()
    {
        string csv = Csv([.. Enumerable.Range(0, 12).Select(i => ($"r{i}", i % 2 == 0 ? "up" : "down", 12))]);
        using DatasetFile file = Read(csv, Windows with { Kinds = FeatureKinds.Mean, Rate = 50, Bands = [5f], Units = ["g"] });
        TrainingResult result = new Trainer(file.Table.Schema, file.Table.All(), new TrainingOptions { Epochs = 2 }).Run();
        Network network = Network.FromBlob(BlobExporter.ToBlob(result.Model));
        FeatureDescription features = FeatureDescription.Of(network);
        Assert.Equal((4, 2, 50f, "g", 1),
            (features.Window, features.Hop, features.Signal.Rate, features.Signal.GetUnit(1), features.Bands));
        using TemporaryFile again = new(csv);
        using DatasetFile read = DatasetFile.ReadCsvFor(network, again.Path, new CsvOptions());
        Assert.Equal(file.Data.Inputs, read.Data.Inputs);
        Assert.Equal(file.Data.Classes, read.Data.Classes);

        // The label's column is known by what is in it, and a table of features is as good.
        using TemporaryFile renamed = new(csv.Replace("file,label", "file,what"));
        Assert.Equal(file.Data.Classes, DatasetFile.ReadCsvFor(network, renamed.Path, new CsvOptions()).Data.Classes);
        using TemporaryFile table = new("x_mean,x_5Hz,y_mean,y_5Hz,class\n1,2,3,4,up\n");
        Assert.Equal(1, DatasetFile.ReadCsvFor(network, table.Path, new CsvOptions()).Data.Rows);
    }

    [Fact]
    public void A_summary_tells_classes_and_channels()
    {
        using TemporaryFile file = new(Csv(("a", "up", 9), ("b", "down", 3), ("c", "up", 40)));
        RecordingsSummary summary = RecordingsSummary.Of(RecordingFiles.Open(file.Path, Options), Options, null);
        Assert.Equal([("down", 1, 3L), ("up", 2, 49L)], summary.Classes.Select(c => (c.Name, c.Recordings, c.Samples)));
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, 8], summary.Classes[1].First[1]);
        Assert.Equal((0, 51), (summary.Channels[0].Min, summary.Channels[0].Max));
        using TemporaryFile empty = new("file,label,x\n");
        Assert.Contains("no sample",
            Assert.Throws<DataException>(() => RecordingsSummary.Of(RecordingFiles.Open(empty.Path, Options), Options, null)).Message);
    }

    private static HashSet<int> Groups(DatasetFile file, RowSource rows) =>
        [.. ((MemoryRows)rows).Numbers.Select(row => file.Data.Groups!.Of[row])];
}
