using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Flash;
using Tiny.Field;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests.Device;

/// <summary>A corrected regression in the emulator: the same bits as on the desktop, and no heap beyond construction.</summary>
public class RegressionFieldTests
{
    private const string Device = "Tiny.Field.RegressionDevice";
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "programs", "FieldProgram.dll"));

    [Theory]
    [InlineData("stm32f4")]
    [InlineData("esp32")]
    [InlineData("rp2040")]
    [InlineData("stm32f091")]
    public void Corrections_come_to_the_same_on_every_board_and_allocate_nothing(string board)
    {
        byte[] factory = Factory();
        RegressionDevice desktop = new(factory, new FlashStorage(new EmulatedFlash(2048)));
        Machine machine = new(BoardProfile.Load(board), Program, TextWriter.Null) { Flash = new EmulatedFlash(2048) };
        machine.Start();
        machine.Place(factory);
        object device = machine.Invoke(Device, ".ctor", factory, machine.Invoke("Tiny.Emulator.Flash.EmulatorFlash", ".ctor")!)!;
        machine.Keep(device);
        SeededRandom random = new(3);
        HashSet<int> results = [];
        for (int i = 0; i < 60; i++)
        {
            float[] sample = [random.NextSymmetric(1f), random.NextSymmetric(1f)];
            float value = 1.3f * (sample[0] - sample[1]) + 0.5f + (i > 30 ? sample[0] * sample[0] : 0f);
            desktop.Add(sample, value);
            machine.Place(sample);
            long before = machine.Allocated;
            machine.Invoke(Device, "Add", device, sample, value);
            if (i % 6 == 5)
            {
                int result = desktop.Adapt(10);
                results.Add(result);
                Assert.Equal(result, machine.Invoke(Device, "Adapt", device, 10));
                Assert.Equal(desktop.Save(), machine.Invoke(Device, "Save", device));
            }

            Assert.Equal(desktop.Predict(sample), machine.Invoke(Device, "Predict", device, sample));
            Assert.InRange(machine.Allocated - before, 0, i < 30 ? 1000 : 0);
            machine.Release(sample);
        }

        Assert.Contains((int)AdaptResult.Kept, results);
    }

    /// <summary>The power fails at every byte and every call of a save.</summary>
    [Fact]
    public void A_cut_at_every_byte_of_a_save_leaves_the_correction_before_or_after()
    {
        byte[] factory = Factory();
        PowerCuts.LeaveTheStateBeforeOrAfter(
            flash => new RegressionDevice(factory, new FlashStorage(flash)),
            device => Assert.Equal((int)AdaptResult.Kept, Drift(device, 1.1f, 2f)),
            device => Assert.Equal((int)AdaptResult.Kept, Drift(device, 1.1f, 3f)),
            device => device.Save(),
            device => device.Predict([0.3f, -0.6f]),
            leastCuts: 100);
    }

    /// <summary>Examples of a sensor that has drifted, enough to take the place of all before them.</summary>
    private static int Drift(RegressionDevice device, float gain, float offset)
    {
        SeededRandom random = new(5);
        for (int i = 0; i < 60; i++)
        {
            float[] sample = [random.NextSymmetric(1f), random.NextSymmetric(1f)];
            device.Add(sample, gain * (sample[0] - sample[1]) + offset);
        }

        return device.Adapt(0);
    }

    private static byte[] Factory()
    {
        Network network = new PlanBuilder(2, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(6, Activation.Relu)
            .AddDense(1, Activation.Linear).ToNetwork();
        Initializers.Draw(network, 1);
        SgdLearner learner = new(network) { LearningRate = 0.02f };
        SeededRandom random = new(1);
        for (int i = 0; i < 5000; i++)
        {
            float[] sample = [random.NextSymmetric(1f), random.NextSymmetric(1f)];
            learner.Learn(sample, [sample[0] - sample[1]]);
        }

        return BlobWriter.ToArray(network);
    }
}
