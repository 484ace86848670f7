namespace Tiny.Cli.Tests;

public sealed class DataCommandTests : WorkFolder
{
    [Fact]
    public void A_file_is_shown_with_what_will_go_wrong()
    {
        string path = Write("d.csv", "a,when,where,same,label\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},12:0{i % 9},bath,7,{(i == 3 ? "rare" : "usual")}\n"))
            + ",12:00,bed,7,usual\n");
        ProcessResult result = InProcess.Run("data", path);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("41 rows, 3 input columns, label label", result.Output);
        Assert.Contains("█", result.Output);
        Assert.StartsWith($"{path}: separated by \",\", decimal point, UTF-8, header in line 1\n", result.Output);
        Assert.Contains("not taken as input: when is a clock", result.Errors);
        Assert.Contains("where holds words, such as \"bath\"", result.Errors);
        Assert.Contains("--drop where", result.Errors);
        Assert.Contains("same is always 7", result.Errors);
        Assert.Contains("rare has 1 row", result.Errors);
        Assert.Contains("1 row of 41 have a missing value, written \"\" (1): with --drop-missing", result.Errors);
        ProcessResult json = InProcess.Run("data", path, "--json");
        Assert.Equal(40, json.Json.GetProperty("classes").GetProperty("usual").GetInt32());
        Assert.Equal(39, json.Json.GetProperty("columns")[0].GetProperty("max").GetDouble());
        Assert.Equal(4, json.Json.GetProperty("warnings").GetArrayLength());
        Assert.Equal("when", json.Json.GetProperty("reading").GetProperty("set_aside")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_regression_has_no_classes_and_bad_files_are_told()
    {
        ProcessResult result = InProcess.Run("data", Write("v.csv", "a,y\n1,0.5\n2,1.5\n3,2.25\n"), "--json");
        Assert.Equal("regression", result.Json.GetProperty("task").GetString());
        Assert.Equal(2.25, result.Json.GetProperty("label").GetProperty("max").GetDouble());
        InProcess.Run("data", At("none.csv")).FailedWith(1, "no such file");
        InProcess.Run("data", Write("r.csv", "a,b\n1,2\n1\n")).FailedWith(1, "line 3", "1 field, expected 2");
    }
}
