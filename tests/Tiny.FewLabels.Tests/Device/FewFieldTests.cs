using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Flash;
using Tiny.FewField;
using Tiny.Learning;
using Xunit.Abstractions;

namespace Tiny.FewLabels.Tests.Device;

/// <summary>Class means in the emulator: the same bits as on the desktop, no heap beyond construction, and what they cost.</summary>
public class FewFieldTests(ITestOutputHelper output)
{
    private const string Device = "Tiny.FewField.FewFieldDevice";
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "FewFieldProgram.dll"));

    [Fact]
    public void The_assemblies_pass_the_dialect_gate()
    {
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "Tiny.FewLabels.dll"))));
        Assert.Empty(DialectGate.Check(Program));
    }

    [Theory]
    [InlineData("stm32f4")]
    [InlineData("esp32")]
    [InlineData("rp2040")]
    [InlineData("stm32f091")]
    public void Learning_answering_and_saving_come_to_the_same_on_every_board_and_on_the_desktop(string board)
    {
        byte[] factory = Models.OfClusters(6, 9, 3);
        FewFieldDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(2048)), 5);
        (Machine machine, object device) = Start(board, factory, new EmulatedFlash(2048), 5);
        Assert.Equal(desktop.AddClass(), machine.Invoke(Device, "AddClass", device));
        SeededRandom random = new(3);
        float[] absurd = [float.NaN, float.PositiveInfinity, 3e38f, -3e38f, 1e20f, 1e6f];
        HashSet<int> answers = [];
        bool trusted = false;
        for (int i = 0; i < 60; i++)
        {
            int label = i % 4;
            float[] sample = Models.Sample(6, label, random, moved: 0.5f);
            if (i == 50)
            {
                desktop.RemoveClass(1);
                machine.Invoke(Device, "RemoveClass", device, 1);
            }

            int answer = desktop.Classify(sample);
            answers.Add(answer);
            Assert.Equal(answer, machine.Invoke(Device, "Classify", device, sample));
            Assert.Equal(desktop.Novelty(), machine.Invoke(Device, "Novelty", device));
            if (label != 1 || i < 50)
            {
                sample[2] = i % 9 == 8 ? absurd[i / 9 % 6] : sample[2];
                bool? learned = Try(() => desktop.Add(sample, label));
                Assert.Equal(learned, Try(() => (bool)machine.Invoke(Device, "Add", device, sample, label)!));
            }

            Assert.Equal(desktop.StateCrc(), machine.Invoke(Device, "StateCrc", device));
            Assert.Equal(desktop.IsTrusted(), machine.Invoke(Device, "IsTrusted", device));
            trusted |= desktop.IsTrusted();
            Assert.Equal(desktop.Save(), machine.Invoke(Device, "Save", device));
        }

        Assert.True(trusted);
        Assert.Equal([0, 1, 2, 3], answers.Order());
        Assert.Equal(60, desktop.Generation());
    }

    [Fact]
    public void Answering_learning_adding_classes_and_saving_allocate_nothing()
    {
        byte[] factory = Models.OfClusters(6, 9, 3);
        (Machine machine, object device) = Start("esp32", factory, new EmulatedFlash(2048), 5);
        float[] sample = new float[6];
        machine.Place(sample);
        void Round()
        {
            object? added = machine.Invoke(Device, "AddClass", device);
            for (int label = 0; label < 4; label++)
            {
                sample[label]++;
                machine.Invoke(Device, "Add", device, sample, label);
                machine.Invoke(Device, "Learn", device, sample, label);
                machine.Invoke(Device, "Classify", device, sample);
                machine.Invoke(Device, "Novelty", device);
            }

            machine.Invoke(Device, "RemoveClass", device, added!);
            machine.Invoke(Device, "Save", device);
        }

        Round();
        long before = machine.Allocated;
        for (int i = 0; i < 5; i++)
        {
            Round();
        }

        Assert.Equal(0, machine.Allocated - before);
    }

    /// <summary>An answer costs at most 1.15 of the network's own, learning an example at most 1.2.</summary>
    [Theory]
    [InlineData(15, 16, 4)]
    [InlineData(15, 16, 5)]
    [InlineData(64, 32, 10)]
    [InlineData(33, 20, 4)]
    public void An_answer_and_an_example_cost_little_more_than_the_network(int inputs, int hidden, int classes)
    {
        byte[] factory = Models.OfClusters(inputs, hidden, classes);
        (Machine machine, object device) = Start("stm32f4", factory, new EmulatedFlash(32768), classes);
        SeededRandom random = new(5);
        for (int i = 0; i < 6 * classes; i++)
        {
            machine.Invoke(Device, "Add", device, Models.Sample(inputs, i % classes, random, moved: 0.3f), i % classes);
        }

        Assert.Equal(true, machine.Invoke(Device, "IsTrusted", device));
        const int Samples = 20;
        long predict = 0;
        long classify = 0;
        long learn = 0;
        long after = 0;
        long add = 0;
        for (int i = 0; i < Samples; i++)
        {
            float[] sample = Models.Sample(inputs, i % classes, random, moved: 0.3f);
            predict += Counted(machine, () => machine.Invoke(Device, "Predict", device, sample));
            learn += Counted(machine, () => machine.Invoke(Device, "Learn", device, sample, i % classes));
            after += Counted(machine, () => machine.Invoke(Device, "Classify", device, sample));
            classify += Counted(machine, () => machine.Invoke(Device, "Classify", device, sample));
            add += Counted(machine, () => machine.Invoke(Device, "Add", device, sample, i % classes));
            machine.Invoke(Device, "Classify", device, sample);
        }

        double unit = predict;
        output.WriteLine(FormattableString.Invariant(
            $"{inputs}-{hidden}-{classes}: predict {predict / Samples}, answer {classify / unit:0.000}, learn {learn / unit:0.000}, ")
            + FormattableString.Invariant($"answer behind it {after / unit:0.000}, judge and learn {add / unit:0.000}"));
        Assert.InRange(classify / unit, 0.8, 1.15);
        Assert.InRange(learn / unit, 0.5, 1.2);
    }

    /// <summary>
    /// The power fails at every byte and every call of a save: what is loaded is what was saved before, or what was being saved.
    /// </summary>
    [Fact]
    public void A_cut_at_every_byte_of_a_save_leaves_the_state_before_or_after()
    {
        byte[] factory = Models.OfClusters(3, 4, 2);
        SeededRandom random = new(7);
        PowerCuts.LeaveTheStateBeforeOrAfter(
            flash => new FewFieldDevice(factory, new FlashStorage(flash), 3),
            device =>
            {
                random = new SeededRandom(7);
                device.AddClass();
                device.Add(Models.Sample(3, 2, random), 2);
            },
            device => device.Add(Models.Sample(3, 0, random), 0),
            device => device.Save(),
            device => device.StateCrc(),
            leastCuts: 100);
    }

    private static bool? Try(Func<bool> call)
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

    private static (Machine Machine, object Device) Start(string board, byte[] factory, EmulatedFlash flash, int capacity)
    {
        Machine machine = new(BoardProfile.Load(board), Program, TextWriter.Null) { Flash = flash };
        machine.Start();
        machine.Place(factory);
        object storage = machine.Invoke("Tiny.Emulator.Flash.EmulatorFlash", ".ctor")!;
        object device = machine.Invoke(Device, ".ctor", factory, storage, capacity)!;
        machine.Keep(device);
        return (machine, device);
    }
}
