using System.Globalization;
using System.Text;
using System.Text.Json;
using Tiny.Core;

namespace Tiny.Cli.Tests;

public sealed class ReportTests : WorkFolder
{
    public static TheoryData<string> Models =>
    [
        "",
        "--activation tanh --layers 8,6",
        "--activation leaky-relu:0.2 --weights int8 --max-loss 50",
        "--activation elu:0.7 --layers 10",
        "--activation swish --layers 9,7 --weights int8 --max-loss 50",
        "--activation maxout --weights int8 --keep-float 1 --max-loss 50",
        "--layers 12,8 --weights int8 --max-loss 50",
        "--loss hinge --layers none",
        "regression",
        "regression --weights int8 --max-loss 1000 --layers 6,5",
        "binary",
    ];

    /// <summary>The page's own arithmetic answers as tiny predict does, for every row of the data and for inputs moved by hand; nothing is asked of the network, nothing logged.</summary>
    [ChromiumTheory]
    [MemberData(nameof(Models))]
    public async Task The_panel_answers_as_predict_does(string options)
    {
        (string data, string[] more) = Data(options);
        string page = At("r.html");
        ProcessResult train = TinyProcess.Run(["train", data, "--epochs", "30", "--test-every", "4", "--out", At("m.tiny"), "--report", page, .. more]);
        Assert.True(train.ExitCode == 0, train.Errors);
        Network network = Network.FromBlob(File.ReadAllBytes(At("m.tiny")));
        await using Chromium browser = await Chromium.Open(page);
        Assert.Equal("complete", await browser.Evaluate("document.readyState"));

        float[][] rows = [.. File.ReadAllLines(data).Skip(1).Where((_, i) => i % 7 == 0).Select(line => line.Split(',')[..network.Inputs].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        string answers = await browser.Evaluate($"JSON.stringify({JsonSerializer.Serialize(rows)}.map(row => tiny.predict(model, row)))");
        double[][] found = JsonSerializer.Deserialize<double[][]>(answers)!;
        float[] outputs = new float[network.Outputs];
        Assert.Equal(rows.Length, found.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            network.Predict(rows[i], outputs);
            float[] expected = network.ClassCount == 2 && outputs.Length == 1 ? [1 - outputs[0], outputs[0]] : outputs;
            Assert.All(expected.Zip(found[i]), pair => Assert.InRange(pair.Second, pair.First - Bound(pair.First), pair.First + Bound(pair.First)));
        }

        // An input moved by its slider.
        string moved = await browser.Evaluate("""
            (() => {
              const slider = document.querySelector('.input[data-index="1"] [type=range]');
              slider.value = slider.max;
              slider.dispatchEvent(new Event('input'));
              return JSON.stringify({ values, told: document.getElementById('told').textContent, number: document.querySelector('.input[data-index="1"] [type=number]').value, max: slider.value });
            })()
            """);
        JsonElement state = JsonDocument.Parse(moved).RootElement;
        float[] values = [.. state.GetProperty("values").EnumerateArray().Select(value => (float)value.GetDouble())];
        int index = network.Predict(values, outputs);
        Assert.Equal(state.GetProperty("number").GetString(), state.GetProperty("max").GetString());
        string told = state.GetProperty("told").GetString()!;
        if (network.Task == NetworkTask.Classification)
        {
            Assert.Equal(network.GetOutputName(index), told);
        }
        else
        {
            Assert.Equal(outputs[0], double.Parse(told, CultureInfo.InvariantCulture), 1e-3 * Math.Max(1, Math.Abs(outputs[0])));
        }

        Assert.Empty(browser.Errors);
        Assert.All(browser.Requests, address => Assert.True(address.StartsWith("file:") || address.StartsWith("data:"), address));
        Assert.NotEmpty(browser.Requests);
    }

    private static double Bound(double value) => 1e-5 * Math.Max(1, Math.Abs(value));

    private (string Data, string[] Options) Data(string options)
    {
        Random random = new(3);
        bool regression = options.StartsWith("regression");
        bool binary = options.StartsWith("binary");
        StringBuilder text = new("a,b,c,d,answer\n");
        for (int i = 0; i < 300; i++)
        {
            double[] x = [random.NextDouble(), 100 * random.NextDouble(), random.NextDouble() - 5, random.Next(20)];
            double sum = x[0] + x[1] / 50 + Math.Sin(x[2]) + x[3] / 10;
            string answer = regression ? (40 + 20 * sum).ToString("0.000", CultureInfo.InvariantCulture) : binary ? sum > 2.5 ? "yes" : "no" : sum > 3 ? "high" : sum > 2 ? "middle <b>" : "low";
            text.Append(CultureInfo.InvariantCulture, $"{x[0]:0.000},{x[1]:0.00},{x[2]:0.000},{x[3]},{answer}\n");
        }

        string[] rest = [.. options.Replace("regression", "--task regression").Replace("binary", "--loss binary-cross-entropy").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return (Write("d.csv", text.ToString()), rest);
    }

    [Fact]
    public void The_page_holds_all_it_shows_and_is_the_same_each_time()
    {
        string model = At("m.tiny");
        string history = At("h.csv");
        Assert.Equal(0, TinyProcess.Run("train", TinyProcess.Gestures, "--epochs", "20", "--patience", "20", "--test-last", "100", "--out", model, "--history", history, "--report", At("a.html")).ExitCode);
        ProcessResult report = TinyProcess.Run("report", model, TinyProcess.Gestures, "--test-last", "100", "--history", history, "--out", At("b.html"), "--json");
        Assert.Equal(0, report.ExitCode);
        string page = File.ReadAllText(At("b.html"));
        Assert.Equal(new FileInfo(At("b.html")).Length, report.Json.GetProperty("bytes").GetInt64());
        Assert.Equal(page, File.ReadAllText(At("a.html")));
        Assert.All(
            ["Learning", "held back", "What it tells for what is", "recall", "F1", "Furthest off", "Layer 0: 15 to 16", "float32 and int8", "stm32f091", "What if", "x_mean"], part => Assert.Contains(part, page));
        Assert.DoesNotContain("src=\"http", page);
        Assert.Matches("<svg[^>]*role=\"img\" aria-label=\"Loss over 20 epochs", page);
        Assert.Equal(15, page.Split("class=\"input\" data-index").Length - 1);
        Assert.Equal(21, File.ReadAllLines(history).Length);
        Assert.Contains("were not kept", Render(model, "--test-last", "100"));
    }

    [Fact]
    public void What_cannot_be_shown_is_told()
    {
        string model = Model();
        TinyProcess.Run("report", model, TinyProcess.Gestures).FailedWith(2, "--out");
        TinyProcess.Run("report", model, At("none.csv"), "--out", At("r.html")).FailedWith(1, "no such file");
        TinyProcess.Run("report", model, TinyProcess.Gestures, "--out", At("r.html"), "--history", model).FailedWith(1, "its first line is not");
        TinyProcess.Run("report", model, TinyProcess.Gestures, "--out", At("no/r.html")).FailedWith(1, "does not exist");
        HoldsOnly("model.tiny");
    }

    private string Render(string model, params string[] options)
    {
        string path = At("again.html");
        Assert.Equal(0, TinyProcess.Run(["report", model, TinyProcess.Gestures, "--out", path, .. options]).ExitCode);
        return File.ReadAllText(path);
    }
}
