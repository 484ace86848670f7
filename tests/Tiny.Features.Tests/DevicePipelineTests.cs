using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Tests;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;
using Tiny.Training.Quantization;

namespace Tiny.Features.Tests;

/// <summary>The device's own assembly in the emulator: the same bits as the desktop's, and no allocation.</summary>
public class DevicePipelineTests
{
    public static TheoryData<string> Boards => [.. BoardProfile.Names];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Windows_are_equal_to_the_bit_on_every_board(string board)
    {
        FeatureDescription description = Make.Description(70, 30, channels: ["x", "y", "z"], bands: [1f, 11f]);
        byte[] blob = Make.Model(description);
        DeviceModel device = new(blob, BoardProfile.Load(board));
        FeaturePipeline desktop = new(description);
        float[] features = new float[description.Count];
        float[][] signal = [.. Enumerable.Range(0, 3).Select(channel => Make.Wave(400, channel, 1000 * channel - 1000, 300))];
        int windows = 0;
        for (int i = 0; i < 400; i++)
        {
            float[] sample = [.. signal.Select(values => values[i])];
            bool due = desktop.Add(sample);
            Assert.Equal(due, device.Pipeline!.Add(sample));
            if (due)
            {
                desktop.Compute(features);
                Assert.Equal(features.Select(BitConverter.SingleToInt32Bits),
                    device.Pipeline.Compute().Select(BitConverter.SingleToInt32Bits));
                windows++;
            }
        }

        Assert.Equal(12, windows);
        Assert.Equal(0, device.Pipeline!.Allocated);
        Assert.InRange(device.Pipeline.Ram, 3 * 4 * 70, 3 * 4 * 70 + 1400);
    }

    [Fact]
    public void The_device_refuses_a_sensor_and_says_why()
    {
        Machine machine = new(BoardProfile.Load("esp32"), DeviceProgram.Load(DeviceProgram.WholePath), TextWriter.Null);
        byte[] blob = Make.Model(Make.Description(20, 10));
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object sensor = machine.Invoke("Tiny.Features.Signal", ".ctor", 62.5f)!;
        machine.Keep(sensor);
        machine.Invoke("Tiny.Features.Signal", "Add", sensor, "x", "g");
        DeviceProgramException error =
            Assert.Throws<DeviceProgramException>(() => machine.Invoke("Tiny.Features.FeaturePipeline", "For", network, sensor));
        Assert.Contains("The sensor gives 62.5 samples a second, but the model was trained on 100.", error.Message);
    }

    /// <summary>
    /// Exercises at the wrist, split by recording: what a newcomer gets, as float and as int8, and each test window the same on an ESP32.
    /// </summary>
    [SharedDataTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Recordings_of_exercises(bool int8)
    {
        CsvOptions options = new() { Group = "file", Label = "activity" };
        WindowOptions windows = new() { Window = 200, Hop = 100, Channels = ["x", "y", "z"], Rate = 100 };
        using DatasetFile file = DatasetFile.ReadRecordings(SharedData.Path("har-exercise/har_exercise.csv.gz"), options, windows);
        (RowSource train, RowSource test) = file.Table.Every(4);
        Assert.Equal((351, 99), (train.Rows, test.Rows));
        TrainingResult result = new Trainer(file.Table.Schema, train, new TrainingOptions()).Run(test);
        byte[] blob = BlobExporter.ToBlob(result.Model);
        blob = int8 ? Quantizer.Quantize(Network.FromBlob(blob), file.Data, [.. ((MemoryRows)train).Numbers]) : blob;
        Network network = Network.FromBlob(blob);
        Assert.InRange(CoreEvaluation.Evaluate(network, file.Table.Schema, test).Confusion!.Accuracy, 0.96, 1);

        DeviceModel device = new(blob, BoardProfile.Load("esp32"), learningSteps: 0);
        HashSet<string> tested = [.. ((MemoryRows)test).Numbers.Select(row => file.Data.Groups!.Names[file.Data.Groups.Of[row]])];
        PredictionTrace trace = new(network);
        using RecordingSource source = RecordingSource.ForModel(
            network, RecordingFiles.Open(SharedData.Path("har-exercise/har_exercise.csv.gz"), options), options, needsLabel: false);
        FeatureDescription features = FeatureDescription.Of(network);
        WindowReader? reader = null;
        reader = new WindowReader(source, features)
        {
            OnSample = sample => IfTested(() => device.Pipeline!.Add(sample)),
            OnBreak = () => device.Pipeline!.Reset(),
        };
        float[] row = new float[features.Count];
        int equal = 0;
        while (reader.Next(row))
        {
            IfTested(() =>
            {
                float[] computed = device.Pipeline!.Compute();
                Assert.Equal(row.Select(BitConverter.SingleToInt32Bits), computed.Select(BitConverter.SingleToInt32Bits));
                trace.Run(row);
                float[][] layers = device.TraceLayers(computed);
                Assert.Equal(trace.GetOutputs(1).Take(4).Select(BitConverter.SingleToInt32Bits),
                    layers[1].Select(BitConverter.SingleToInt32Bits));
                equal++;
            });
        }

        Assert.Equal(99, equal);
        Assert.InRange(device.Board.Seconds(
            100 * device.Pipeline!.SampleInstructions + device.Pipeline.WindowInstructions + device.Instructions), 0.001, 0.1);

        void IfTested(Action action)
        {
            if (tested.Contains(reader!.Recordings[^1].Name))
            {
                action();
            }
        }
    }
}
