using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Flash;
using Tiny.Learning;
using Tiny.Pump;
using Tiny.Training;
using Tiny.Training.Anomaly;
using Tiny.Training.Data;
using Xunit.Abstractions;

namespace Tiny.Anomaly.Tests.Device;

/// <summary>Detectors in the emulator: the same bits as on the desktop, no heap beyond construction, and what they cost.</summary>
public class PumpTests(ITestOutputHelper output)
{
    private const string Device = "Tiny.Pump.PumpDevice";
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "PumpProgram.dll"));

    public static TheoryData<string, int, bool> Detectors()
    {
        TheoryData<string, int, bool> all = [];
        foreach (string board in new[] { "stm32f4", "esp32", "rp2040", "stm32f091" })
        {
            all.Add(board, 1, false);
            all.Add(board, 3, false);
            all.Add(board, 1, true);
        }

        return all;
    }

    [Fact]
    public void The_assemblies_pass_the_dialect_gate()
    {
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "Tiny.Anomaly.dll"))));
        Assert.Empty(DialectGate.Check(Program));
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Scores_alarms_and_learning_come_to_the_same_on_every_board_and_on_the_desktop(string board, int means, bool autoencoder)
    {
        byte[] factory = Model(5, means, autoencoder);
        PumpDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(4096)), learns: true);
        (Machine machine, object device) = Start(board, factory, new EmulatedFlash(4096), learns: true);
        desktop.Remember(20);
        machine.Invoke(Device, "Remember", device, 20);
        SeededRandom random = new(3);
        float[] absurd = [float.NaN, float.PositiveInfinity, 3e38f, -3e38f, 1e20f, 1e6f];
        HashSet<bool> alarms = [];
        for (int i = 0; i < 60; i++)
        {
            float[] sample = Sample(5, random, i is > 30 and < 40 ? 3f : 0.1f);
            if (i < 5)
            {
                Assert.Equal(desktop.Teach(sample), machine.Invoke(Device, "Teach", device, sample));
            }

            sample[2] = i % 10 == 9 ? absurd[i / 10 % 6] : sample[2];
            bool? alarm = Try(() => desktop.Observe(sample));
            Assert.Equal(alarm, Try(() => (bool)machine.Invoke(Device, "Observe", device, sample)!));
            alarms.Add(alarm ?? false);
            Assert.Equal(Try(() => desktop.Score(sample)), Try(() => (float)machine.Invoke(Device, "Score", device, sample)!));
            Assert.Equal(Try(() => desktop.Contribution(sample, 1)),
                Try(() => (float)machine.Invoke(Device, "Contribution", device, sample, 1)!));
            Assert.Equal(desktop.Smoothed(), machine.Invoke(Device, "Smoothed", device));
            Assert.Equal(desktop.StateCrc(), machine.Invoke(Device, "StateCrc", device));
            if (i == 45)
            {
                desktop.Reset();
                machine.Invoke(Device, "Reset", device);
            }

            Assert.Equal(desktop.Save(), machine.Invoke(Device, "Save", device));
        }

        Assert.Equal(2, alarms.Count);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    public void Observing_teaching_and_saving_allocate_nothing(int means, bool autoencoder)
    {
        byte[] factory = Model(5, means, autoencoder);
        (Machine machine, object device) = Start("esp32", factory, new EmulatedFlash(4096), learns: true);
        machine.Invoke(Device, "Remember", device, 20);
        float[] sample = new float[5];
        machine.Place(sample);
        void Round()
        {
            sample[1] += 0.1f;
            machine.Invoke(Device, "Teach", device, sample);
            machine.Invoke(Device, "Observe", device, sample);
            machine.Invoke(Device, "Contribution", device, sample, 1);
            machine.Invoke(Device, "Save", device);
            machine.Invoke(Device, "RestoreFactory", device);
        }

        Round();
        long before = machine.Allocated;
        for (int i = 0; i < 5; i++)
        {
            Round();
        }

        Assert.Equal(0, machine.Allocated - before);
    }

    /// <summary>A score of 15 features costs at most 25,000 instructions on a Cortex-M4F.</summary>
    [Fact]
    public void A_score_costs_little()
    {
        byte[] factory = Model(15, 1, autoencoder: false);
        (Machine machine, object device) = Start("stm32f4", factory, new EmulatedFlash(4096), learns: true);
        float[] sample = Sample(15, new SeededRandom(1), 0.1f);
        long score = Counted(machine, () => machine.Invoke(Device, "Score", device, sample));
        long observe = Counted(machine, () => machine.Invoke(Device, "Observe", device, sample));
        machine.Invoke(Device, "Remember", device, 100);
        long learn = Counted(machine, () => machine.Invoke(Device, "Observe", device, sample));
        output.WriteLine($"15 features, one mean: score {score}, observe {observe}, observe and learn {learn}");
        Assert.InRange(score, 10_000, 25_000);
        Assert.InRange(observe, score, 31_000);
        Assert.True(learn > observe);
    }

    [Fact]
    public void A_cut_at_every_byte_of_a_save_leaves_the_state_before_or_after()
    {
        byte[] factory = Model(3, 2, autoencoder: false);
        SeededRandom random = new(7);
        PowerCuts.LeaveTheStateBeforeOrAfter(
            flash => new PumpDevice(factory, new FlashStorage(flash), learns: true),
            device =>
            {
                random = new SeededRandom(7);
                Assert.True(device.Teach(Sample(3, random, 0.5f)));
            },
            device => Assert.True(device.Teach(Sample(3, random, 0.5f))),
            device => device.Save(),
            device => device.StateCrc(),
            leastCuts: 59);
    }

    internal static byte[] Model(int inputs, int means, bool autoencoder)
    {
        SeededRandom random = new(1);
        Dataset data = Dataset.ForClassification(
            [.. Enumerable.Range(0, 200).SelectMany(_ => Sample(inputs, random, 0f))], DataColumns.Unnamed(inputs, shareUnit: false),
                new int[200], ["normal"]);
        TrainingOptions training = new() { HiddenLayers = [4, 2], Epochs = 20 };
        return AnomalyTrainer.Train(data, [], new AnomalyOptions { Means = means, IsAutoencoder = autoencoder, Training = training }).Blob;
    }

    /// <summary>Two modes, a plane in which the inputs lie, and how far off it.</summary>
    internal static float[] Sample(int inputs, SeededRandom random, float moved)
    {
        float along = random.NextSymmetric(1f) + (random.NextFloat() < 0.5f ? -2f : 2f);
        return [.. Enumerable.Range(0, inputs).Select(i => along * (i % 3 - 1) + random.NextSymmetric(0.3f) + (i == 1 ? moved : 0f) + 10f)];
    }

    private static T? Try<T>(Func<T> call)
        where T : struct
    {
        try
        {
            return call();
        }
        catch (Exception error) when (error is ArgumentException or DeviceProgramException)
        {
            return null;
        }
    }

    private static long Counted(Machine machine, Action call)
    {
        long before = machine.Instructions;
        call();
        return machine.Instructions - before;
    }

    private static (Machine Machine, object Device) Start(string board, byte[] factory, EmulatedFlash flash, bool learns)
    {
        Machine machine = new(BoardProfile.Load(board), Program, TextWriter.Null) { Flash = flash };
        machine.Start();
        machine.Place(factory);
        object storage = machine.Invoke("Tiny.Emulator.Flash.EmulatorFlash", ".ctor")!;
        object device = machine.Invoke(Device, ".ctor", factory, storage, learns)!;
        machine.Keep(device);
        return (machine, device);
    }
}
