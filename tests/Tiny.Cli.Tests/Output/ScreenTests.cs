using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tiny.Cli.Output;
using static Tiny.Cli.Tests.Output.NarrowScreen;

namespace Tiny.Cli.Tests.Output;

/// <summary>What commands print on a screen of 80 columns, of data with long and wide names.</summary>
public sealed partial class ScreenTests : WorkFolder
{
    private const int MostWords = 35;

    public static TheoryData<string> Commands =>
        [.. CommandTree.Build().Subcommands.Where(command => !command.Hidden).Select(command => command.Name), ""];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_fits_and_its_sentences_are_short(string command)
    {
        string[] arguments = command.Length == 0 ? ["--help"] : [command, "--help"];
        ProcessResult help = InProcess.RunAt(Columns, arguments);
        Assert.Equal(0, help.ExitCode);
        Holds(help.Output);
        Assert.True(help.Output.IndexOf("Examples:", StringComparison.Ordinal) < help.Output.IndexOf("Usage:", StringComparison.Ordinal));
        string whole = InProcess.Run(arguments).Output;
        Assert.All(Sentence().Split(whole[whole.IndexOf("Usage:", StringComparison.Ordinal)..])
            .Concat(Sentence().Split(whole[..whole.IndexOf("Examples:", StringComparison.Ordinal)])), sentence =>
            Assert.True(sentence.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length <= MostWords, sentence));
    }

    [Fact]
    public void Long_names_of_classes_and_columns_fit()
    {
        string data = Write("a file of measurements with a name that goes on and on so that nothing of it fits beside anything.csv",
            Table(LongNames));
        string model = At("m.tiny");
        Fits("data", data);
        Fits("train", data, "--epochs", "3", "--layers", "6", "--test-every", "4", "--out", model);
        string matrix = Fits("eval", model, data);
        Assert.Matches(@"\n  1 standing_\S+… *", matrix);
        Fits("eval", model, data, "--all-rows");
        Fits("info", model, "--board", "esp32");
        Fits("validate", model, data);
        Fits("report", model, data, "--out", At("r.html"));
        Fits("quantize", model, "--data", data, "--max-loss", "100", "--out", At("m8.tiny"));
        Fits("export", model, "--format", "onnx", "--out", At("m.onnx"));
        Fits("import", At("m.onnx"), "--out", At("i.tiny"), "--verbose");
        Fits("diff", model, model, "--data", data);
        Fits("data", data, "--label", "no such column");
    }

    [Fact]
    public void Two_hundred_classes_fit()
    {
        string data = Write("d.csv", Table(
            [.. Enumerable.Range(0, 200).Select(i => $"a class with quite a long name, number {i} of two hundred".Replace(",", ""))]));
        string model = At("m.tiny");
        Fits("data", data);
        Fits("train", data, "--epochs", "1", "--layers", "none", "--out", model);
        string eval = Fits("eval", model, data);
        Assert.Contains("200 classes are too many for a matrix here", eval);
        Assert.Contains("The most frequent of", eval);
        Fits("info", model);
    }

    [Fact]
    public void Recordings_and_a_sweep_of_them_fit()
    {
        StringBuilder text = new($"recording,{LongColumns[0]},{LongColumns[2]},label\n");
        for (int i = 0; i < 800; i++)
        {
            int recording = i / 100;
            text.Append(CultureInfo.InvariantCulture,
                $"r{recording},{1000 * Math.Sin(i * (0.2 + recording % 2)):0.0},{i % 7},{LongNames[recording % 2 * 2]}\n");
        }

        string data = Write("w.csv", text.ToString());
        string shown = Fits("data", data, "--group", "recording", "--window", "20");

        // Both channels on one scale: what moves between 0 and 6 beside what moves between -1000 and 1000 is flat.
        string[] traces = [.. shown.Split('\n').Where(line => line.Length > 40 && line.TakeLast(40).All(c => c is >= '▁' and <= '█'))];
        Assert.Equal(4, traces.Length);
        Assert.Contains('█', traces[0]);
        Assert.Single(traces[1].Where(c => c is >= '▁' and <= '█').Distinct());
        string sweep = Write("s.json", $$"""
            { "data": "w.csv", "options": ["--group", "recording", "--window", "20"],
              "space": { "layers": ["4", "8,6"], "activation": ["relu", "tanh"], "class-weights": ["none"],
              "optimizer": ["adam"], "schedule": ["cosine"], "epochs": [2], "batch": [16] } }
            """);
        string front = Fits("sweep", sweep, "--board", "esp32", "--jobs", "1");
        Assert.Matches(@"\n  # +accuracy .* ms\r?\n", front); // all columns beside each other, configurations below
        Assert.Matches(@"\n  \d  --layers", front);
    }

    [Fact]
    public void Words_are_broken_where_a_reader_would_break_them()
    {
        Assert.Equal(["one two", "  three"], Cells.Wrap("one two three", 9).Split(Environment.NewLine));
        Assert.Equal(["  階段を", "    上る"], Cells.Wrap("  階段を上る", 8).Split(Environment.NewLine));
        Assert.Equal(["see", "  /a/path/that/is/long", "  now"], Cells.Wrap("see /a/path/that/is/long now", 10).Split(Environment.NewLine));
        Assert.Equal(["abcde", "  fgh"], Cells.Wrap("abcdefgh", 7).Split(Environment.NewLine));
        Assert.Equal(["see", "  /データ/計測/値.csv", "  now"],
            Cells.Wrap("see /データ/計測/値.csv now", 12).Split(Environment.NewLine));
        Assert.Equal(["tasks 1,3,", "  5,7,9,11"], Cells.Wrap("tasks 1,3,5,7,9,11", 10).Split(Environment.NewLine));
        Assert.Equal("ab…f", Cells.Cut("abcdef", 4));
        Assert.Equal("階…", Cells.Cut("階段階段", 4));
    }

    [GeneratedRegex(@"(?<=[.!?])\s|\n\s{0,30}(?=-)|\n\n|  +")]
    private static partial Regex Sentence();
}
