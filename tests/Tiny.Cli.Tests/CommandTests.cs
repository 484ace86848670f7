using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>The commands on good input.</summary>
public sealed class CommandTests : WorkFolder
{
    [Fact]
    public void Train_eval_predict_and_info_on_the_sample()
    {
        string model = At("gestures.tiny");
        ProcessResult train = InProcess.Run("train", TinyProcess.Gestures, "--test-last", "100", "--out", model, "--json");
        Assert.Equal(0, train.ExitCode);
        JsonElement figures = train.Json;
        Assert.Equal(1, figures.GetProperty("schema").GetInt32());
        Assert.Equal("train", figures.GetProperty("command").GetString());
        Assert.Equal(341, figures.GetProperty("parameters").GetInt32());
        Assert.Equal(new FileInfo(model).Length, figures.GetProperty("blob_bytes").GetInt64());
        Assert.True(figures.GetProperty("seconds").GetDouble() > 0);
        Assert.InRange(figures.GetProperty("train").GetProperty("loss").GetDouble(), 0, 0.2);
        double accuracy = figures.GetProperty("test").GetProperty("accuracy").GetDouble();
        Assert.InRange(accuracy, 0.88, 1);

        JsonElement eval = InProcess.Run("eval", model, TinyProcess.Gestures, "--test-last", "100", "--json").Json;
        Assert.Equal(100, eval.GetProperty("rows").GetInt32());
        Assert.InRange(eval.GetProperty("accuracy").GetDouble(), accuracy - 0.002, accuracy + 0.002);
        Assert.Equal(5, eval.GetProperty("confusion").GetArrayLength());

        JsonElement info = InProcess.Run("info", model, "--json").Json;
        Assert.Equal(341, info.GetProperty("parameters").GetInt32());
        Assert.Equal(2, info.GetProperty("layers").GetArrayLength());
        Assert.InRange(info.GetProperty("learn_ram").GetInt32(), info.GetProperty("predict_ram").GetInt32() + 1, 20_000);
    }

    [Fact]
    public void Predictions_are_csv_and_right_as_often_as_eval_says()
    {
        string model = Model();
        ProcessResult predict = InProcess.Run("predict", model, TinyProcess.Gestures);
        string[] lines = predict.Output.TrimEnd().Split('\n');
        Assert.Equal("label,circle,knock,rest,shake,wave", lines[0].Trim());
        Assert.Equal(601, lines.Length);
        string[] labels = [.. File.ReadAllLines(TinyProcess.Gestures).Skip(1).Select(line => line.Split(',')[^1])];
        int right = lines.Skip(1).Zip(labels).Count(pair => pair.First.Split(',')[0] == pair.Second);
        double accuracy = InProcess.Run("eval", model, TinyProcess.Gestures, "--json").Json.GetProperty("accuracy").GetDouble();
        Assert.Equal(accuracy, right / 600.0, 1e-9);
        Assert.All(lines.Skip(1), line => Assert.InRange(line.Trim().Split(',').Skip(1).Sum(float.Parse), 0.999f, 1.001f));
    }

    [Fact]
    public void Predict_reads_stdin_without_header_or_label()
    {
        string model = Model();
        string row = string.Join(',', File.ReadAllLines(TinyProcess.Gestures)[1].Split(',')[..15]);
        ProcessResult one = TinyProcess.RunWithInput(row + "\n" + row + "\n", "predict", model, "-", "--no-header");
        Assert.Equal(0, one.ExitCode);
        string[] lines = one.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[0].Trim(), lines[1].Trim());
        TinyProcess.RunWithInput("", "predict", model, "-").FailedWith(1, "stdin: the file is empty");
        JsonElement json = TinyProcess.RunWithInput(row + "\n", "predict", model, "-", "--json").Json;
        Assert.Equal(5, json.GetProperty("predictions")[0].GetProperty("probabilities").GetArrayLength());
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        byte[] Train(params string[] more)
        {
            InProcess.Run(["train", TinyProcess.Gestures, "--epochs", "5", "--out", At("m.tiny"), .. more]);
            return File.ReadAllBytes(At("m.tiny"));
        }

        byte[] first = Train();
        Assert.Equal(first, Train("--threads", "2"));
        Assert.NotEqual(first, Train("--seed", "2"));
        HoldsOnly("m.tiny");
    }

    [Fact]
    public void A_regression_end_to_end_with_missing_values_a_test_file_and_a_threshold()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 200)
            .Select(i => $"{i % 20 / 10.0 - 1},{i % 7},{(i == 5 ? "NA" : (3 * (i % 20) + i % 7).ToString())}");
        string data = Write("data.csv", "a,b,y\n" + string.Join('\n', rows));
        string test = Write("test.csv", "a,b,y\n0,3,33\n0.5,1,46\n");
        string[] command = ["train", data, "--task", "regression", "--missing", "NA", "--test", test, "--out", At("m.tiny"), "--json"];
        ProcessResult good = InProcess.Run([.. command, "--max-rmse", "2"]);
        Assert.Equal(0, good.ExitCode);
        Assert.Contains("1 row with missing values dropped", good.Errors);
        Assert.InRange(good.Json.GetProperty("test").GetProperty("rmse").GetDouble(), 0, 2);
        JsonElement eval = InProcess.Run("eval", At("m.tiny"), test, "--json").Json;
        Assert.InRange(eval.GetProperty("rmse").GetDouble(), 0, 2);
        string[] lines = InProcess.Run("predict", At("m.tiny"), test).Output.Trim().Split('\n');
        Assert.Equal("y", lines[0].Trim());
        Assert.InRange(float.Parse(lines[1]), 30, 36);
        File.Delete(At("m.tiny"));
        File.Delete(At("m.tiny.json"));
        ProcessResult missed = InProcess.Run([.. command, "--max-rmse", "0.0000001"]);
        Assert.Equal(3, missed.ExitCode);
        HoldsOnly("data.csv", "test.csv");
    }

    [Fact]
    public void A_missed_threshold_of_eval_is_exit_code_3()
    {
        string model = Model();
        Assert.Equal(3, InProcess.Run("eval", model, TinyProcess.Gestures, "--min-accuracy", "1").ExitCode);
        Assert.Equal(0, InProcess.Run("eval", model, TinyProcess.Gestures, "--min-accuracy", "0.1").ExitCode);
    }

    [Fact]
    public void Progress_in_a_pipe_is_plain_lines_at_least_the_first_and_the_last()
    {
        ProcessResult train = InProcess.Run("train", TinyProcess.Gestures, "--epochs", "3", "--out", At("m.tiny"));
        string[] lines = [.. train.Errors.Split('\n').Where(line => line.StartsWith("epoch "))];
        Assert.InRange(lines.Length, 2, 3);
        Assert.StartsWith("epoch 1/3  loss ", lines[0]);
        Assert.StartsWith("epoch 3/3  loss ", lines[^1]);
        Assert.DoesNotContain("\u001b", train.Errors + train.Output);
    }

    [Fact]
    public void What_is_missing_is_named_with_what_it_is()
    {
        InProcess.Run("predict", "m.tiny").FailedWith(2, "tiny: DATA is missing: a CSV or IDX file, plain or gzip, with or without labels");
        InProcess.Run("average", "a.tiny", "b.tiny").FailedWith(2, "tiny: --out is missing: the model file to write.");
        InProcess.Run("train", "d.csv", "--out").FailedWith(2, "tiny: --out lacks its value: ");
        InProcess.Run("sweep-worker").FailedWith(2, "tiny: DIR is missing");
        InProcess.Run("capture", "--label", "x").FailedWith(2, "tiny: SOURCE is missing: ", "tiny: --out is missing: ");
        Assert.Equal(["tiny: --lable: there is no such option. Did you mean --label?", "See tiny train --help."],
            InProcess.Run("train", "d.csv", "--out", "m.tiny", "--lable", "x").Errors.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Help_shows_examples()
    {
        foreach (string command in new[] { "train", "eval", "predict", "quantize", "export", "info", "emulate", "validate" })
        {
            ProcessResult help = InProcess.Run(command, "--help");
            Assert.Equal(0, help.ExitCode);
            Assert.Contains("Examples:", help.Output);
            Assert.Contains($"tiny {command} ", help.Output);
        }
    }
}
