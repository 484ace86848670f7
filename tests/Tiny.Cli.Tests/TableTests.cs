using System.Globalization;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>
/// Tables as people have them, from the command line: how they are understood is said, what
/// is left out is said, answers stand where the questions do.
/// </summary>
public sealed class TableTests : WorkFolder
{
    [Fact]
    public void A_german_spreadsheet_is_read_and_its_model_tried_on_another_dialect()
    {
        IEnumerable<string> Rows(string separator, char mark) => Enumerable.Range(0, 60).Select(i => string.Join(separator,
            $"12.05.2024 10:{i:00}:00", (20 + i % 7 * 0.25).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', mark), $"{i % 2}",
                i % 2 == 0 ? "zu" : "offen"));
        string data = Write("plant.csv", "Datum;Temperatur;Tür;Fenster\r\n" + string.Join("\r\n", Rows(";", ',')) + "\r\n");
        ProcessResult train = InProcess.Run(
            "train", data, "--split", "0.2", "--epochs", "60", "--out", At("m.tiny"), "--min-accuracy", "0.9");
        Assert.Equal(0, train.ExitCode);
        Assert.StartsWith($"{data}: separated by \";\", decimal comma, UTF-8, header in line 1\n", train.Errors);
        Assert.Contains($"note: {data}: not taken as input: Datum is a clock.", train.Errors);
        string other = Write("other.tsv", "Datum\tTemperatur\tTür\tFenster\n" + string.Join('\n', Rows("\t", '.')));
        ProcessResult eval = InProcess.Run("eval", At("m.tiny"), other, "--min-accuracy", "0.9");
        Assert.Equal(0, eval.ExitCode);
        Assert.Contains("separated by tabs, decimal point", eval.Errors);
    }

    [Fact]
    public void A_test_file_with_its_columns_in_another_order_is_matched_by_name()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 2},{i},{(i % 2 == 0 ? "x" : "y")}\n"));
        string data = Write("train.csv", "a,b,l\n" + rows);
        string test = Write("test.csv", "l,b,a\nx,5,0\ny,6,1\nx,7,0\n");
        ProcessResult train = InProcess.Run("train", data, "--test", test, "--epochs", "200", "--out", At("m.tiny"), "--json");
        Assert.Equal(1, train.Json.GetProperty("test").GetProperty("accuracy").GetDouble());
        string lacking = Write("lacking.csv", "l,c,a\nx,5,0\n");
        InProcess.Run("train", data, "--test", lacking, "--epochs", "1", "--out", At("m.tiny"))
            .FailedWith(1, "has no column b, which the model was trained on");
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_counted_and_left_out_on_demand()
    {
        string data = Write("log.csv", "a,b,l\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => i % 10 == 9 ? $"{i},boot v1.2\n" : $"{i * 7 % 11},{i % 2},{(i % 2 == 0 ? "x" : "y")}\n")));
        InProcess.Run("train", data, "--epochs", "5", "--out", At("m.tiny"))
            .FailedWith(1, "line 11 (row 9): has 2 fields, expected 3", "3 of 30 rows cannot be read (lines 11, 21, 31)",
            "--skip-bad-rows");
        ProcessResult train = InProcess.Run("train", data, "--epochs", "5", "--out", At("m.tiny"), "--skip-bad-rows");
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("3 rows that cannot be read left out:", train.Errors);
        Assert.Contains("line 31 (row 29): has 2 fields, expected 3", train.Errors);
        Assert.Contains("27 rows to train on", train.Errors);
    }

    [Fact]
    public void Predict_answers_each_row_where_it_stands()
    {
        string data = Write("train.csv",
            "a,b,l\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 2},{i % 5},{(i % 2 == 0 ? "x" : "y")}\n")));
        Assert.Equal(0, InProcess.Run("train", data, "--epochs", "200", "--out", At("m.tiny")).ExitCode);
        const string Rows = "0,1\n\n1,2\n-200,3\n1\n1,four\n0,4\n\n";
        ProcessResult csv = TinyProcess.RunWithInput(Rows, "predict", At("m.tiny"), "-", "--missing", "-200", "--skip-bad-rows");
        Assert.Equal(0, csv.ExitCode);
        Assert.Equal(["x", "", "y", "", "", "", "x"], csv.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(',')[0]));
        Assert.Contains("4 rows of 7 with an empty answer: 1 blank, 1 with missing values, 2 that cannot be read", csv.Errors);
        JsonElement json = TinyProcess.RunWithInput(
            Rows, "predict", At("m.tiny"), "-", "--missing", "-200", "--skip-bad-rows", "--json").Json;
        Assert.Equal(7, json.GetProperty("rows").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("predictions")[1].GetProperty("label").ValueKind);
        Assert.Equal("y", json.GetProperty("predictions")[2].GetProperty("label").GetString());
        TinyProcess.RunWithInput("a,b\n0,1\n0,\n", "predict", At("m.tiny"), "-")
            .FailedWithOutput(1, "column \"b\": the value is missing", "--drop-missing");
    }

    [Fact]
    public void A_single_value_is_never_an_empty_line()
    {
        string data = Write("train.csv", "a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 6},{i % 6 * 2}.5\n")));
        Assert.Equal(0, InProcess.Run("train", data, "--epochs", "5", "--out", At("m.tiny")).ExitCode);
        string[] lines = TinyProcess.RunWithInput("a\n1\nNA\n2\n", "predict", At("m.tiny"), "-", "--drop-missing").Output.TrimEnd('\n')
            .Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(("y", "\"\""), (lines[0], lines[2]));
    }

    [Fact]
    public void A_file_without_names_does_not_get_its_label_guessed()
    {
        string data = Write("gas.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 9 * 0.3 + 0.05:0.00},{i % 9},{i % 4}\n")));
        Assert.Equal(0, InProcess.Run("train", data, "--no-header", "--label", "0", "--epochs", "5", "--out", At("m.tiny")).ExitCode);
        foreach (string json in Directory.EnumerateFiles(Path.GetDirectoryName(data)!, "*.json"))
        {
            File.Delete(json); // what the training left of itself
        }

        InProcess.Run("eval", At("m.tiny"), data, "--no-header").FailedWith(2, "which of its 3 columns is the label?", "--label");
        InProcess.Run("predict", At("m.tiny"), data, "--no-header").FailedWith(2, "--label");
        Assert.Equal(0, InProcess.Run("eval", At("m.tiny"), data, "--no-header", "--label", "0").ExitCode);
    }

    [Theory]
    [InlineData("--separator", "x", "expected , ; tab space or |")]
    [InlineData("--decimal", "'", "expected . or ,")]
    [InlineData("--skip", "-1", "0 or more lines")]
    [InlineData("--encoding", "klingon", "no such encoding")]
    [InlineData("--drop", "zzz", "there is no such column")]
    [InlineData("--inputs", "a,a,b", "\"a\" is named twice")]
    [InlineData("--inputs", "a,\"b", "a quote is missing")]
    public void Options_that_cannot_be_heeded_are_wrong_usage(string option, string value, string message) =>
        InProcess.Run("data", Write("d.csv", "a,b,l\n1,2,x\n3,4,y\n"), option, value).FailedWith(2, message);

    [Fact]
    public void What_cannot_be_shown_is_written_out()
    {
        ProcessResult result = InProcess.Run("data", Write("d.csv", "a\u001b[31m,b,l\n1,2,x\n3,4,y\u200B\n"));
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\u001b', result.Output + result.Errors);
        Assert.Contains("y\\u200B", result.Output);
    }
}
