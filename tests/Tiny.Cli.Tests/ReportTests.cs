using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Memory;

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
        "--shape 2x2 --layers gru:4,fastgrnn:3",
        "--shape 2x2 --layers gru:4,gru:3 --weights int8 --max-loss 50",
        "--loss mse --layers 6",
        "--loss half-mse --layers 6 --weights int8 --max-loss 50",
        "regression",
        "regression --weights int8 --max-loss 1000 --layers 6,5",
        "binary",
    ];

    /// <summary>
    /// The page's own arithmetic answers as tiny predict does, for every row of the data and for
    /// inputs moved by hand; nothing is asked of the network, nothing logged.
    /// </summary>
    [ChromiumTheory]
    [MemberData(nameof(Models))]
    public async Task The_panel_answers_as_predict_does(string options)
    {
        (string data, string[] more) = Data(options);
        string page = At("r.html");
        ProcessResult train = InProcess.Run(
            ["train", data, "--epochs", "30", "--test-every", "4", "--out", At("m.tiny"), "--report", page, .. more]);
        Assert.True(train.ExitCode == 0, train.Errors);
        Network network = Network.FromBlob(File.ReadAllBytes(At("m.tiny")));
        await using Chromium browser = await Chromium.Open(page);
        Assert.Equal("complete", await browser.Evaluate("document.readyState"));

        float[][] rows = [.. File.ReadAllLines(data).Skip(1).Where((_, i) => i % 7 == 0)
            .Select(line => line.Split(',')[..network.Inputs].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        string answers = await browser.Evaluate($"JSON.stringify({JsonSerializer.Serialize(rows)}.map(row => tiny.predict(model, row)))");
        double[][] found = JsonSerializer.Deserialize<double[][]>(answers)!;
        float[] outputs = new float[network.Outputs];
        Assert.Equal(rows.Length, found.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            network.Predict(rows[i], outputs);
            float[] expected = network.ClassCount == 2 && outputs.Length == 1 ? [1 - outputs[0], outputs[0]] : outputs;
            Assert.All(expected.Zip(found[i]),
                pair => Assert.InRange(pair.Second, pair.First - Bound(pair.First), pair.First + Bound(pair.First)));
        }

        // Only what adds up to 1 is shown as a probability.
        string[] meters = JsonSerializer.Deserialize<string[]>(
            await browser.Evaluate("JSON.stringify(Array.from(document.querySelectorAll('.meter > span:last-child')).map(text => "
                + "text.textContent))"))!;
        bool probabilities = network.ClassCount > 0 && !options.StartsWith("--loss");
        Assert.Equal(network.ClassCount, meters.Length);
        Assert.All(meters, meter => Assert.Equal(probabilities, meter.EndsWith(" %", StringComparison.Ordinal)));

        // An input moved by its slider.
        string moved = await browser.Evaluate("""
            (() => {
              const slider = document.querySelector('.input[data-index="1"] [type=range]');
              slider.value = slider.max;
              slider.dispatchEvent(new Event('input'));
              return JSON.stringify({ values, told: document.getElementById('told').textContent,
                number: document.querySelector('.input[data-index="1"] [type=number]').value, max: slider.value });
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
            string answer = regression ? (40 + 20 * sum).ToString("0.000", CultureInfo.InvariantCulture) : binary
                ? sum > 2.5 ? "yes" : "no" : sum > 3 ? "high" : sum > 2 ? "middle <b>" : "low";
            text.Append(CultureInfo.InvariantCulture, $"{x[0]:0.000},{x[1]:0.00},{x[2]:0.000},{x[3]},{answer}\n");
        }

        string[] rest = [.. options.Replace("regression", "--task regression").Replace("binary", "--loss binary-cross-entropy")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return (Write("d.csv", text.ToString()), rest);
    }

    [Fact]
    public void The_page_holds_all_it_shows_and_is_the_same_each_time()
    {
        string model = At("m.tiny");
        string history = At("h.csv");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--epochs", "20", "--patience", "20", "--test-last", "100", "--out",
            model, "--history", history, "--report", At("a.html")).ExitCode);
        ProcessResult report = InProcess.Run(
            "report", model, TinyProcess.Gestures, "--test-last", "100", "--history", history, "--out", At("b.html"), "--json");
        Assert.Equal(0, report.ExitCode);
        string page = File.ReadAllText(At("b.html"));
        Assert.Equal(new FileInfo(At("b.html")).Length, report.Json.GetProperty("bytes").GetInt64());
        Assert.Equal(page, File.ReadAllText(At("a.html")));
        Assert.All(
            ["Learning curves", "validation", "Confusion matrix", "actual", "predicted", "recall", "F1", "Worst predictions",
                "Layer 0: 15 to 16", "float32 and int8", "stm32f091", "What if", "x_mean"], part => Assert.Contains(part, page));
        Assert.DoesNotContain("src=\"http", page);
        Assert.Matches("<svg[^>]*role=\"img\" aria-label=\"Loss over 20 epochs", page);
        Assert.Equal(15, page.Split("class=\"input\" data-index").Length - 1);
        Assert.Equal(21, File.ReadAllLines(history).Length);
        File.Delete(model + ".json");
        Assert.Contains("were not kept", Render(model, "--test-last", "100"));
    }

    [Theory]
    [InlineData("hinge")]
    [InlineData("mse")]
    public void Scores_are_not_called_probabilities(string loss)
    {
        (string data, _) = Data("");
        Assert.Equal(0, InProcess.Run("train", data, "--loss", loss, "--epochs", "20", "--out", At("m.tiny")).ExitCode);
        Assert.Equal(0, InProcess.Run("report", At("m.tiny"), data, "--out", At("r.html")).ExitCode);
        string page = File.ReadAllText(At("r.html"));
        string worst = page[page.IndexOf("<section id=\"worst\"", StringComparison.Ordinal)..page.IndexOf(
            "<section id=\"layers\"", StringComparison.Ordinal)];
        Assert.DoesNotContain("%", Regex.Replace(worst, "<[^>]*>", ""));
        Assert.Matches(@"score -?[\d.E-]+ for the right class, -?[\d.E-]+ for (high|low|middle)", worst);
        Assert.Contains("Scores, not probabilities", page);
        JsonElement prediction = InProcess.Run("predict", At("m.tiny"), data, "--json").Json.GetProperty("predictions")[0];
        Assert.Equal(3, prediction.GetProperty("scores").GetArrayLength());
        Assert.False(prediction.TryGetProperty("probabilities", out _));
    }

    [Fact]
    public void The_worst_scores_are_those_with_the_largest_margin_for_a_wrong_class()
    {
        (string data, _) = Data("");
        Assert.Equal(0, InProcess.Run("train", data, "--loss", "hinge", "--epochs", "5", "--out", At("m.tiny")).ExitCode);
        Assert.Equal(0, InProcess.Run("report", At("m.tiny"), data, "--out", At("r.html")).ExitCode);
        Network network = Network.FromBlob(File.ReadAllBytes(At("m.tiny")));
        string[] names = [.. Enumerable.Range(0, 3).Select(network.GetOutputName)];
        float[] outputs = new float[3];
        int[] expected =
        [
            .. File.ReadAllLines(data).Skip(1).Select((line, row) =>
            {
                string[] cells = line.Split(',');
                network.Predict([.. cells[..4].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))], outputs);
                int right = Array.IndexOf(names, cells[4]);
                return (row, margin: outputs.Where((_, i) => i != right).Max() - (double)outputs[right]);
            }).OrderByDescending(entry => entry.margin).Take(12).Select(entry => entry.row),
        ];
        Assert.Equal(expected, Regex.Matches(File.ReadAllText(At("r.html")), @"<figcaption>row (\d+)")
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    /// <summary>Many classes with long names, many inputs, a wide layer, large pictures: the page opens at once.</summary>
    [Theory]
    [InlineData(1500, 4, true, "--layers 6", "The most frequent confusions")]
    [InlineData(200, 8, true, "--layers none", "Confusion matrix: the diagonal")]
    [InlineData(3, 5000, true, "--layers 2", "of 0 to 4999")]
    [InlineData(3, 4900, false, "--layers 40 --no-header", "There is no panel")]
    [InlineData(31, 12, true, "--layers 900,4", "Layer 0: 12 to 900")]
    public void A_page_stays_small_whatever_it_shows(int classes, int inputs, bool named, string options, string words)
    {
        Random random = new(2);
        StringBuilder text = new();
        if (named)
        {
            text.AppendJoin(',', Enumerable.Range(0, inputs)
                .Select(i => $"a column with quite a long name, of which there are many {i}".Replace(',', ' '))).Append(",answer\n");
        }

        for (int row = 0; row < Math.Max(60, classes * 2); row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, inputs)
                .Select(i => (random.NextDouble() * (1 + (row + i) % classes)).ToString("0.000", CultureInfo.InvariantCulture)))
                .Append(CultureInfo.InvariantCulture, $",class {row % classes}{new string('x', classes > 100 ? 25 : 60)}\n");
        }

        string data = Write("d.csv", text.ToString());
        string[] read = named ? [] : ["--no-header"];
        ProcessResult train = InProcess.Run(["train", data, "--epochs", "1", "--out", At("m.tiny"), .. options.Split(' ')]);
        Assert.True(train.ExitCode == 0, train.Errors);
        ProcessResult report = InProcess.Run(["report", At("m.tiny"), data, "--out", At("r.html"), .. read]);
        Assert.True(report.ExitCode == 0, report.Errors);
        Assert.InRange(new FileInfo(At("r.html")).Length, 10_000, 1_500_000);
        Assert.Matches(words, File.ReadAllText(At("r.html")));
    }

    [Fact]
    public void A_model_that_no_device_can_hold_is_shown_without_being_run()
    {
        PlanBuilder plan = new PlanBuilder(400, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(500, Activation.Relu)
            .AddDense(2, Activation.Softmax);
        Network network = DeviceMemory.Reckon(plan).ToNetwork();
        Initializers.Draw(network, 1);
        File.WriteAllBytes(At("m.tiny"), BlobWriter.ToArray(network));
        string row = string.Join(',', Enumerable.Range(0, 400).Select(i => i % 7));
        string data = Write("d.csv", $"{string.Join(',', Enumerable.Range(0, 400).Select(i => $"c{i}"))},y\n{row},0\n{row},1\n");
        ProcessResult info = InProcess.Run("info", At("m.tiny"), "--board", "esp32");
        Assert.Equal(0, info.ExitCode);
        Assert.Matches(@"fits +no: it takes 9\d\d,\d{3} bytes of heap to predict and has a blob of 80\d,\d{3}; esp32_rev3 has 102,400",
            info.Output);
        JsonElement json = InProcess.Run("info", At("m.tiny"), "--json").Json;
        Assert.Equal((JsonValueKind.Null, false), (json.GetProperty("instructions").ValueKind, json.GetProperty("fits").GetBoolean()));
        Assert.Equal(DeviceMemory.ToPredict(network), json.GetProperty("predict_ram").GetInt64());
        InProcess.Run("validate", At("m.tiny"), data, "--label", "400")
            .FailedWith(1, "m.tiny: does not fit the board: it takes", "stm32f4 has 65,536");
        ProcessResult report = InProcess.Run("report", At("m.tiny"), data, "--label", "400", "--out", At("r.html"));
        Assert.True(report.ExitCode == 0, report.Errors);
        string page = File.ReadAllText(At("r.html"));
        Assert.Contains("The model does not fit: it takes", page);
        Assert.Contains("There is no panel", page);
        Assert.InRange(page.Length, 10_000, 1_500_000);
    }

    [Theory]
    [InlineData("a,b,y\n1,2,3\n")]
    [InlineData("a,b,y\n1,2,3\n1,2,3\n1,2,3\n")]
    [InlineData("a,b,y\n3e38,2,3\n-3e38,2e38,3e38\n1,2,-3e38\n")]
    public void Odd_data_give_a_page_without_numbers_that_are_none(string text)
    {
        (string data, _) = Data("regression");
        Assert.Equal(0, InProcess.Run("train", Write(
            "t.csv", "a,b,y\n" + string.Join('\n', File.ReadAllLines(data).Skip(1)
                .Select(line => string.Join(',', line.Split(',').Where((_, i) => i is 0 or 1 or 4))))), "--epochs", "3", "--out",
                At("m.tiny")).ExitCode);
        ProcessResult report = InProcess.Run("report", At("m.tiny"), Write("odd.csv", text), "--out", At("r.html"));
        Assert.True(report.ExitCode == 0, report.Errors);
        string shown = Regex.Replace(File.ReadAllText(At("r.html")), "<script.*?</script>", "", RegexOptions.Singleline);
        Assert.DoesNotMatch("NaN|Infinity|∞", shown);
    }

    [Fact]
    public void A_model_of_recordings_costs_a_whole_hop()
    {
        StringBuilder text = new("recording,x,label\n");
        for (int i = 0; i < 1200; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"r{i / 100},{Math.Sin(i * (i / 100 % 2 == 0 ? 0.2 : 0.9)):0.000},{(i / 100 % 2 == 0 ? "slow" : "fast")}\n");
        }

        string data = Write("w.csv", text.ToString());
        string[] windows = ["--group", "recording", "--channels", "x", "--window", "20", "--hop", "10", "--rate", "50"];
        Assert.Equal(0, InProcess.Run(["train", data, .. windows, "--epochs", "5", "--layers", "4", "--out", At("m.tiny")]).ExitCode);
        Assert.Equal(0, InProcess.Run("report", At("m.tiny"), data, "--group", "recording", "--out", At("r.html")).ExitCode);
        long hop = InProcess.Run("info", At("m.tiny"), "--board", "esp32", "--json").Json.GetProperty("window")
            .GetProperty("hop_instructions").GetInt64();
        string page = File.ReadAllText(At("r.html"));
        Assert.Contains("a hop on an ESP32, features included", page);
        string counted = hop.ToString("#,0", CultureInfo.InvariantCulture);
        Assert.Matches($"<th scope=\"row\"><span class=\"whole\">esp32_rev3</span></th>.*{counted}", page);

        string sweep = Write("s.json", $$"""{ "data": "w.csv", "options": [{{string.Join(
            ", ", windows.Select(word => $"\"{word}\""))}}], "space": { "layers": ["4"], "epochs": [5] } }""");
        long swept = InProcess.Run("sweep", sweep, "--board", "esp32", "--pick", At("p.tiny"), "--json").Json.GetProperty("winner")
            .GetProperty("instructions").GetInt64();
        long picked = InProcess.Run("info", At("p.tiny"), "--board", "esp32", "--json").Json.GetProperty("window")
            .GetProperty("hop_instructions").GetInt64();
        Assert.InRange(swept, picked - 10, picked + 10); // each of ten samples is counted in whole instructions
        ProcessResult limited = InProcess.Run(
            "sweep", sweep, "--board", "esp32", "--max-ms", (swept * 2.0 / 240e3 * 0.99).ToString(CultureInfo.InvariantCulture));
        Assert.True(limited.ExitCode == 3, limited.Errors);
    }

    [Fact]
    public void What_cannot_be_shown_is_told()
    {
        string model = Model();
        InProcess.Run("report", model, TinyProcess.Gestures).FailedWith(2, "--out");
        InProcess.Run("report", model, At("none.csv"), "--out", At("r.html")).FailedWith(1, "no such file");
        InProcess.Run("report", model, TinyProcess.Gestures, "--out", At("r.html"), "--history", model)
            .FailedWith(1, "its first line is not");
        InProcess.Run("report", model, TinyProcess.Gestures, "--out", At("no/r.html")).FailedWith(1, "does not exist");
        HoldsOnly("model.tiny");
    }

    private string Render(string model, params string[] options)
    {
        string path = At("again.html");
        Assert.Equal(0, InProcess.Run(["report", model, TinyProcess.Gestures, "--out", path, .. options]).ExitCode);
        return File.ReadAllText(path);
    }
}
