using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Saving;

namespace Tiny.Recurrence.Tests;

/// <summary>
/// A thousand samples of a stream: the same bits on the desktop and on every board, no heap beyond loading; and what they cost.
/// </summary>
public class ParityTests
{
    [Theory]
    [InlineData("Tiny.Recurrence")]
    [InlineData("Tiny.Recurrence.Int8")]
    [InlineData("Tiny.Recurrence.Int8.Saving")]
    public void The_assembly_passes_the_dialect_gate(string name) =>
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(Path.GetDirectoryName(DeviceProgram.WholePath)!, name + ".dll"))));

    [Theory]
    [InlineData("gru", -860740809)]
    [InlineData("exact", -501141591)]
    [InlineData("fastgrnn", -1804914835)]
    [InlineData("int8", -855691589)]
    [InlineData("int8 fastgrnn", -510227076)]
    public void A_thousand_samples_leave_the_golden_state_on_every_board(string kind, int golden)
    {
        byte[] blob = BlobOf(kind);
        Network network = Network.FromBlob(blob);
        float[] outputs = new float[3];
        int desktop = 0;
        for (int step = 0; step < 1000; step++)
        {
            network.Predict(Sample(step), outputs);
            desktop = Crc(desktop, outputs);
        }

        Assert.Equal(golden, desktop);
        foreach (string board in BoardProfile.Names)
        {
            foreach (bool wide in new[] { false, true })
            {
                Assert.Equal(desktop, OnBoard(board, blob, wide));
            }
        }
    }

    private static byte[] BlobOf(string kind)
    {
        int code = kind.EndsWith("fastgrnn", StringComparison.Ordinal) ? FastGrnn.FastGrnnCode : Gru.GruCode;
        int flags = RecurrentKind.KeepsState | (kind == "exact" ? RecurrentKind.Exact : 0);
        Network network = Plans.Over(1, 3).AddRecurrent(code, 7, 1, RecurrentKind.GivesEvery | flags).AddRecurrent(code, 5, 1, flags)
            .AddDense(3, Activation.Softmax).ToNetwork().Drawn(3);
        return kind.StartsWith("int8", StringComparison.Ordinal) ? Int8.Int8Models.Int8(network) : BlobWriter.ToArray(network);
    }

    private static int OnBoard(string board, byte[] blob, bool wide)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.Emulator.Library.Library", "Register", wide);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        float[] outputs = new float[3];
        int crc = 0;
        for (int step = 0; step < 1000; step++)
        {
            float[] sample = Sample(step);
            long before = machine.Allocated;
            machine.Invoke("Tiny.Core.Network", "Predict", network, sample, outputs);
            Assert.Equal(0, machine.Allocated - before);
            crc = Crc(crc, outputs);
        }

        return crc;
    }

    private static float[] Sample(int step) => Plans.Draw(new(step), 3, step % 100 == 99 ? 1e6f : 2f);

    private static int Crc(int crc, float[] values)
    {
        byte[] bytes = [.. values.SelectMany(BitConverter.GetBytes)];
        return Crc32.Compute(crc, bytes, 0, bytes.Length);
    }
}
