using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Sparse.Tests;

/// <summary>Sparse models at the terminal.</summary>
[Collection("console")]
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-sparse-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("float32")]
    [InlineData("int8")]
    public async Task A_model_is_trained_looked_at_exported_and_reported(string weights)
    {
        string data = Rows();
        string model = At("m.tiny");
        (int code, string text) = await Run("train", data, "--label", "y", "--layers", "20", "--epochs", "12", "--sparsity", "0.85",
            "--weights", weights, "--test-every", "5", "--out", model, "--json");
        Assert.Equal(0, code);
        Assert.InRange(JsonNode.Parse(text)!["nonzero"]!.GetValue<int>(), 100, 400);
        (_, text) = await Run("info", model, "--json");
        JsonNode layer = JsonNode.Parse(text)!["layers"]![0]!;
        Assert.Equal("sparse", layer["kind"]!.GetValue<string>());
        Assert.Equal(1200, layer["weights_full"]!.GetValue<int>());
        Assert.InRange(layer["weights_left"]!.GetValue<int>(), 100, 189);
        (_, text) = await Run("info", model);
        Assert.Contains("weights left", text);
        Assert.Equal(0, (await Run("validate", model, data, "--label", "y")).Code);
        Assert.Equal(0, (await Run("export", model, "--out", folder.FullName)).Code);
        string page = At("r.html");
        Assert.Equal(0, (await Run("report", model, data, "--label", "y", "--out", page)).Code);
        string html = File.ReadAllText(page);
        Assert.Contains("Weights left:", html);
        Assert.Contains("tiny.kinds[17] = {", html);
    }

    [Theory]
    [InlineData("--sparsity", "1")]
    [InlineData("--sparsity", "-0.1")]
    [InlineData("--sparsity", "0.5,x")]
    [InlineData("--sparsity-blocks", "2")]
    [InlineData("--sparsity-blocks", "3")]
    public async Task What_makes_no_sense_is_refused_as_wrong_usage(string option, string value) =>
        Assert.Equal(2, (await Run("train", Rows(), "--label", "y", option, value, "--out", At("m.tiny"))).Code);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Rows()
    {
        Dataset data = Make.Data();
        string path = At("d.csv");
        File.WriteAllLines(path, Enumerable.Range(0, data.Rows)
            .Select(row => string.Join(',', data.Row(row).ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture))) + ","
            + data.OutputNames[data.Classes[row]])
            .Prepend(string.Join(',', Enumerable.Range(0, Make.Inputs).Select(i => $"x{i}")) + ",y"));
        return path;
    }

    private static async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        TextWriter before = Console.Out;
        using StringWriter text = new();
        Console.SetOut(text);
        try
        {
            return (await Cli.Program.Run(arguments), text.ToString());
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
