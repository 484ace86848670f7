using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>--native: what a model costs where the firmware has the kernels in C.</summary>
public sealed class NativeTests : WorkFolder
{
    [Fact]
    public void Info_report_validate_and_sweep_count_the_kernels_in_C()
    {
        string data = Write("d.csv", "a,b,c,y\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{i % 3},{(i % 2 == 0 ? "even" : "odd")}\n")));
        string model = At("m.tiny");
        Assert.Equal(0, InProcess.Run("train", data, "--layers", "8", "--epochs", "2", "--test-every", "5", "--out", model).ExitCode);
        JsonElement json = InProcess.Run("info", model, "--native", "--json").Json;
        JsonElement native = json.GetProperty("native");
        Assert.InRange(native.GetProperty("instructions").GetInt64(), 1_000, json.GetProperty("instructions").GetInt64() - 1);
        Assert.InRange(native.GetProperty("learn_instructions").GetInt64(), 1_000, json.GetProperty("learn_instructions").GetInt64() - 1);
        Assert.False(InProcess.Run("info", model, "--json").Json.TryGetProperty("native", out _));
        Assert.Matches(@"kernels in C +[\d,]+ bytes of RAM to predict", InProcess.Run("info", model, "--native").Output);

        JsonElement valid = InProcess.Run("validate", model, data, "--native", "--json").Json;
        Assert.Equal(valid.GetProperty("rows").GetInt32(), valid.GetProperty("bit_equal").GetInt32());
        Assert.Equal(0, InProcess.Run("report", model, data, "--native", "--out", At("r.html")).ExitCode);
        Assert.Contains("<th scope=\"col\">kernels in C</th>", File.ReadAllText(At("r.html")));

        string sweep = Write("s.json",
            """{ "data": "d.csv", "options": ["--test-every", "5"], "space": { "layers": ["4"], "epochs": [2] } }""");
        ProcessResult swept = InProcess.Run("sweep", sweep, "--native");
        Assert.True(swept.ExitCode == 0, swept.Errors);
        Assert.Contains("in C", swept.Output);
    }
}
