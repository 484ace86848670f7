using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>Quantizing and exporting from the command line, with good input and bad.</summary>
public sealed class Int8Tests : WorkFolder
{
    [Fact]
    public void Quantize_eval_validate_and_info()
    {
        string model = Model();
        string int8 = At("int8.tiny");
        JsonElement figures = InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--out", int8, "--json").Json;
        double before = figures.GetProperty("before").GetProperty("accuracy").GetDouble();
        double after = figures.GetProperty("after").GetProperty("accuracy").GetDouble();
        Assert.InRange(after, before - 0.01, before + 0.01);
        Assert.Equal(2, figures.GetProperty("int8_layers").GetInt32());
        Assert.Equal(new FileInfo(int8).Length, figures.GetProperty("blob_bytes").GetInt64());
        Assert.InRange(new FileInfo(int8).Length, 300, new FileInfo(model).Length / 2);
        Assert.Equal(after, InProcess.Run("eval", int8, TinyProcess.Gestures, "--json").Json.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(600, InProcess.Run("validate", int8, TinyProcess.Gestures, "--json").Json.GetProperty("bit_equal").GetInt32());
        JsonElement info = InProcess.Run("info", int8, "--json").Json;
        Assert.Equal("int8", info.GetProperty("layers")[0].GetProperty("weights").GetString());
        Assert.Equal(JsonValueKind.Null, info.GetProperty("learn_instructions").ValueKind);
        Assert.Contains("int8 weights do not learn", InProcess.Run("info", int8).Output, StringComparison.Ordinal);
        Assert.Equal(info.GetProperty("instructions").GetInt64(), figures.GetProperty("after").GetProperty("instructions").GetInt64());
        Assert.Equal("stm32f4", figures.GetProperty("board").GetString());
    }

    [Fact]
    public void Quantize_says_what_a_prediction_takes_before_and_after()
    {
        string model = Model();
        long before = InProcess.Run("info", model, "--board", "esp32", "--json").Json.GetProperty("instructions").GetInt64();
        ProcessResult said = InProcess.Run(
            "quantize", model, "--data", TinyProcess.Gestures, "--out", At("int8.tiny"), "--board", "esp32", "--max-loss", "100");
        Assert.Contains(FormattableString.Invariant($"{before:#,0} instructions, now "), said.Output, StringComparison.Ordinal);
        Assert.Contains("on esp32_rev3: ", said.Output, StringComparison.Ordinal);

        // A network as small as this one takes more as int8, and that is not hidden.
        Assert.Contains("% more", said.Output, StringComparison.Ordinal);
        InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--out", At("other.tiny"), "--board", "esp23")
            .FailedWith(2, "Did you mean esp32?");
    }

    [Fact]
    public void Calibration_data_unlike_the_training_are_refused_before_anything_is_written()
    {
        string model = Model();
        string[] lines = File.ReadAllLines(TinyProcess.Gestures);
        string one = Write("one.csv", string.Join('\n', lines[..2]));
        InProcess.Run("quantize", model, "--data", one, "--out", At("int8.tiny"))
            .FailedWith(1, "one.csv: 1 row is too few to calibrate on");
        string equal = Write("equal.csv", string.Join('\n', [lines[0], .. Enumerable.Repeat(lines[1], 50)]));
        InProcess.Run("quantize", model, "--data", equal, "--out", At("int8.tiny"))
            .FailedWith(1, "15 of 15 inputs are unlike", "over 50 rows; in training the mean was");
        HoldsOnly("model.tiny", "one.csv", "equal.csv");
    }

    [Fact]
    public void A_cost_judged_on_few_rows_is_said_to_be()
    {
        ProcessResult said = InProcess.Run(
            "quantize", Model(), "--data", TinyProcess.Gestures, "--test-last", "20", "--max-loss", "100", "--out", At("int8.tiny"));
        Assert.DoesNotContain("too few to be sure", said.Errors, StringComparison.Ordinal);
        said = InProcess.Run("quantize", At("model.tiny"), "--data", TinyProcess.Gestures, "--test-last", "20", "--max-loss", "3", "--out",
            At("int8.tiny"));
        Assert.Contains("judged on 20 rows, where one answer is 5.0 points of accuracy: too few to be sure of it", said.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_float_last_layer_can_learn()
    {
        string int8 = At("int8.tiny");
        Assert.Equal(0, InProcess.Run("quantize", Model(), "--data", TinyProcess.Gestures, "--keep-float", "1", "--out", int8).ExitCode);
        JsonElement info = InProcess.Run("info", int8, "--json").Json;
        Assert.Equal("float32", info.GetProperty("layers")[1].GetProperty("weights").GetString());
        Assert.True(info.GetProperty("learn_instructions").GetInt64() > 0);
        Assert.Equal(600, InProcess.Run("validate", int8, TinyProcess.Gestures, "--json").Json.GetProperty("bit_equal").GetInt32());
    }

    [Fact]
    public void Train_writes_int8_at_once()
    {
        string model = At("model.tiny");
        ProcessResult train = InProcess.Run(
            "train", TinyProcess.Gestures, "--test-every", "5", "--weights", "int8", "--out", model, "--json");
        Assert.Equal(0, train.ExitCode);
        Assert.Equal("int8", InProcess.Run("info", model, "--json").Json.GetProperty("layers")[1].GetProperty("weights").GetString());
        InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--out", At("again.tiny")).FailedWith(1, "int8 already");
        HoldsOnly("model.tiny");
    }

    [Fact]
    public void What_costs_too_much_is_not_written()
    {
        string data = Write("data.csv", "a,b,y\n" + string.Concat(
            Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"{i % 20},{i / 20},{(i % 20) * (i / 20) * 0.37:0.###}\n"))));
        Assert.Equal(0, InProcess.Run("train", data, "--out", At("model.tiny")).ExitCode);
        ProcessResult result = InProcess.Run("quantize", At("model.tiny"), "--data", data, "--max-loss", "0", "--out", At("int8.tiny"));
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("percent of the RMSE, more than --max-loss 0", result.Errors, StringComparison.Ordinal);
        Assert.Contains("was not written", result.Errors, StringComparison.Ordinal);
        HoldsOnly("data.csv", "model.tiny");
    }

    [Fact]
    public void Bad_options_are_refused_before_any_work()
    {
        string model = Model();
        InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--max-loss", "-1", "--out", At("int8.tiny"))
            .FailedWith(2, "--max-loss -1: expected 0 or more");
        InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--keep-float", "2", "--out", At("int8.tiny"))
            .FailedWith(2, "--keep-float 2: expected 0 to 1");
        InProcess.Run("quantize", model, "--data", At("none.csv"), "--out", At("int8.tiny")).FailedWith(1, "no such file");
        InProcess.Run("train", TinyProcess.Gestures, "--keep-float", "1", "--out", At("int8.tiny")).FailedWith(2, "go with --weights int8");
        HoldsOnly("model.tiny");
    }

    [Fact]
    public void Export_writes_a_class_named_after_the_model()
    {
        string model = Model();
        JsonElement figures = InProcess.Run("export", model, "--format", "csharp", "--out", At("source"), "--json").Json;
        string file = Assert.Single(figures.GetProperty("files").EnumerateArray()).GetString()!;
        Assert.Equal(Path.Combine(At("source"), "Model.cs"), file);
        string text = File.ReadAllText(file);
        Assert.Contains("namespace Tiny.Models", text, StringComparison.Ordinal);
        Assert.Contains("public static int Predict(float[] inputs, float[] outputs)", text, StringComparison.Ordinal);
        Assert.Contains("\"circle\"", text, StringComparison.Ordinal);
        Assert.Equal(0, InProcess.Run("export", model, "--out", At("source"), "--class", "Other").ExitCode);
        Assert.Equal(text.Replace("class Model", "class Other", StringComparison.Ordinal),
            File.ReadAllText(Path.Combine(At("source"), "Other.cs")));
        InProcess.Run("export", model, "--format", "java", "--out", At("source")).FailedWith(2, "--format java: expected csharp");
        InProcess.Run("export", model, "--class", "9", "--out", At("source")).FailedWith(2, "\"9\" is no name in C#");
        InProcess.Run("export", TinyProcess.Gestures, "--out", At("source")).FailedWith(1, "not a Tiny model");
    }
}
