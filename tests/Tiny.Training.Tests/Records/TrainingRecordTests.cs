using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;

namespace Tiny.Training.Tests.Records;

public class TrainingRecordTests
{
    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        TrainingRecord record = Example();
        TrainingRecord read = TrainingRecord.Parse(record.ToJson());
        Assert.Equal(record.ToJson(), read.ToJson());
        Assert.Equal(record.Split, read.Split);
        Assert.Equal(record.Columns, read.Columns);
        Assert.Equal(record.Model, RecordedModel.Of([1, 2, 3]));
        Assert.Equal((NetworkTask.Classification, "mold"), (read.Task, read.Label!.Name));
    }

    [Fact]
    public void It_is_text_with_a_line_for_each_column_class_and_epoch()
    {
        string[] lines = Encoding.UTF8.GetString(Example().ToJson()).Split('\n');
        Assert.Contains(lines, line => line.Trim()
            == """{"name":"rel. humidity [%]","position":2,"mean":51.5,"deviation":4.25,"min":40,"max":65.5}""");
        Assert.Contains(lines, line => line.Trim() == """{"name":"Außen","train":30,"test":7},""");
        Assert.Contains(lines, line => line.Trim() == """{"epoch":2,"loss":0.25,"held_back_loss":0.5}""");
        Assert.Contains(lines, line => line.Trim() == "\"kind\": \"share\",");
        Assert.Equal("", lines[^1]);
        Assert.Contains(lines, line => line.Trim() == """{"epoch":1,"loss":1},""");
    }

    [Fact]
    public void Members_of_a_later_version_are_kept()
    {
        JsonObject json = JsonNode.Parse(Example().ToJson())!.AsObject();
        json["weather"] = "dry";
        json["split"]!["moon"] = 3;
        TrainingRecord read = TrainingRecord.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));
        JsonObject written = JsonNode.Parse((read with { Model = new RecordedModel(9, "ab") }).ToJson())!.AsObject();
        Assert.Equal("dry", (string?)written["weather"]);
        Assert.Equal(9, (int)written["model"]!["bytes"]!);
        Assert.Equal("adam", (string?)written["options"]!["optimizer"]);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[1, 2]", "line 1")]
    [InlineData("null", "null")]
    [InlineData("{ \"name\": \"my app's settings\" }", "kind")]
    public void What_is_no_record_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<RecordException>(() => TrainingRecord.Parse(Encoding.UTF8.GetBytes(json))).Message);

    [Theory]
    [InlineData("kind", "\"settings\"", "expected \"tiny training record\"")]
    [InlineData("schema", "2", "schema 2, expected 1")]
    [InlineData("label", "{ \"name\": \"mold\", \"position\": \"three\" }", "label.position")]
    [InlineData("label", "{ \"name\": \"mold\" }", "position")]
    [InlineData("label", "{ \"name\": \"mold\", \"position\": -1 }", "positions from 0 to below 4")]
    [InlineData("file_columns", "3", "positions from 0 to below 3")]
    [InlineData("columns", "[]", "at least one")]
    [InlineData("columns", "[ { \"name\": null, \"mean\": 0, \"deviation\": 1, \"min\": 0, \"max\": 1 } ]", "name")]
    [InlineData("classes", "null", "classes")]
    [InlineData("task", "\"guessing\"", "task")]
    [InlineData("task", "1", "task")]
    [InlineData("model", "{ \"bytes\": 3 }", "sha256")]
    [InlineData("split", "{ \"kind\": \"share\", \"value\": 1.5, \"seed\": 1, \"validation\": null, \"memory_bytes\": 1, \"train_rows\": "
        + "1, \"test_rows\": 1 }", "cannot have been made")]
    [InlineData("split", "{ \"kind\": \"every\", \"value\": 2.5, \"seed\": 1, \"validation\": null, \"memory_bytes\": 1, \"train_rows\": "
        + "1, \"test_rows\": 1 }", "cannot have been made")]
    public void A_member_that_is_used_and_is_wrong_is_named(string member, string value, string expected)
    {
        JsonObject json = JsonNode.Parse(Example().ToJson())!.AsObject();
        json[member] = JsonNode.Parse(value);
        Assert.Contains(expected,
            Assert.Throws<RecordException>(() => TrainingRecord.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()))).Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_in_words()
    {
        byte[] whole = Example().ToJson();
        for (int length = 0; length < whole.Length - 2; length++)
        {
            Assert.NotEmpty(Assert.Throws<RecordException>(() => TrainingRecord.Parse(whole.AsSpan(0, length))).Message);
        }
    }

    [Fact]
    public void Columns_are_given_to_find_them_in_another_file_features_by_name_alone()
    {
        ModelColumns columns = Example().ToModelColumns()!;
        Assert.Equal(["temperature", "rel. humidity [%]"], columns.Inputs);
        Assert.Equal([0, 2], columns.InputPositions);
        Assert.Equal(("mold", 3, true, 4), (columns.Label, columns.LabelPosition, columns.AreNamed, columns.Count));
        TrainingRecord features = Example() with { Columns = [new("x mean", null, 0, 1, -1, 1)] };
        Assert.Empty(TrainingRecord.Parse(features.ToJson()).ToModelColumns()!.InputPositions);
        Assert.Null((Example() with { Label = null }).ToModelColumns());
    }

    [Fact]
    public void What_the_user_said_of_a_file_is_completed_and_overruled()
    {
        RecordedReading reading = RecordedReading.From(new CsvOptions
        {
            Separator = ";",
            Skip = 2,
            NoHeader = true,
            Missing = ["-200"],
            SkipBadRows = true,
            DropMissing = true,
            DropLabels = ["?"],
            Label = "x",
            Group = "id"
        });
        CsvOptions nothing = reading.Complete(new CsvOptions { Label = "mine" });
        Assert.Equal((";", 2, true, true, "id", "mine"),
            (nothing.Separator, nothing.Skip, nothing.NoHeader, nothing.SkipBadRows, nothing.Group, nothing.Label));
        Assert.Equal(["-200"], nothing.Missing);
        Assert.Equal(["?"], nothing.DropLabels);
        Assert.True(nothing.DropMissing);
        CsvOptions all = reading.Complete(new CsvOptions { Separator = ",", Skip = 0, NoHeader = false, Missing = ["NA"], Group = "0" });
        Assert.Equal((",", 0, false, "0"), (all.Separator, all.Skip, all.NoHeader, all.Group));
        Assert.Equal(["NA"], all.Missing);
    }

    [Fact]
    public void A_file_is_the_same_by_its_bytes_and_an_idx_file_by_its_labels_too()
    {
        DataFingerprint file = new(10, "aa");
        DataFingerprint labels = new(4, "bb");
        RowTable table = Table(1f, 2f);
        Assert.True(new RecordedFile("a.csv", 10, "aa", 2).IsSame(file, null, table));
        Assert.False(new RecordedFile("a.csv", 10, "ab", 2).IsSame(file, null, table));
        Assert.False(new RecordedFile("a.csv", null, null, 2).IsSame(file, null, table));
        Assert.False(new RecordedFile("a.csv", 10, "aa", 2).IsSame(null, null, table));
        RecordedFile images = new("i", 10, "aa", 2, Labels: new RecordedFile("l", 4, "bb", 2));
        Assert.True(images.IsSame(file, labels, table));
        Assert.False(images.IsSame(file, new DataFingerprint(4, "bc"), table));
    }

    [Fact]
    public void A_file_written_in_another_way_is_the_same_by_its_rows()
    {
        RecordedFile recorded = new("a.csv", 10, "aa", 2, Table(1f, 2f).Fingerprint());
        Assert.True(recorded.IsSame(new DataFingerprint(99, "cc"), null, Table(1f, 2f)));
        Assert.False(recorded.IsSame(new DataFingerprint(99, "cc"), null, Table(2f, 1f)));
        Assert.False(recorded.IsSame(new DataFingerprint(99, "cc"), null, Table(1f, 2f, 3f)));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(1000, 200)]
    public void A_long_history_is_thinned_out_and_ends_with_the_last_epoch(int epochs, int kept)
    {
        IReadOnlyList<RecordedEpoch> history = RecordedEpoch.From([.. Enumerable.Range(1, epochs)
            .Select(epoch => new EpochProgress(epoch, epochs, 1.0 / epoch, null, epoch))]);
        Assert.Equal(kept, history.Count);
        Assert.Equal(epochs, history[^1].Epoch);
        Assert.Equal(kept, history.Select(point => point.Epoch).Distinct().Count());
        Assert.InRange(history[0].Epoch, 1, 1 + epochs / kept);
    }

    private static RowTable Table(params float[] inputs) =>
        new(Dataset.ForClassification(inputs, DataColumns.Unnamed(1, false), [.. inputs.Select((_, i) => i % 2)], ["a", "b"]));

    private static TrainingRecord Example() => new()
    {
        Kind = TrainingRecord.RecordKind,
        Schema = TrainingRecord.CurrentSchema,
        Version = "0.1.0",
        Command = ["train", "cellar.csv", "--label", "mold", "--split", "0.2", "--out", "mold.tiny"],
        Model = RecordedModel.Of([1, 2, 3]),
        Data = new RecordedFile("cellar.csv", 5120, new string('a', 64), 150, Dropped: 3),
        Reading = RecordedReading.From(new CsvOptions { Separator = ";", Missing = ["NA"] }),
        Task = NetworkTask.Classification,
        Label = new RecordedLabel("mold", 3),
        Classes = [new("Außen", 30, 7), new("none", 90, 23)],
        Split = new RecordedSplit(SplitKind.Share, 0.2, 1, null, 1 << 28, 120, 30),
        FileColumns = 4,
        ColumnsAreNamed = true,
        Columns = [new("temperature", 0, 20, 3, 12.5f, 31), new("rel. humidity [%]", 2, 51.5, 4.25, 40, 65.5f)],
        History = [new(1, 1, null), new(2, 0.25, 0.5)],
        Others = new() { ["options"] = JsonSerializer.SerializeToElement(new { optimizer = "adam" }) },
    };
}
