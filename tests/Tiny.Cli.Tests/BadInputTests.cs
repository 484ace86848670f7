namespace Tiny.Cli.Tests;

/// <summary>
/// Bad input, each tried from the command line: the right exit code, where and what to do, no stack trace, no half-written file.
/// </summary>
public sealed class BadInputTests : WorkFolder
{
    private const string Rows = "a,b,label\n1,2,x\n2,3,y\n3,1,x\n4,4,y\n";

    [Fact]
    public void A_missing_file_with_a_near_name()
    {
        Write("iris.csv", Rows);
        Train("irsi.csv").FailedWith(1, "no such file", $"Did you mean {At("iris.csv")}?");
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a,b,label\n", "there is a header but no row of data")]
    [InlineData("a,b,label\n1,2,x\n1,2\n", "line 3 (row 1): has 2 fields, expected 3")]
    [InlineData("a,b,label\n1,2,x\n1,two,y\n", "line 3 (row 1), column \"b\": found \"two\", expected a number")]
    [InlineData("a,b,label\n1,2,x\nNaN,2,y\n", "line 3 (row 1), column \"a\": the value is missing (found \"NaN\")")]
    [InlineData("a,b,label\n1,2,x\n2,3,x\n", "one class, \"x\"")]
    [InlineData("a,b,label\n1,2,x\n", "Only 1 row is left")]
    public void Data_that_cannot_be_trained_on(string text, string message)
    {
        Write("data.csv", text);
        Train("data.csv").FailedWith(1, message);
        HoldsOnly("data.csv");
    }

    [UnixFact]
    public void A_device_without_an_end_is_not_read_for_ever()
    {
        InProcess.Run("data", "/dev/zero").FailedWith(1, "/dev/zero, line 1: ", "characters without a line end");
        InProcess.Run("info", "/dev/zero").FailedWith(1, "/dev/zero: Byte 0: this is not a Tiny model");
        InProcess.Run("emulate", "/dev/zero").FailedWith(1, "/dev/zero: is no .NET assembly");
        string program = Path.Combine(AppContext.BaseDirectory, "programs", "Program.dll");
        InProcess.Run("emulate", program, "--receive", "COM1=/dev/zero").FailedWith(1, "/dev/zero: cannot be read: it has more than");
    }

    [Fact]
    public void A_label_column_that_does_not_exist()
    {
        Write("data.csv", Rows);
        Train("data.csv", "--label", "lable").FailedWith(2, "--label lable: there is no such column. Did you mean \"label\"?");
    }

    [Fact]
    public void An_idx_file_with_a_short_payload()
    {
        File.WriteAllBytes(At("images"), [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4]);
        File.WriteAllBytes(At("labels"), [0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);
        Train("images", "--labels", At("labels")).FailedWith(1, "byte 16", "2 x 3 elements", "ends after 4");
        Train("images").FailedWith(2, "name the file of its labels with --labels");
        Train("images", "--labels", At("labels"), "--label", "x").FailedWith(2, "--label is for CSV files");
        HoldsOnly("images", "labels");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_noticed_before_training()
    {
        string data = Write("data.csv", Rows);
        InProcess.Run("train", data, "--out", At("no/such/folder.tiny")).FailedWith(1, "cannot be written", "does not exist");
        InProcess.Run("train", data, "--out", Path.GetDirectoryName(data)!).FailedWith(1, "is a folder");
        InProcess.Run("train", data, "--out", "/proc/model.tiny").FailedWith(1, "cannot be written");
    }

    [Fact]
    public void A_model_that_is_none_damaged_or_newer()
    {
        string path = Model();
        byte[] blob = File.ReadAllBytes(path);
        InProcess.Run("info", At("gone.tiny")).FailedWith(1, "no such file");
        InProcess.Run("info", TinyProcess.Gestures).FailedWith(1, "not a Tiny model");
        File.WriteAllBytes(At("short.tiny"), blob[..100]);
        InProcess.Run("info", At("short.tiny")).FailedWith(1, "Byte 100", "ends early");
        byte[] newer = [.. blob];
        newer[4] = 9;
        Seal(newer);
        File.WriteAllBytes(At("newer.tiny"), newer);
        InProcess.Run("predict", At("newer.tiny"), TinyProcess.Gestures).FailedWith(1, "Byte 4", "found 9, expected 2", "Update Tiny");
        blob[300] ^= 4;
        File.WriteAllBytes(At("damaged.tiny"), blob);
        InProcess.Run("eval", At("damaged.tiny"), TinyProcess.Gestures).FailedWith(1, "checksum does not match");
    }

    [Fact]
    public void Data_whose_columns_do_not_match_the_model()
    {
        string model = Model();
        string few = Write("few.csv", Rows);
        InProcess.Run("eval", model, few).FailedWith(1, "has no column x_mean, x_std");
        InProcess.Run("predict", model, few).FailedWith(1, "has no column x_mean, x_std");
        string[] lines = File.ReadAllLines(TinyProcess.Gestures);
        File.Delete(model + ".json"); // by the record, columns in another order would be found
        lines[0] = lines[0].Replace("x_mean,x_std", "x_std,x_mean");
        string swapped = Write("swapped.csv", string.Join('\n', lines));
        InProcess.Run("eval", model, swapped).FailedWith(1, "stand in another order");
        string unknown = Write("unknown.csv", string.Join('\n', File.ReadAllLines(TinyProcess.Gestures)).Replace(",wave", ",salute"));
        InProcess.Run("eval", model, unknown).FailedWith(1, "class \"salute\" is unknown to the model", "line 82");
    }

    [Fact]
    public void A_mistyped_option_command_or_value_gets_a_suggestion()
    {
        string data = Write("data.csv", Rows);
        InProcess.Run("train", data, "--epoch", "3", "--out", At("x"))
            .FailedWith(2, "--epoch: there is no such option. Did you mean --epochs?");
        InProcess.Run("trian", data).FailedWith(2, "Did you mean train?");
        InProcess.Run("train", data, "--activation", "rleu", "--out", At("x")).FailedWith(2, "Did you mean relu?");
        InProcess.Run("train", data).FailedWith(2, "--out");
        InProcess.Run("train", data, "--epochs", "many", "--out", At("x")).FailedWith(2, "many");
        HoldsOnly("data.csv");
    }

    [Theory]
    [InlineData("--layers", "16,x", "\"x\" is no layer")]
    [InlineData("--layers", "0", "\"0\" is no width")]
    [InlineData("--schedule", "linear", "expected constant")]
    [InlineData("--split", "1.5", "expected a share")]
    [InlineData("--test-every", "1", "expected 2 or more")]
    [InlineData("--test-last", "4", "expected 1 to 3")]
    [InlineData("--test-last", "x%", "or a percentage")]
    [InlineData("--test-every", "100", "none of the 4 rows")]
    [InlineData("--lr", "-1", "above 0")]
    [InlineData("--dropout", "1", "0 to below 1")]
    [InlineData("--activation", "elu:-1", "expected leaky-relu:SLOPE")]
    [InlineData("--labels", "y", "is for IDX files")]
    [InlineData("--test-labels", "y", "goes with --test")]
    [InlineData("--max-rmse", "1", "is for a regression")]
    [InlineData("--schedule", "decay:1e999", "--schedule decay:1e999: expected constant")]
    [InlineData("--layers", "16384,16384,16384,16384", "805,355,520 weights and biases")]
    [InlineData("--hop", "9", "--window 200")]
    public void Values_out_of_range(string option, string value, string message)
    {
        Write("data.csv", Rows);
        Train("data.csv", option, value, "--epochs", "1").FailedWith(2, message);
        HoldsOnly("data.csv");
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused_before_anything_is_read()
    {
        foreach ((string[] options, string message) in new (string[], string)[]
            {
                (["--loss", "hinge", "--task", "regression"], "--loss hinge is for classes, but --task is regression: take mse."),
                (["--weights", "int8", "--layers", "none", "--keep-float", "1"],
                    "--keep-float 1: expected 0 to 0, for the model has 1 layer."),
                (["--max-rmse", "1", "--task", "classification"], "--max-rmse is for a regression"),
                (["--split", "0.2", "--test-every", "5"], "exclude each other"),
                (["--test-last", "nan%"], "--test-last nan%: expected a number of rows"),
            })
        {
            Train("gone.csv", options).FailedWith(2, message);
        }
    }

    [Fact]
    public void A_loss_for_classes_is_refused_with_values()
    {
        Write("values.csv", "a,height\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i},{i * 0.37}\n"))));
        Train("values.csv", "--loss", "binary-cross-entropy")
            .FailedWith(2, "--loss binary-cross-entropy is for classes, but height has values: take mse.");
        HoldsOnly("values.csv");
    }

    [Fact]
    public void A_target_that_never_changes_is_warned_of_and_answered()
    {
        string data = Write("constant.csv",
            "a,height\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i},0.7\n"))));
        ProcessResult trained = Train("constant.csv", "--task", "regression", "--epochs", "3");
        Assert.Contains("warning: height is 0.7 in every training row", trained.Errors, StringComparison.Ordinal);
        Assert.Contains("RMSE 0  R2 -  loss 0", trained.Output, StringComparison.Ordinal);
        Assert.Equal(["height", "0.7"],
            InProcess.Run("predict", At("model.tiny"), data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            InProcess.Run("eval", At("model.tiny"), data, "--json").Json.GetProperty("r2").ValueKind);
    }

    private ProcessResult Train(string data, params string[] options) =>
        InProcess.Run(["train", At(data), "--out", At("model.tiny"), .. options]);
}
