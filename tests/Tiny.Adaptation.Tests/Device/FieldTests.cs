using System.Globalization;
using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Core.Arithmetic;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Flash;
using Tiny.Field;
using Tiny.Learning;

namespace Tiny.Adaptation.Tests.Device;

/// <summary>
/// The whole of it in the emulator: the same bits as on the desktop, no heap beyond construction, nothing lost over many cuts.
/// </summary>
public class FieldTests
{
    private const int CyclesOfMachine = 5000;
    private const string Device = "Tiny.Field.FieldDevice";
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "FieldProgram.dll"));

    [Fact]
    public void The_assemblies_pass_the_dialect_gate()
    {
        foreach (string name in new[] { "Tiny.Adaptation", "Tiny.Adaptation.Files" })
        {
            Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", name + ".dll"))));
        }

        Assert.Empty(DialectGate.Check(Program));
    }

    [Theory]
    [InlineData("stm32f4")]
    [InlineData("esp32")]
    [InlineData("rp2040")]
    [InlineData("stm32f091")]
    public void An_adaptation_gives_the_same_weights_on_every_board_and_on_the_desktop(string board)
    {
        foreach (bool lastLayerOnly in new[] { true, false })
        {
            byte[] factory = SlotStoreTests.Taught(Rule);
            FieldDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(2048)), lastLayerOnly, 5);
            (Machine machine, object device) = Start(board, factory, new EmulatedFlash(2048), lastLayerOnly, 5);
            SeededRandom random = new(3);
            HashSet<int> results = [];
            for (int i = 0; i < 60; i++)
            {
                float[] sample = [.. Enumerable.Range(0, 4).Select(_ => random.NextSymmetric(2f))];
                int label = Rule([sample[0] * 1.3f, sample[1] + 0.3f, sample[2], sample[3]]);
                desktop.Add(sample, label);
                machine.Invoke(Device, "Add", device, sample, label);
                if (i % 5 == 4)
                {
                    int result = desktop.Adapt(20);
                    results.Add(result);
                    Assert.Equal(result, machine.Invoke(Device, "Adapt", device, 20));
                    Assert.Equal(desktop.Save(), machine.Invoke(Device, "Save", device));
                    Assert.Equal(desktop.WeightsCrc(), machine.Invoke(Device, "WeightsCrc", device));
                    Assert.Equal(desktop.Drift(), machine.Invoke(Device, "Drift", device));
                }
            }

            Assert.Contains((int)AdaptResult.Kept, results);
            Assert.Equal(12, desktop.Generation());
        }
    }

    /// <summary>
    /// Windows of recordings, and readings that no sensor should give: every board takes and refuses what the desktop does.
    /// </summary>
    [Theory]
    [InlineData("stm32f4")]
    [InlineData("esp32")]
    [InlineData("rp2040")]
    [InlineData("stm32f091")]
    public void Recordings_and_absurd_readings_come_to_the_same_on_every_board(string board)
    {
        byte[] factory = SlotStoreTests.Taught(Rule);
        FieldDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(2048)), lastLayerOnly: false, 5);
        (Machine machine, object device) = Start(board, factory, new EmulatedFlash(2048), lastLayerOnly: false, 5);
        float[] absurd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f, -3e38f, 1e20f, 1e6f, 0f];
        SeededRandom random = new(3);
        HashSet<int> results = [];
        for (int i = 0; i < 120; i++)
        {
            float[] sample = [.. Enumerable.Range(0, 4).Select(_ => random.NextSymmetric(2f))];
            int label = Rule([sample[0] * 1.3f, sample[1] + 0.3f, sample[2], sample[3]]);
            desktop.AddWindow(sample, label, i / 2);
            machine.Invoke(Device, "AddWindow", device, sample, label, i / 2);
            float[] reading = [sample[0], absurd[i % absurd.Length], sample[2], absurd[i / absurd.Length % absurd.Length]];
            bool taken = desktop.Observe(reading);
            Assert.Equal(reading.All(float.IsFinite), taken);
            Assert.Equal(taken, machine.Invoke(Device, "Observe", device, reading));
            Assert.Equal(desktop.Drift(), machine.Invoke(Device, "Drift", device));
            if (i % 10 == 9)
            {
                int result = desktop.Adapt(20);
                results.Add(result);
                Assert.Equal(result, machine.Invoke(Device, "Adapt", device, 20));
                Assert.Equal(desktop.WeightsCrc(), machine.Invoke(Device, "WeightsCrc", device));
            }
        }

        Assert.InRange(desktop.Drift(), 0.1f, 5.13f);
        Assert.Contains((int)AdaptResult.Kept, results);
    }

    [Fact]
    public void Adding_adapting_saving_and_observing_allocate_nothing()
    {
        (Machine machine, object device) =
            Start("esp32", SlotStoreTests.Factory([33, 20, 10, 4]), new EmulatedFlash(8192), lastLayerOnly: false, 1);
        float[] sample = new float[33];
        machine.Place(sample);
        void Round()
        {
            for (int label = 0; label < 4; label++)
            {
                sample[label]++;
                machine.Invoke(Device, "Add", device, sample, label);
                machine.Invoke(Device, "AddWindow", device, sample, label, 7);
            }

            machine.Invoke(Device, "Adapt", device, 3);
            machine.Invoke(Device, "Save", device);
            machine.Invoke(Device, "Drift", device);
        }

        Round();
        long before = machine.Allocated;
        for (int i = 0; i < 10; i++)
        {
            Round();
        }

        Assert.Equal(0, machine.Allocated - before);
    }

    /// <summary>A thousand, or as many as TINY_CYCLES says.</summary>
    [Fact]
    public void Cycles_with_random_cuts_lose_nothing() =>
        Cycles(int.Parse(Environment.GetEnvironmentVariable("TINY_CYCLES") ?? "1000", CultureInfo.InvariantCulture));

    /// <summary>Adapts, saves and restarts again and again, the power cut at random in two of three saves.</summary>
    private static void Cycles(int count)
    {
        byte[] factory = SlotStoreTests.Factory([4, 16, 3]);
        EmulatedFlash flash = new(1024, sector: 32, seed: 9);
        Random random = new(4);
        (Machine machine, object device) = Start("esp32", factory, flash, lastLayerOnly: true, 1);
        int saved = (int)machine.Invoke(Device, "WeightsCrc", device)!;
        int generation = 0;
        int cuts = 0;
        long heap = 0;
        for (int cycle = 0; cycle < count; cycle++)
        {
            for (int label = 0; label < 3; label++)
            {
                float[] sample = [label, random.NextSingle(), -label, random.NextSingle()];
                machine.Invoke(Device, "Add", device, sample, label);
            }

            machine.Invoke(Device, "Adapt", device, 3);
            int learned = (int)machine.Invoke(Device, "WeightsCrc", device)!;
            bool isCut = random.Next(3) > 0;
            flash.CutAfter(isCut ? random.Next(400) : long.MaxValue);
            try
            {
                Assert.Equal((int)SaveResultSaved, machine.Invoke(Device, "Save", device));
                Assert.Equal(generation + 1, machine.Invoke(Device, "Generation", device));
            }
            catch (PowerCutException)
            {
                cuts++;
            }

            // Power comes back: the program starts anew, the flash is as the cut left it.
            flash.PowerUp();
            machine.Release(device);
            if (cycle % CyclesOfMachine == CyclesOfMachine - 1)
            {
                // The emulator takes a program that runs for hours for one that hangs.
                (machine, device) = Start("esp32", factory, flash, lastLayerOnly: true, cycle);
            }
            else
            {
                device = Boot(machine, factory, lastLayerOnly: true, cycle);
            }

            int loaded = (int)machine.Invoke(Device, "WeightsCrc", device)!;
            int now = (int)machine.Invoke(Device, "Generation", device)!;
            Assert.True((loaded == learned && now == generation + 1) || (loaded == saved && now == generation),
                $"cycle {cycle}: {loaded:X8} of generation {now}");
            saved = loaded;
            generation = now;
            heap = heap == 0 ? machine.HeapLive : heap;
            Assert.Equal(heap, machine.HeapLive);
        }

        Assert.InRange(cuts, count / 3, count);
        Assert.InRange(generation, count / 4, count);
    }

    private static int Rule(float[] sample) => sample[0] > sample[1] ? 0 : sample[2] > 0f ? 1 : 2;

    private static int SaveResultSaved => (int)SaveResult.Saved;

    private static (Machine Machine, object Device) Start(string board, byte[] factory, EmulatedFlash flash, bool lastLayerOnly, int seed)
    {
        Machine machine = new(BoardProfile.Load(board), Program, TextWriter.Null) { Flash = flash };
        machine.Start();
        machine.Place(factory);
        return (machine, Boot(machine, factory, lastLayerOnly, seed));
    }

    private static object Boot(Machine machine, byte[] factory, bool lastLayerOnly, int seed)
    {
        object storage = machine.Invoke("Tiny.Emulator.Flash.EmulatorFlash", ".ctor")!;
        object device = machine.Invoke(Device, ".ctor", factory, storage, lastLayerOnly, seed)!;
        machine.Keep(device);
        return device;
    }
}
