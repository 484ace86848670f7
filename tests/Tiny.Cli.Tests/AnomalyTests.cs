using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>Detectors of anomalies and class means from the command line, with good input and bad.</summary>
public sealed class AnomalyTests : WorkFolder
{
    [Theory]
    [InlineData("--means", "3")]
    [InlineData("--layers", "4")]
    public void A_detector_is_trained_tried_and_shown(string option, string value)
    {
        string model = At("pump.tiny");
        string page = At("pump.html");
        JsonElement trained = InProcess.Run(
            "train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "rest", "--test-every", "3", option, value, "--out", model,
                "--report", page, "--json").Json;
        Assert.Equal("anomaly", trained.GetProperty("task").GetString());
        Assert.InRange(trained.GetProperty("test").GetProperty("auc").GetDouble(), 0.95, 1);
        Assert.Equal(new FileInfo(model).Length, trained.GetProperty("blob_bytes").GetInt64());
        JsonElement tried = InProcess.Run("eval", model, TinyProcess.Gestures, "--json").Json;
        Assert.Equal(trained.GetProperty("test").GetProperty("auc").GetDouble(), tried.GetProperty("auc").GetDouble());
        Assert.Equal(200, tried.GetProperty("rows").GetInt32());
        Assert.Contains("AUC", InProcess.Run("eval", model, TinyProcess.Gestures, "--normal", "rest,wave").Output,
            StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        Assert.Contains("threshold", html, StringComparison.Ordinal);
        Assert.Contains("x_std", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("Content-Security-Policy", "", StringComparison.Ordinal)
            .Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, InProcess.Run("report", model, TinyProcess.Gestures, "--out", page).ExitCode);
        Assert.Equal(html, File.ReadAllText(page));
        Assert.True(InProcess.Run("info", model, "--json").Json.GetProperty("instructions").GetInt64() > 1000);
    }

    [Fact]
    public void Rows_without_a_label_are_all_normal()
    {
        StringBuilder csv = new("temperature,current,noise\n");
        for (int i = 0; i < 120; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{20 + i % 7},{1.5 + 0.1 * (i % 5)},{0.3 + 0.01 * (i * i % 11)}\n");
        }

        string model = At("pump.tiny");
        JsonElement trained = InProcess.Run(
            "train", Write("normal.csv", csv.ToString()), "--task", "anomaly", "--out", model, "--json").Json;
        Assert.Equal(120, trained.GetProperty("train").GetProperty("rows").GetInt32());
        string labeled = Write("labeled.csv", "temperature,current,noise,state\n"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"2{i % 7},1.6,0.3{i % 9},fine\n9{i % 7},1.6,0.3,hot\n")));
        JsonElement tried = InProcess.Run("eval", model, labeled, "--label", "state", "--normal", "fine", "--json").Json;
        Assert.Equal(1, tried.GetProperty("auc").GetDouble());
        Assert.Equal(1, tried.GetProperty("recall").GetDouble());
        InProcess.Run("eval", model, labeled, "--label", "state").FailedWith(2, "--normal");
        InProcess.Run("eval", model, labeled, "--label", "state", "--normal", "well").FailedWith(1, "well", "fine, hot");
    }

    [Fact]
    public void An_autoencoder_becomes_int8_and_stays_a_detector()
    {
        string model = At("pump.tiny");
        string int8 = At("int8.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "rest", "--test-every", "3",
            "--layers", "12,4", "--out", model).ExitCode);
        JsonElement figures = InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--out", int8, "--json").Json;
        double before = figures.GetProperty("before").GetProperty("auc").GetDouble();
        Assert.InRange(figures.GetProperty("after").GetProperty("auc").GetDouble(), before - 0.02, 1);
        Assert.Equal(figures.GetProperty("threshold").GetSingle(),
            InProcess.Run("eval", int8, TinyProcess.Gestures, "--json").Json.GetProperty("threshold").GetSingle());
        Assert.Equal(0, InProcess.Run(
            "train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "rest", "--test-every", "3", "--out", model).ExitCode);
        InProcess.Run("quantize", model, "--data", TinyProcess.Gestures, "--out", int8).FailedWith(1, "distance");
    }

    [Fact]
    public void Class_means_stay_with_a_model_that_becomes_int8_but_for_its_last_layer()
    {
        string model = At("means.tiny");
        string int8 = At("int8.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--test-every", "5", "--prototypes", "--out", model).ExitCode);
        Assert.Equal(0, InProcess.Run(
            "quantize", model, "--data", TinyProcess.Gestures, "--keep-float", "1", "--max-loss", "100", "--out", int8).ExitCode);
        byte[] blob = File.ReadAllBytes(int8);
        Assert.NotNull(Tiny.Desk.BlobExtras.Find(blob, Tiny.FewLabels.PrototypeSection.Tag));
        Assert.Contains("left out", InProcess.Run(
            "quantize", model, "--data", TinyProcess.Gestures, "--max-loss", "100", "--out", int8).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        string model = At("m.tiny");
        InProcess.Run("train", TinyProcess.Gestures, "--normal", "rest", "--out", model).FailedWith(2, "--normal goes with --task anomaly");
        InProcess.Run("train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "rest", "--means", "2", "--layers", "4", "--out",
            model).FailedWith(2, "--means", "--layers");
        InProcess.Run("train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "rest", "--weights", "int8", "--out", model)
            .FailedWith(2, "--weights");
        InProcess.Run("train", TinyProcess.Gestures, "--task", "anomaly", "--normal", "sleep", "--out", model)
            .FailedWith(1, "sleep", "rest");
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void Class_means_travel_in_the_blob_and_change_no_answer()
    {
        string plain = At("plain.tiny");
        string means = At("means.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--test-every", "5", "--epochs", "20", "--out", plain).ExitCode);
        Assert.Equal(0, InProcess.Run(
            "train", TinyProcess.Gestures, "--test-every", "5", "--epochs", "20", "--prototypes", "--out", means).ExitCode);

        // The record's head and content: 16 features of 5 classes.
        Assert.Equal(new FileInfo(plain).Length + 4 + 8 + 4 * 16 * 6, new FileInfo(means).Length);
        Assert.Equal(InProcess.Run("predict", plain, TinyProcess.Gestures).Output,
            InProcess.Run("predict", means, TinyProcess.Gestures).Output);
        InProcess.Run("train", TinyProcess.Gestures, "--task", "classification", "--epochs", "2", "--weights", "int8", "--prototypes",
            "--max-loss", "100", "--out", At("int8.tiny"))
            .FailedWith(1, "--keep-float 1");
    }
}
