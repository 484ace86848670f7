using Tiny.Core;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Fleet;

namespace Tiny.Cli.Tests;

/// <summary>Models that have learned on their devices, brought home: compared and averaged.</summary>
public sealed class FleetTests : WorkFolder
{
    [Fact]
    public void Diff_tells_which_layers_have_learned_and_what_it_did()
    {
        string factory = Model();
        string learned = Learned(factory, "learned.tiny", steps: 20, lastLayerOnly: true);
        ProcessResult result = InProcess.Run("diff", factory, learned, "--data", TinyProcess.Gestures, "--test-last", "100", "--json");
        Assert.Equal(0, result.ExitCode);
        var layers = result.Json.GetProperty("layers");
        Assert.Equal(0, layers[0].GetProperty("changed").GetInt32());
        Assert.InRange(layers[1].GetProperty("changed").GetInt32(), 1, layers[1].GetProperty("parameters").GetInt32());
        Assert.InRange(layers[1].GetProperty("relative").GetDouble(), 1e-4, 1);
        Assert.Equal(100, result.Json.GetProperty("a").GetProperty("rows").GetInt32());
        ProcessResult words = InProcess.Run("diff", factory, learned);
        Assert.Contains("largest change", words.Output);
        Assert.Contains("of generation", words.Errors);
    }

    [Fact]
    public void Diff_lists_whatever_else_differs_and_tries_no_rows_that_mean_something_else()
    {
        string factory = Model();
        Network network = Network.FromBlob(File.ReadAllBytes(factory));
        network.Scaling.SetInput(2, 5f, 0.5f);
        File.WriteAllBytes(At("scaled.tiny"), BlobWriter.ToArray(network));
        ProcessResult scaled = InProcess.Run("diff", factory, At("scaled.tiny"), "--data", TinyProcess.Gestures, "--json");
        Assert.True(scaled.ExitCode == 0, scaled.Errors);
        var difference = Assert.Single(scaled.Json.GetProperty("differences").EnumerateArray());
        Assert.Equal(("mean and scale of input 2", "5 and 0.5"),
            (difference.GetProperty("what").GetString(), difference.GetProperty("b").GetString()));
        Assert.Contains("scaled.tiny: mean and scale of input 2: 5 and 0.5, but ",
            InProcess.Run("diff", factory, At("scaled.tiny")).Output);

        network = Network.FromBlob(File.ReadAllBytes(factory));
        network = network.WithOutputNames([.. Enumerable.Range(0, network.ClassCount).Select(i => $"{i}")]);
        File.WriteAllBytes(At("named.tiny"), BlobWriter.ToArray(network));
        Assert.Equal(0, InProcess.Run("diff", factory, At("named.tiny")).ExitCode);
        InProcess.Run("diff", factory, At("named.tiny"), "--data", TinyProcess.Gestures)
            .FailedWith(1, "named.tiny: name of class 0", "Rows do not mean the same to both");
        InProcess.Run("average", factory, At("named.tiny"), "--out", At("fleet.tiny")).FailedWith(1, "named.tiny: name of class 0");
    }

    [Fact]
    public void The_average_of_models_lies_between_them_by_their_weights()
    {
        string factory = Model();
        string a = Learned(factory, "a.tiny", steps: 5, lastLayerOnly: false);
        string b = Learned(factory, "b.tiny", steps: 30, lastLayerOnly: false);
        ProcessResult result = InProcess.Run("average", a, b, "--weights", "3,1", "--out", At("fleet.tiny"), "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Json.GetProperty("spreads").GetArrayLength());
        Network[] models = [.. new[] { a, b, At("fleet.tiny") }.Select(path => Network.FromBlob(File.ReadAllBytes(path)))];
        int different = 0;
        for (int layer = 0; layer < 2; layer++)
        {
            float[][] parameters = [.. models.Select(model => model.GetLayer(layer).Parameters())];
            for (int i = 0; i < parameters[0].Length; i++)
            {
                different += parameters[0][i] != parameters[1][i] ? 1 : 0;
                Assert.Equal((3.0 * parameters[0][i] + parameters[1][i]) / 4, parameters[2][i], 1e-6);
            }
        }

        Assert.True(different > 50, $"{different} parameters differ.");
        Assert.Equal(1, models[2].Generation);
        Assert.Equal(0, InProcess.Run("average", a, b, factory, "--out", At("fleet.tiny")).ExitCode);
    }

    [Fact]
    public void Models_of_another_factory_are_refused_with_what_sets_them_apart()
    {
        string factory = Model();
        string other = At("other.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--epochs", "1", "--seed", "2", "--out", other).ExitCode);
        string wider = At("wider.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--epochs", "1", "--layers", "20", "--out", wider).ExitCode);
        InProcess.Run("average", factory, other, "--out", At("fleet.tiny")).FailedWith(1, other, "layer 0 has other weights");
        InProcess.Run("average", factory, wider, "--out", At("fleet.tiny")).FailedWith(1, wider, "outputs of layer 0: 20, but 16");
        InProcess.Run("diff", factory, wider).FailedWith(1, wider, "outputs of layer 0: 20, but 16");
        InProcess.Run("average", factory, "--out", At("fleet.tiny")).FailedWith(2, "two or more");
        InProcess.Run("average", factory, factory, "--weights", "1", "--out", At("fleet.tiny")).FailedWith(2, "1 numbers for 2 models");
        InProcess.Run("average", factory, factory, "--weights", "1,0", "--out", At("fleet.tiny")).FailedWith(2, "no number above 0");
        HoldsOnly("model.tiny", "other.tiny", "wider.tiny");
    }

    private string Learned(string factory, string name, int steps, bool lastLayerOnly)
    {
        Network network = Network.FromBlob(File.ReadAllBytes(factory));
        network.GetLayer(0).Frozen = lastLayerOnly;
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        float[] sample = new float[network.Inputs];
        for (int i = 0; i < steps; i++)
        {
            Array.Fill(sample, i % 7 * 0.1f);
            learner.Learn(sample, i % network.ClassCount);
        }

        File.WriteAllBytes(At(name), BlobWriter.ToArray(network));
        return At(name);
    }
}
