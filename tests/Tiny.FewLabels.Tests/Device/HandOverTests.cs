using Tiny.Adaptation;
using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Flash;
using Tiny.FewField;
using Tiny.Learning;

namespace Tiny.FewLabels.Tests.Device;

/// <summary>
/// From class means to gradient descent in the emulator: the same bits as on the desktop, no
/// heap beyond construction, nothing lost in a power cut.
/// </summary>
public class HandOverTests
{
    private const string Device = "Tiny.FewField.HandOverDevice";
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "FewFieldProgram.dll"));

    [Fact]
    public void The_assembly_passes_the_dialect_gate() =>
        Assert.Empty(DialectGate.Check(
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "Tiny.FewLabels.Learning.dll"))));

    [Theory]
    [InlineData("stm32f4")]
    [InlineData("esp32")]
    [InlineData("rp2040")]
    public void A_life_comes_to_the_same_on_every_board_and_on_the_desktop_and_allocates_nothing(string board)
    {
        byte[] factory = Models.OfClusters(6, 9, 3);
        HandOverDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(2048)), 4);
        Machine machine = new(BoardProfile.Load(board), Program, TextWriter.Null) { Flash = new EmulatedFlash(2048) };
        machine.Start();
        machine.Place(factory);
        object device = machine.Invoke(Device, ".ctor", factory, machine.Invoke("Tiny.Emulator.Flash.EmulatorFlash", ".ctor")!, 4)!;
        machine.Keep(device);
        SeededRandom random = new(3);
        HashSet<int> results = [];
        bool handedOver = false;
        for (int i = 0; i < 72; i++)
        {
            float[] sample = Models.Sample(6, i % 3, random, moved: 0.6f);
            machine.Place(sample);
            long before = machine.Allocated;
            Assert.Equal(desktop.Classify(sample), machine.Invoke(Device, "Classify", device, sample));
            desktop.Add(sample, i % 3);
            machine.Invoke(Device, "Add", device, sample, i % 3);
            if (i % 6 == 5)
            {
                int result = desktop.Adapt(12);
                results.Add(result);
                Assert.Equal(result, machine.Invoke(Device, "Adapt", device, 12));
                Assert.Equal(desktop.Save(), machine.Invoke(Device, "Save", device));
            }

            handedOver |= desktop.IsHandedOver();
            Assert.Equal(desktop.IsHandedOver(), machine.Invoke(Device, "IsHandedOver", device));
            Assert.Equal(desktop.StateCrc(), machine.Invoke(Device, "StateCrc", device));
            Assert.True(i < 36 || machine.Allocated == before, $"{machine.Allocated - before} bytes at {i}");
            machine.Release(sample);
        }

        Assert.True(handedOver);
        Assert.Contains((int)AdaptResult.TooFewExamples, results);
        Assert.Contains((int)AdaptResult.Kept, results);
    }

    /// <summary>The power fails at every byte and every call of a save behind the hand-over.</summary>
    [Fact]
    public void A_cut_at_every_byte_of_a_save_leaves_the_state_before_or_after()
    {
        byte[] factory = Models.OfClusters(3, 4, 2);
        PowerCuts.LeaveTheStateBeforeOrAfter(
            flash => new HandOverDevice(factory, new FlashStorage(flash), 3),
            device =>
            {
                Grow(device);
                Assert.True(device.IsHandedOver());
            },
            device => Assert.Equal((int)AdaptResult.Kept, device.Adapt(6)),
            device => device.Save(),
            device => device.StateCrc(),
            leastCuts: 100);
    }

    [Fact]
    public void An_added_class_brings_the_means_back()
    {
        byte[] factory = Models.OfClusters(3, 4, 2);
        HandOverDevice device = new(factory, new FlashStorage(new EmulatedFlash(1024)), 3);
        Grow(device);
        Assert.True(device.IsHandedOver());
        int own = device.AddClass();
        SeededRandom random = new(9);
        for (int i = 0; i < 5; i++)
        {
            device.Add(Far(random), own);
        }

        Assert.Equal(own, device.Classify(Far(random)));
        device.RemoveClass(own);
        Assert.InRange(device.Classify(Far(random)), 0, 1);
    }

    private static float[] Far(SeededRandom random) => [-6f + random.NextSymmetric(0.2f), 6f + random.NextSymmetric(0.2f), -6f];

    private static void Grow(HandOverDevice device)
    {
        SeededRandom random = new(7);
        for (int i = 0; i < 24; i++)
        {
            device.Add(Models.Sample(3, i % 2, random, moved: 0.4f), i % 2);
        }

        Assert.Equal((int)AdaptResult.Kept, device.Adapt(12));
    }
}
