// Over 300 lines: the tests of one file format.
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tiny.Cli.Tests;

/// <summary>The record beside a model: what is in it, and what the commands that try the model take from it.</summary>
public sealed class TrainingRecordTests : WorkFolder
{
    [Fact]
    public void A_record_tells_where_the_model_came_from()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--split", "0.25", "--seed", "5", "--out", At("m.tiny"));
        JsonElement record = Record("m.tiny");
        Assert.Equal("tiny training record", record.GetProperty("kind").GetString());
        Assert.Equal(Hash("m.tiny"), record.GetProperty("model").GetProperty("sha256").GetString());
        Assert.Equal(new FileInfo(data).Length, record.GetProperty("data").GetProperty("bytes").GetInt64());
        Assert.Equal(Hash("fruit.csv"), record.GetProperty("data").GetProperty("sha256").GetString());
        Assert.Equal(["train", data, "--label", "kind"],
            record.GetProperty("command").EnumerateArray().Take(4).Select(argument => argument.GetString()));
        Assert.Equal(("kind", 0),
            (record.GetProperty("label").GetProperty("name").GetString(), record.GetProperty("label").GetProperty("position").GetInt32()));
        Assert.Equal([("apple", 75, 25), ("pear", 75, 25)],
            record.GetProperty("classes").EnumerateArray()
                .Select(entry => (entry.GetProperty("name").GetString()!, entry.GetProperty("train").GetInt32(),
                entry.GetProperty("test").GetInt32())));
        Assert.Equal(["mass", "width"],
            record.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        Assert.Equal([1, 2], record.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("position").GetInt32()));
        Assert.Equal(150, record.GetProperty("split").GetProperty("train_rows").GetInt32());
        Assert.Equal("adam", record.GetProperty("options").GetProperty("optimizer").GetString());
        Assert.InRange(record.GetProperty("figures").GetProperty("test").GetProperty("accuracy").GetDouble(), 0.5, 1);
        Assert.True(record.GetProperty("baseline").GetProperty("majority").TryGetProperty("accuracy", out _));
    }

    [Fact]
    public void The_same_run_writes_the_same_record_but_for_its_times()
    {
        string data = Fruit();
        string Once()
        {
            Train(data, "--label", "kind", "--split", "0.25", "--epochs", "3", "--out", At("m.tiny"));
            JsonObject record = JsonNode.Parse(File.ReadAllText(At("m.tiny.json")))!.AsObject();
            record.Remove("time");
            return record.ToJsonString();
        }

        Assert.Equal(Once(), Once());
    }

    [Theory]
    [InlineData("--split", "0.3", "--seed", "9")]
    [InlineData("--test-every", "4")]
    [InlineData("--test-last", "30%")]
    [InlineData("--split", "0.3", "--memory", "1K")]
    [InlineData("--split", "0.2", "--validation", "0.2")]
    [InlineData("--validation", "0.3")]
    public void Eval_tries_the_rows_that_training_left_out(params string[] split)
    {
        string data = Fruit();
        JsonElement train = Train([data, "--label", "kind", .. split, "--epochs", "5", "--out", At("m.tiny"), "--json"]).Json;
        ProcessResult eval = Run("eval", At("m.tiny"), data, "--json");
        Assert.Contains("the split of the training record: --", eval.Errors);
        if (!split.Contains("--validation") || split.Length == 2)
        {
            JsonElement judged = train.TryGetProperty("test", out JsonElement test) ? test : train.GetProperty("validation");
            Assert.True(JsonElement.DeepEquals(judged.GetProperty("confusion"), eval.Json.GetProperty("confusion")));
        }
        else
        {
            // With both, the rows for testing are those that nothing has seen.
            Assert.Equal(40, eval.Json.GetProperty("rows").GetInt32());
        }
    }

    [Fact]
    public void All_rows_or_another_split_may_be_tried_and_are_told_of()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--out", At("m.tiny"));
        ProcessResult all = Run("eval", At("m.tiny"), data, "--all-rows", "--json");
        Assert.Equal(200, all.Json.GetProperty("rows").GetInt32());
        Assert.Contains("was trained on 150 of its 200 rows", all.Errors);
        Assert.Contains("not the split of the training record (--test-every 4)",
            Run("eval", At("m.tiny"), data, "--test-every", "5").Errors);
        Assert.DoesNotContain("record", Run("eval", At("m.tiny"), data, "--test-every", "4").Errors);
        Run("eval", At("m.tiny"), data, "--all-rows", "--split", "0.2").FailedWith(2, "--all-rows and a split exclude each other");

        // Without a split, all rows were trained on; with other data, there is nothing to say.
        Train(data, "--label", "kind", "--out", At("m.tiny"));
        Assert.Contains("trained on all of its 200 rows", Run("eval", At("m.tiny"), data).Errors);
        File.Copy(data, At("renamed.csv"));
        Assert.Contains("trained on all of its 200 rows", Run("eval", At("m.tiny"), At("renamed.csv")).Errors);
        string[] lines = File.ReadAllLines(data);
        ProcessResult part = Run("eval", At("m.tiny"), Write("new.csv", string.Join('\n', lines[..80])), "--json");
        Assert.Equal(79, part.Json.GetProperty("rows").GetInt32());
        Assert.DoesNotContain("trained", part.Errors);
    }

    [Fact]
    public void The_same_rows_packed_or_written_in_another_way_are_known_again()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--out", At("m.tiny"));
        using (GZipStream packed = new(File.Create(At("fruit.csv.gz")), CompressionLevel.Fastest))
        {
            packed.Write(File.ReadAllBytes(data));
        }

        string semicolons = Write("semicolons.csv", File.ReadAllText(data).Replace(',', ';'));
        foreach (string same in new[] { At("fruit.csv.gz"), semicolons })
        {
            Assert.Equal(50, Run("eval", At("m.tiny"), same, "--json").Json.GetProperty("rows").GetInt32());
        }
    }

    [Fact]
    public void Columns_are_found_by_name_in_whatever_order_and_number()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--out", At("m.tiny"));
        string[] lines = File.ReadAllLines(data);
        string turned = Write("turned.csv", string.Join(
            '\n', lines.Select((line, i) =>
                $"{(i == 0 ? "note" : "0.5")},{line.Split(',')[2]},{line.Split(',')[0]},{line.Split(',')[1]}")));
        Assert.Equal(
            Run("eval", At("m.tiny"), data, "--all-rows", "--json").Json.GetProperty("confusion").ToString(),
            Run("eval", At("m.tiny"), turned, "--json", "--all-rows").Json.GetProperty("confusion").ToString());
        Assert.Equal(Run("predict", At("m.tiny"), data).Output, Run("predict", At("m.tiny"), turned).Output);
        Assert.Contains("bit_equal\": 200", Run("validate", At("m.tiny"), turned, "--json").Output);
        string without = Write("without.csv", string.Join('\n', lines.Select(line => string.Join(',', line.Split(',')[..2]))));
        Run("predict", At("m.tiny"), without).FailedWith(1, "has no column width");
    }

    [Fact]
    public void A_label_in_the_first_column_without_names_is_found_again_by_every_command()
    {
        string data = Write("level.csv", string.Concat(
            Enumerable.Range(0, 80).Select(i => Invariant($"{7 + 3 * X(i) - 2 * X(i + 31):0.000},{X(i):0.000},{X(i + 31):0.000}\n"))));
        JsonElement train = Train(data, "--no-header", "--label", "0", "--epochs", "150", "--out", At("m.tiny"), "--json").Json;
        double rmse = train.GetProperty("core").GetProperty("rmse").GetDouble();
        Assert.InRange(rmse, 0, 0.4);
        Assert.Equal(rmse, Run("eval", At("m.tiny"), data, "--json").Json.GetProperty("rmse").GetDouble());
        Assert.Equal(rmse, Run("diff", At("m.tiny"), At("m.tiny"), "--data", data, "--json").Json.GetProperty("a").GetProperty("rmse")
            .GetDouble());
        Assert.Equal(rmse, Run("quantize", At("m.tiny"), "--data", data, "--out", At("m8.tiny"), "--max-loss", "1000", "--json").Json
            .GetProperty("before").GetProperty("rmse").GetDouble());
        float first = float.Parse(Run("predict", At("m.tiny"), data).Output.Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.Equal(float.Parse(File.ReadAllText(data).Split(',')[0], CultureInfo.InvariantCulture), first, 1f);

        // A file of the inputs alone is of use too.
        string inputs = Write("inputs.csv", string.Join('\n', File.ReadAllLines(data).Select(line => line[(line.IndexOf(',') + 1)..])));
        Assert.Equal(first, float.Parse(Run("predict", At("m.tiny"), inputs).Output.Split('\n')[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_was_said_of_a_file_need_not_be_said_again()
    {
        string data = Write("logger.csv",
            "Logger 12\nstation;west\n" + File.ReadAllText(Fruit()).Replace(',', ';').Replace("\npear;", "\npear;-200;4\npear;"));
        Train(data, "--skip", "2", "--separator", ";", "--missing", "-200", "--label", "kind", "--test-every", "4", "--epochs", "3",
            "--out", At("m.tiny"));
        ProcessResult eval = Run("eval", At("m.tiny"), data, "--json");
        Assert.Equal(0, eval.ExitCode);
        Assert.Equal(50, eval.Json.GetProperty("rows").GetInt32());
        Assert.Contains("100 rows", eval.Errors);
        Assert.Equal("-200", Record("m.tiny").GetProperty("reading").GetProperty("missing")[0].GetString());

        // Said otherwise, other rows are left out, and the split is not the same: it is told.
        Assert.Contains("other rows were left out", Run("eval", At("m.tiny"), data, "--missing", "-201").Errors);
    }

    [Fact]
    public void Without_its_own_whole_record_a_model_is_tried_all_the_same_and_that_is_said()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--epochs", "2", "--out", At("m.tiny"));
        Train(data, "--label", "kind", "--test-every", "4", "--epochs", "3", "--out", At("other.tiny"));
        byte[] whole = File.ReadAllBytes(At("m.tiny.json"));
        foreach ((byte[] record, string said) in new[]
        {
            (whole[..^40], "a damaged one: line "),
            (Encoding.UTF8.GetBytes("{ \"theme\": \"dark\" }"), "is no training record"),
            (File.ReadAllBytes(At("other.tiny.json")), "of another model"),
            (Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole).Replace("\"position\": 0", "\"position\": \"first\"")),
                "label.position"),
        })
        {
            File.WriteAllBytes(At("m.tiny.json"), record);
            ProcessResult eval = Run("eval", At("m.tiny"), data, "--label", "kind", "--json");
            Assert.Equal(200, eval.Json.GetProperty("rows").GetInt32());
            Assert.Contains(said, eval.Errors);
            Assert.Contains("may include rows that it was trained on", eval.Errors);
        }

        File.Delete(At("m.tiny.json"));
        Assert.Contains("may include rows that it was trained on", Run("eval", At("m.tiny"), data, "--label", "kind").Errors);
        Assert.DoesNotContain("trained on", Run("predict", At("m.tiny"), data).Errors);
    }

    [Fact]
    public void Quantize_copies_the_record_for_the_model_it_writes()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--out", At("m.tiny"));
        ProcessResult quantize = Run("quantize", At("m.tiny"), "--data", data, "--out", At("m8.tiny"), "--max-loss", "50", "--json");
        Assert.Equal(50, quantize.Json.GetProperty("rows").GetInt32());
        JsonElement record = Record("m8.tiny");
        Assert.Equal(Hash("m8.tiny"), record.GetProperty("model").GetProperty("sha256").GetString());
        Assert.Equal(Hash("m.tiny"), record.GetProperty("quantized").GetProperty("model").GetString());
        Assert.Equal("train", record.GetProperty("command")[0].GetString());
        Assert.Equal("quantize", record.GetProperty("quantized").GetProperty("command")[0].GetString());
        Assert.Equal(50, Run("eval", At("m8.tiny"), data, "--json").Json.GetProperty("rows").GetInt32());
    }

    [Fact]
    public void A_report_draws_the_records_learning_curve_and_info_names_the_data()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--epochs", "20", "--out", At("m.tiny"));
        Assert.Equal(0, Run("report", At("m.tiny"), data, "--out", At("with.html")).ExitCode);
        Assert.Contains($"150 of the 200 rows of {data}", Run("info", At("m.tiny")).Output);
        File.Delete(At("m.tiny.json"));
        Assert.Equal(0, Run("report", At("m.tiny"), data, "--label", "kind", "--out", At("without.html")).ExitCode);
        Assert.Contains("20 epochs", File.ReadAllText(At("with.html")));
        Assert.DoesNotContain("20 epochs", File.ReadAllText(At("without.html")));
    }

    [Fact]
    public void A_file_that_is_no_record_is_not_overwritten_and_the_record_is_no_other_output()
    {
        string data = Fruit();
        string settings = Write("app.json", "{ \"theme\": \"dark\" }");
        Run("train", data, "--label", "kind", "--out", At("app")).FailedWith(1, "app.json", "not what tiny wrote");
        Assert.Equal("{ \"theme\": \"dark\" }", File.ReadAllText(settings));
        Run("train", data, "--label", "kind", "--out", At("m"), "--history", At("m.json")).FailedWith(2, "the training record of --out");
        Directory.CreateDirectory(At("n.json"));
        Run("train", data, "--label", "kind", "--out", At("n")).FailedWith(1, "n.json", "folder");
        Directory.Delete(At("n.json"));
        HoldsOnly("fruit.csv", "app.json");
    }

    [Fact]
    public void A_missed_threshold_leaves_model_and_record_as_they_were()
    {
        string data = Fruit();
        Train(data, "--label", "kind", "--test-every", "4", "--epochs", "2", "--out", At("m.tiny"));
        (byte[] model, byte[] record) = (File.ReadAllBytes(At("m.tiny")), File.ReadAllBytes(At("m.tiny.json")));
        Assert.Equal(3, Run("train", data, "--label", "kind", "--test-every", "5", "--epochs", "2", "--min-accuracy", "1.0", "--lr",
            "0.0001", "--out", At("m.tiny")).ExitCode);
        Assert.Equal(model, File.ReadAllBytes(At("m.tiny")));
        Assert.Equal(record, File.ReadAllBytes(At("m.tiny.json")));
    }

    [Fact]
    public void Recordings_are_split_again_by_recording_and_their_label_and_group_are_found()
    {
        StringBuilder text = new("take,x,y,motion\n");
        for (int take = 0; take < 16; take++)
        {
            for (int i = 0; i < 60; i++)
            {
                text.Append(Invariant($"t{take:00},{(take % 2 == 0 ? 1 : 3) * X(i + take):0.000},{X(
                    2 * i + take):0.000},{(take % 2 == 0 ? "calm" : "wild")}\n"));
            }
        }

        string data = Write("takes.csv", text.ToString());
        JsonElement train = Train(data, "--group", "take", "--label", "motion", "--window", "20", "--hop", "10", "--test-every", "4",
            "--epochs", "30", "--out", At("m.tiny"), "--json").Json;
        ProcessResult eval = Run("eval", At("m.tiny"), data, "--json");
        Assert.True(JsonElement.DeepEquals(train.GetProperty("test").GetProperty("confusion"), eval.Json.GetProperty("confusion")));
        Assert.Equal(20, eval.Json.GetProperty("rows").GetInt32());
        Assert.Equal("motion", Record("m.tiny").GetProperty("label").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, Record("m.tiny").GetProperty("columns")[0].GetProperty("position").ValueKind);
    }

    [Fact]
    public void Idx_files_are_known_by_rows_and_labels()
    {
        byte[] images = [0, 0, 8, 2, 0, 0, 0, 40, 0, 0, 0, 4, .. Enumerable.Range(0, 160).Select(i => (byte)(i * 37 % 251))];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 40, .. Enumerable.Range(0, 40).Select(i => (byte)(images[12 + 4 * i] > 125 ? 1 : 0))];
        File.WriteAllBytes(At("images"), images);
        File.WriteAllBytes(At("labels"), labels);
        Train(At("images"), "--labels", At("labels"), "--test-every", "4", "--epochs", "3", "--out", At("m.tiny"));
        Assert.Equal(Hash("labels"), Record("m.tiny").GetProperty("data").GetProperty("labels").GetProperty("sha256").GetString());
        Assert.Equal(10, Run("eval", At("m.tiny"), At("images"), "--labels", At("labels"), "--json").Json.GetProperty("rows").GetInt32());
        labels[^1] ^= 1;
        File.WriteAllBytes(At("labels"), labels);
        Assert.Equal(40, Run("eval", At("m.tiny"), At("images"), "--labels", At("labels"), "--json").Json.GetProperty("rows").GetInt32());
    }

    [Fact]
    public void A_model_that_goes_to_a_device_has_no_record()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(0, Train(Fruit(), "--label", "kind", "--epochs", "1", "--out", "/dev/null").ExitCode);
        Assert.False(File.Exists("/dev/null.json"));
    }

    private static ProcessResult Run(params string[] arguments) => InProcess.Run(arguments);

    private static ProcessResult Train(params string[] arguments)
    {
        ProcessResult train = InProcess.Run(["train", .. arguments]);
        Assert.True(train.ExitCode == 0, train.Errors);
        return train;
    }

    private JsonElement Record(string model) => JsonDocument.Parse(File.ReadAllText(At(model + ".json"))).RootElement;

    private string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At(name))));

    /// <summary>200 rows of two classes that overlap a little; the label comes first.</summary>
    private string Fruit() => Write("fruit.csv", "kind,mass,width\n" + string.Concat(Enumerable.Range(0, 200).Select(i => i % 2 == 0
        ? Invariant($"apple,{150 + 30 * X(i):0.0},{7 + X(i + 1000):0.00}\n")
        : Invariant($"pear,{175 + 30 * X(i):0.0},{6.2 + X(i + 2000):0.00}\n"))));

    /// <summary>Numbers from -1 to 1 without a pattern.</summary>
    private static double X(int i) => Math.Sin(i * 12.9898) * 43758.5453 % 1;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
