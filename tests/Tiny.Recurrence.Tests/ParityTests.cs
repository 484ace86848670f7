using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Saving;

namespace Tiny.Recurrence.Tests;

/// <summary>A thousand samples of a stream: the same bits on the desktop and on every board, no heap beyond loading; and what they cost.</summary>
public class ParityTests
{
    private const int Golden = -860740809;

    [Fact]
    public void The_assembly_passes_the_dialect_gate() =>
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(Path.GetDirectoryName(DeviceProgram.WholePath)!, "Tiny.Recurrence.dll"))));

    [Fact]
    public void A_thousand_samples_leave_the_golden_state_on_every_board()
    {
        byte[] blob = BlobWriter.ToArray(Plans.Over(1, 3).AddGru(7, 1, Gru.GivesEvery | Gru.KeepsState).AddGru(5, 1, Gru.KeepsState).AddDense(3, Activation.Softmax).ToNetwork().Drawn(3));
        Network network = Network.FromBlob(blob);
        float[] outputs = new float[3];
        int desktop = 0;
        for (int step = 0; step < 1000; step++)
        {
            network.Predict(Sample(step), outputs);
            desktop = Crc(desktop, outputs);
        }

        Assert.Equal(Golden, desktop);
        foreach (string board in BoardProfile.Names)
        {
            foreach (bool wide in new[] { false, true })
            {
                Assert.Equal(desktop, OnBoard(board, blob, wide));
            }
        }
    }

    private static int OnBoard(string board, byte[] blob, bool wide)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath), TextWriter.Null);
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
