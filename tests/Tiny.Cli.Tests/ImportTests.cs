using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>tiny import, and tiny export --format onnx, as a user runs them.</summary>
public sealed class ImportTests : WorkFolder
{
    [Fact]
    public void A_model_goes_to_ONNX_and_back_and_on_to_every_other_command()
    {
        string model = Model();
        Assert.Equal([At("g.onnx")], InProcess.Run("export", model, "--format", "onnx", "--out", At("g.onnx"), "--json").Json
            .GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        ProcessResult imported = InProcess.Run("import", At("g.onnx"), "--out", At("back.tiny"), "--json");
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(At("back.tiny")));
        JsonElement figures = imported.Json;
        Assert.Equal(("import", 2), (figures.GetProperty("command").GetString(), figures.GetProperty("layers").GetInt32()));
        Assert.True(figures.GetProperty("parameters").GetInt32() > 100);
        Assert.InRange(figures.GetProperty("max_difference").GetDouble(), 0, 1e-5);
        Assert.Equal(64, figures.GetProperty("rows").GetInt32());
        Assert.Equal(0, InProcess.Run("info", At("back.tiny")).ExitCode);
        Assert.Equal(0, InProcess.Run("eval", At("back.tiny"), TinyProcess.Gestures).ExitCode);
    }

    [Fact]
    public void Steps_are_said_labels_come_from_a_file_and_rows_to_check_from_data()
    {
        string onnx = Exported();
        string names = Write("names.txt", "one\ntwo\nthree\nfour\nfive\n");
        string rows = Write("rows.csv", string.Join(
            '\n', Enumerable.Range(0, 12).Select(row => string.Join(',', Enumerable.Range(0, 6).Select(i => (row * 7 + i * 3) % 11)))));
        ProcessResult done = InProcess.Run("import", onnx, "--labels", names, "--check", rows, "--verbose", "--out", At("m.tiny"));
        Assert.Equal(0, done.ExitCode);
        Assert.Contains("over 12 rows", done.Output);
        Assert.Contains("(Gemm): dense, 6 to 4", done.Errors);
        Assert.Contains("four", InProcess.Run("info", At("m.tiny")).Output);
        ProcessResult wrong = InProcess.Run("import", onnx, "--labels", "a,b", "--out", At("n.tiny"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("2 labels", wrong.Errors);
        Assert.False(File.Exists(At("n.tiny")));
    }

    [Fact]
    public void Int8_is_written_at_once_and_needs_data_to_calibrate_on()
    {
        string onnx = Exported();
        string rows = Write("rows.csv", string.Join(
            '\n', Enumerable.Range(0, 60).Select(row => string.Join(',', Enumerable.Range(0, 6).Select(i => (row * 7 + i * 3) % 11)))));
        ProcessResult done = InProcess.Run("import", onnx, "--weights", "int8", "--calibrate", rows, "--out", At("m8.tiny"), "--json");
        Assert.Equal(0, done.ExitCode);
        Assert.Equal("int8", done.Json.GetProperty("weights").GetString());
        Assert.Equal(2, InProcess.Run("import", onnx, "--weights", "int8", "--out", At("n.tiny")).ExitCode);
        Assert.Equal(2, InProcess.Run("import", onnx, "--weights", "int4", "--out", At("n.tiny")).ExitCode);
        Assert.Equal(2, InProcess.Run("import", onnx, "--task", "guess", "--out", At("n.tiny")).ExitCode);
        Assert.Equal(2, InProcess.Run("import", onnx, "--mean", "x", "--out", At("n.tiny")).ExitCode);
        ProcessResult refused = InProcess.Run("export", At("m8.tiny"), "--format", "onnx", "--out", At("o.onnx"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("int8", refused.Errors);
    }

    [Theory]
    [InlineData("m.tflite", "tf2onnx.convert --tflite m.tflite")]
    [InlineData("m.h5", "tf2onnx.convert --saved-model")]
    [InlineData("m.pt", "torch.onnx.export")]
    [InlineData("m.onnx", "no ONNX model")]
    public void What_is_no_ONNX_is_refused_with_the_way_to_it(string name, string advice)
    {
        ProcessResult refused = InProcess.Run("import", Write(name, "something else"), "--out", At("m.tiny"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(advice, refused.Errors);
        Assert.Contains("no such file", InProcess.Run("import", At("none.onnx"), "--out", At("m.tiny")).Errors);
        HoldsOnly(name);
    }

    [Fact]
    public void A_file_that_tiny_did_not_write_is_not_replaced_by_an_export()
    {
        string model = Model();
        string mine = Write("mine.onnx", "my own");
        Assert.Equal(1, InProcess.Run("export", model, "--format", "onnx", "--out", mine).ExitCode);
        Assert.Equal("my own", File.ReadAllText(mine));
        Assert.Equal(0, InProcess.Run("export", model, "--format", "onnx", "--out", mine, "--force").ExitCode);
        Assert.Equal(0, InProcess.Run("export", model, "--format", "onnx", "--out", mine).ExitCode);
    }

    /// <summary>The ONNX file of a model of six inputs, four hidden units and five classes.</summary>
    private string Exported()
    {
        string data = Write("d.csv", string.Join('\n',
            Enumerable.Range(0, 60).Select(
                row => string.Join(',', Enumerable.Range(0, 6).Select(i => (row * 7 + i * 3) % 11)) + $",k{row % 5}")));
        Assert.Equal(0, InProcess.Run("train", data, "--layers", "4", "--epochs", "1", "--out", At("t.tiny")).ExitCode);
        Assert.Equal(0, InProcess.Run("export", At("t.tiny"), "--format", "onnx", "--out", At("t.onnx")).ExitCode);
        return At("t.onnx");
    }
}
