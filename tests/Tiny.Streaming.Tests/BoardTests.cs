using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Layers;
using Tiny.Training.Streaming;
using static Tiny.Streaming.Tests.Windows;

namespace Tiny.Streaming.Tests;

/// <summary>
/// Streams on the boards: the desk's bits over a thousand samples, no heap beyond loading, what a hop costs, and a head that learns.
/// </summary>
public class BoardTests
{
    private const string Stream = "Tiny.Streaming.StreamingNetwork";

    [Theory]
    [InlineData("Tiny.Streaming")]
    [InlineData("Tiny.Convolution.Streaming")]
    public void The_assembly_passes_the_dialect_gate(string name) =>
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(DeviceProgram.LibraryFolder, name + ".dll"))));

    [Fact]
    public void A_thousand_samples_give_the_same_bits_on_every_board()
    {
        byte[][] blobs =
        [
            StreamForm.Of(Blob(50, 3, NetworkTask.Classification, new GruDescription(6) { GivesEvery = true }, new GruDescription(4))).Blob,
            StreamForm.Of(Blob(48, 3, NetworkTask.Classification, Conv(4, 5, 2), Conv(5, 3, 2, activation: Activation.Tanh),
                new GlobalAverageDescription())).Blob,
        ];
        float[][] signal = Signal(1000, 3);
        foreach (byte[] blob in blobs)
        {
            StreamingNetwork desk = new(Network.FromBlob(blob));
            int expected = 0;
            foreach (float[] sample in signal)
            {
                expected = desk.Push(sample) ? Crc(expected, desk.Detect(), desk.Outputs) : expected;
            }

            Assert.NotEqual(0, expected);
            foreach (string board in BoardProfile.Names)
            {
                Assert.Equal(expected, OnBoard(board, blob, signal));
            }
        }
    }

    /// <summary>
    /// The bar of the stream: a hop of ten samples against its window of 200, with kernels of large boards and of small ones.
    /// </summary>
    [Fact]
    public void A_hop_of_ten_samples_costs_an_eighth_of_the_window_at_most()
    {
        byte[] blob = Blob(200, 3, NetworkTask.Classification, Conv(8, 5, 2), Conv(16, 5, 2), new GlobalAverageDescription());
        foreach (bool wide in new[] { true, false })
        {
            long window = new DeviceModel(blob, BoardProfile.Load("stm32f4"), 0, wide).Instructions;
            long hop = HopOfTen(StreamForm.Of(blob).Blob, wide);
            Assert.True(8 * hop <= window,
                $"a hop of 10 samples: {hop} instructions, the window {window}: {(double)window / hop:0.0} times");
        }
    }

    [Fact]
    public void The_head_learns_on_the_board_while_the_recurrence_stays_as_it_is()
    {
        byte[] blob = StreamForm.Of(Blob(20, 3, NetworkTask.Classification, new GruDescription(6))).Blob;
        float[][] signal = Signal(60, 3);
        Network desk = Network.FromBlob(blob);
        float[] before = new float[desk.GetLayer(0).ParameterCount];
        float[] after = new float[before.Length];
        desk.GetLayer(0).CopyParameters(before, 0, before.Length);
        SgdLearner learner = new(desk) { LearningRate = 0.1f };
        for (int i = 0; i < signal.Length; i++)
        {
            Assert.Equal(LearningResult.Learned, learner.Learn(signal[i], i % Classes));
        }

        desk.GetLayer(0).CopyParameters(after, 0, after.Length);
        Assert.Equal(before, after);
        byte[] learned = BlobWriter.ToArray(desk);
        Assert.NotEqual(blob, learned);

        Machine machine = Start("esp32_rev3", wide: false);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object teacher = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        machine.Keep(teacher);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", teacher, 0.1f);
        for (int i = 0; i < signal.Length; i++)
        {
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", teacher, signal[i], i % Classes);
        }

        Assert.Equal(learned, (byte[])machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", network)!);
    }

    private static long HopOfTen(byte[] blob, bool wide)
    {
        Machine machine = Start("stm32f4", wide);
        object stream = Open(machine, blob);
        float[][] signal = Signal(240, 3);
        for (int i = 0; i < 220; i++)
        {
            machine.Invoke(Stream, "Push", stream, signal[i]);
        }

        // Two hops: blocks are of four samples.
        long before = machine.Instructions;
        for (int i = 220; i < 240; i++)
        {
            machine.Invoke(Stream, "Push", stream, signal[i]);
            if (i % 10 == 9)
            {
                machine.Invoke(Stream, "Detect", stream);
            }
        }

        return (machine.Instructions - before) / 2;
    }

    private static int OnBoard(string board, byte[] blob, float[][] signal)
    {
        Machine machine = Start(board, wide: true);
        object stream = Open(machine, blob);
        float[] outputs = new float[Classes];
        int crc = 0;
        foreach (float[] sample in signal)
        {
            long before = machine.Allocated;
            if ((bool)machine.Invoke(Stream, "Push", stream, sample)!)
            {
                int told = (int)machine.Invoke(Stream, "Detect", stream)!;
                Assert.Equal(0, machine.Allocated - before);
                machine.Invoke(Stream, "Answer", stream, outputs);
                crc = Crc(crc, told, outputs);
            }
        }

        return crc;
    }

    private static Machine Start(string board, bool wide)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.Emulator.Library.Library", "Register", wide);
        return machine;
    }

    private static object Open(Machine machine, byte[] blob)
    {
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object stream = machine.Invoke("Tiny.Emulator.Library.Library", "Stream", network)!;
        machine.Keep(stream);
        return stream;
    }

    private static int Crc(int crc, int told, float[] values)
    {
        byte[] bytes = [(byte)told, .. values.SelectMany(BitConverter.GetBytes)];
        return Crc32.Compute(crc, bytes, 0, bytes.Length);
    }
}
