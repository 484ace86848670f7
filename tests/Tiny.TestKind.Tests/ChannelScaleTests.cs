using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Export;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Fleet;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;
using Tiny.Training.Memory;
using Tiny.Training.Quantization;

namespace Tiny.TestKind.Tests;

/// <summary>A layer kind that no file of the product names does all that the product's own do.</summary>
public class ChannelScaleTests
{
    private static readonly Lazy<(Dataset Data, TrainingResult Result)> Trained = new(Train);

    private static readonly int[] AllRows = [.. Enumerable.Range(0, 300)];

    [Fact]
    public void It_trains_and_its_weights_move()
    {
        (_, TrainingResult result) = Trained.Value;
        Assert.InRange(result.Train.Confusion!.Accuracy, 0.95, 1);
        float[] scales = BlobExporter.ToNetwork(result.Model).GetLayer(1).Parameters();
        Assert.Equal(8, scales.Length);
        Assert.Contains(scales, scale => Math.Abs(scale - 1f) > 0.01f);
    }

    [Fact]
    public void It_goes_through_a_blob_and_a_blob_without_its_registration_says_what_is_missing()
    {
        Network network = BlobExporter.ToNetwork(Trained.Value.Result.Model);
        byte[] blob = BlobWriter.ToArray(network);
        Assert.Equal(blob, BlobWriter.ToArray(Network.FromBlob(blob)));
        Core.Blobs.BlobException missing = Assert.Throws<Core.Blobs.BlobException>(() => Network.FromBlob(Unregistered(blob)));
        Assert.Contains("65", missing.Message);
    }

    [Fact]
    public void It_predicts_and_learns_on_the_emulated_device_with_the_desktops_bits()
    {
        (Dataset data, TrainingResult result) = Trained.Value;
        byte[] blob = BlobExporter.ToBlob(result.Model);
        Network network = Network.FromBlob(blob);
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        using DeviceProgram program =
            DeviceProgram.Load([DeviceProgram.WholePath, Path.Combine(AppContext.BaseDirectory, "programs", "Tiny.TestKind.dll")]);
        Machine machine = new(BoardProfile.Load("stm32f4"), program, TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.TestKind.ChannelScale", "Register");
        object device = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(device);
        object deviceLearner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", device)!;
        machine.Keep(deviceLearner);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", deviceLearner, 0.05f);
        for (int row = 0; row < 40; row++)
        {
            float[] sample = data.Row(row).ToArray();
            float[] here = new float[2];
            float[] there = new float[2];
            Assert.Equal(network.Predict(sample, here), machine.Invoke("Tiny.Core.Network", "Predict", device, sample, there));
            Assert.Equal(here.Select(BitConverter.SingleToInt32Bits), there.Select(BitConverter.SingleToInt32Bits));
            learner.Learn(sample, row % 2);
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", deviceLearner, sample, row % 2);
        }

        byte[] saved = new byte[blob.Length];
        machine.Invoke("Tiny.Saving.BlobWriter", "Write", device, saved, 0);
        Assert.Equal(BlobWriter.ToArray(network), saved);
        Assert.NotEqual(blob, saved);
    }

    [Fact]
    public void It_is_exported_as_source_and_its_memory_is_reckoned()
    {
        Network network = BlobExporter.ToNetwork(Trained.Value.Result.Model);
        string source = CSharpExporter.Export(network, "Some", "Model");
        Assert.Contains("private static void Scale1(float[] x, float[] z)", source);
        Assert.Contains($"z[7] = x[7] * {CSharpText.Float(network.GetLayer(1).Parameters()[7])};", source);
        byte[] blob = BlobWriter.ToArray(network);
        Assert.Equal(DeviceMemory.ToPredict(network), BitConverter.ToInt32(blob, 16));
        Assert.True(DeviceMemory.ToLearn(network) > DeviceMemory.ToPredict(network));
    }

    [Fact]
    public void It_is_quantized_around()
    {
        (Dataset data, TrainingResult result) = Trained.Value;
        Network network = BlobExporter.ToNetwork(result.Model);
        Network int8 = Network.FromBlob(Quantizer.Quantize(network, data, AllRows));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(int8.GetLayer(i)).IsInt8));
        Assert.Equal(network.GetLayer(1).Parameters(), int8.GetLayer(1).Parameters());
        int right = AllRows.Count(row => int8.Predict(data.Row(row).ToArray(), new float[2]) == data.Classes[row]);
        Assert.InRange(right, 280, 300);
    }

    [Fact]
    public void It_is_compared_and_averaged()
    {
        Network a = BlobExporter.ToNetwork(Trained.Value.Result.Model);
        Network b = Network.FromBlob(BlobWriter.ToArray(a));
        float[] changed = [.. a.GetLayer(1).Parameters().Select(scale => scale + 0.5f)];
        b.GetLayer(1).SetParameters(changed, 0, changed.Length);
        Assert.Empty(ModelComparison.Of(a, b));
        Assert.Equal(8, LayerChange.Between(new("a", a), new("b", b))[1].Changed);
        Network average = Network.FromBlob(FleetAverage.Of([new("a", a), new("b", b)], [1, 1]).Blob);
        Assert.Equal(a.GetLayer(1).Parameters()[0] + 0.25f, average.GetLayer(1).Parameters()[0], 1e-5f);
    }

    [Fact]
    public async Task It_is_shown_in_the_report_and_predicted_in_its_page()
    {
        (Dataset data, TrainingResult result) = Trained.Value;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-kind-");
        try
        {
            string model = Path.Combine(folder.FullName, "m.tiny");
            string rows = Path.Combine(folder.FullName, "d.csv");
            string page = Path.Combine(folder.FullName, "r.html");
            File.WriteAllBytes(model, BlobExporter.ToBlob(result.Model));
            File.WriteAllLines(rows, AllRows.Select(row =>
                FormattableString.Invariant($"{data.Row(row)[0]},{data.Row(row)[1]},{data.OutputNames[data.Classes[row]]}"))
                .Prepend("a,b,y"));
            Assert.Equal(0, await Cli.Program.Run(["report", model, rows, "--label", "y", "--out", page]));
            string html = File.ReadAllText(page);
            Assert.Contains("channel scale", html);
            Assert.Contains("tiny.kinds[64] = {", html);
            Assert.Contains("id=\"what-if\"", html);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void No_file_of_the_product_names_it()
    {
        string[] files = [.. new[] { "src", "tools", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Tiny.Tests.Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".js" or ".csproj" or ".props" or ".targets" or ".json"
            && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];
        Assert.True(files.Length > 400, $"{files.Length} files were looked at.");
        Assert.DoesNotContain(files, path => File.ReadAllText(path) is string text
            && (text.Contains("ChannelScale", StringComparison.OrdinalIgnoreCase) || text.Contains("TestKind", StringComparison.Ordinal)));
    }

    private static (Dataset, TrainingResult) Train()
    {
        SeededRandom random = new(3);
        float[] inputs = [.. Enumerable.Range(0, 600).Select(_ => random.NextSymmetric(1f))];
        int[] labels = [.. Enumerable.Range(0, 300).Select(row => inputs[2 * row] * inputs[2 * row + 1] > 0 ? 1 : 0)];
        Dataset data = Dataset.ForClassification(inputs, DataColumns.Unnamed(2, false), labels, ["different", "same"]);
        TrainingOptions options = new()
        {
            Layers = [new DenseDescription(8, Activation.Tanh), new Layers.ChannelScale.Description()],
            Epochs = 150,
            Threads = 1
        };
        return (data, new Trainer(data, AllRows, options).Run());
    }

    /// <summary>The blob with the code of another kind, which nobody registers.</summary>
    private static byte[] Unregistered(byte[] blob)
    {
        int at = Array.IndexOf(blob, (byte)ChannelScale.ChannelScaleCode, Core.Blobs.BlobFormat.PlanAt);
        blob = [.. blob];
        blob[at] = 65;
        BlobWriter.Seal(blob, 0, blob.Length);
        return blob;
    }
}
