using Tiny.Cli.Report;
using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Cli.Tests.Report;

public sealed class ImportanceTests : WorkFolder
{
    [Fact]
    public void Only_the_input_that_decides_matters_and_every_run_says_the_same()
    {
        Random random = new(6);
        float[] inputs = [.. Enumerable.Range(0, 900).Select(i => (float)random.NextDouble() - (i % 3 == 1 ? 0.5f : 0f))];
        int[] classes = [.. Enumerable.Range(0, 300).Select(row => inputs[3 * row + 1] > 0 ? 1 : 0)];
        string data = Write("d.csv", "a,b,c,y\n" + string.Join(
            '\n', classes.Select((label, row) =>
                FormattableString.Invariant(
                $"{inputs[3 * row]:R},{inputs[3 * row + 1]:R},{inputs[3 * row + 2]:R},{(label == 1 ? "yes" : "no")}"))));
        Assert.Equal(0, InProcess.Run("train", data, "--layers", "none", "--epochs", "100", "--out", At("m.tiny")).ExitCode);
        Network network = Network.FromBlob(File.ReadAllBytes(At("m.tiny")));
        Dataset tried = Dataset.ForClassification(
            inputs, new DataColumns(["a", "b", "c"], AreNamed: true, ShareUnit: false), classes, ["no", "yes"]);
        Importance importance = Importance.Of(network, tried, 0, CancellationToken.None)!;
        Assert.Equal(["a", "b", "c"], importance.Parts.Select(part => part.Name));
        Assert.InRange(importance.Parts[1].Loss, 0.3, 0.7);
        Assert.All([importance.Parts[0], importance.Parts[2]], part => Assert.InRange(part.Loss, -0.05, 0.05));
        Assert.Equal(importance.Parts.Select(part => part.Loss),
            Importance.Of(network, tried, 0, CancellationToken.None)!.Parts.Select(part => part.Loss));
    }

    [Fact]
    public void Pixels_go_in_squares_and_every_one_of_them_in_one()
    {
        float[] inputs = [.. Enumerable.Range(0, 20 * 144).Select(i => (float)(i % 7))];
        Dataset tried = Dataset.ForClassification(inputs,
            new DataColumns([.. Enumerable.Range(0, 144).Select(i => $"{i}")], AreNamed: false, ShareUnit: true),
                [.. Enumerable.Range(0, 20).Select(i => i % 2)], ["0", "1"]);
        string rows = string.Join(
            '\n', Enumerable.Range(0, 20).Select(row => string.Join(',', inputs.Skip(144 * row).Take(144)) + $",{row % 2}"));
        Assert.Equal(0, InProcess.Run(
            "train", Write("d.csv", rows + "\n"), "--no-header", "--layers", "none", "--epochs", "1", "--out", At("m.tiny")).ExitCode);
        Importance importance = Importance.Of(Network.FromBlob(File.ReadAllBytes(At("m.tiny"))), tried, 12, CancellationToken.None)!;
        Assert.Equal((6, 36), (importance.Side, importance.Parts.Count));
        Assert.Equal([0, 1, 12, 13], importance.Parts[0].Inputs);
        Assert.Equal(Enumerable.Range(0, 144), importance.Parts.SelectMany(part => part.Inputs).Order());
    }
}
