using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Features;
using Tiny.Features.Running;

namespace Tiny.Streaming.Tests;

/// <summary>Running features against those of whole windows, to the bit.</summary>
public class RunningFeatureTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    public void Extremes_have_the_bits_of_the_windows(int window)
    {
        FeaturePipeline pipeline = new(Windows.Describe(window, 1, FeatureKinds.Minimum | FeatureKinds.Maximum));
        RunningExtremes extremes = new(window);
        Random random = new(window);
        float[] features = new float[2];
        for (int i = 0; i < 2000; i++)
        {
            // Equal values, zeros of both signs, slopes up and down.
            float sample = (i / 100 % 3) switch { 0 => random.Next(-2, 3) * 0.5f * (random.Next(2) == 0 ? -1 : 1), 1 => i, _ => -i };
            extremes.Add(sample);
            if (pipeline.Add([sample]))
            {
                pipeline.Compute(features);
                Assert.Equal(features.Select(BitConverter.SingleToInt32Bits),
                    new[] { extremes.Least, extremes.Greatest }.Select(BitConverter.SingleToInt32Bits));
            }

            Assert.Equal(i >= window - 1, extremes.IsFull);
        }
    }

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(200, 32768)]
    [InlineData(4000, 4095)]
    public void Means_of_whole_numbers_have_the_bits_of_the_windows(int window, int largest)
    {
        FeaturePipeline pipeline = new(Windows.Describe(window, 1, FeatureKinds.Mean));
        RunningMean mean = new(window, largest);
        Random random = new(window);
        float[] features = new float[1];
        int compared = 0;
        for (int i = 0; i < window + 300; i++)
        {
            int sample = random.Next(-largest, largest + 1);
            mean.Add(sample);
            if (pipeline.Add([sample]))
            {
                pipeline.Compute(features);
                Assert.Equal(BitConverter.SingleToInt32Bits(features[0]), BitConverter.SingleToInt32Bits(mean.Mean));
                compared++;
            }
        }

        Assert.Equal(301, compared);
    }

    [Fact]
    public void What_would_not_be_exact_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningMean(4000, 4195));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningMean(10, 100).Add(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningExtremes(0));
        RunningExtremes extremes = new(3);
        Assert.Throws<InvalidOperationException>(() => extremes.Least);
        extremes.Add(2f);
        Assert.Throws<ArgumentException>(() => extremes.Add(float.NaN));
        Assert.Equal((2f, 2f), (extremes.Least, extremes.Greatest));
        extremes.Reset();
        extremes.Add(-1f);
        Assert.Equal((-1f, -1f), (extremes.Least, extremes.Greatest));
    }

    [Fact]
    public void A_sample_costs_a_board_as_much_however_long_the_window()
    {
        Assert.Empty(DialectGate.Check(DeviceProgram.Load(Path.Combine(DeviceProgram.LibraryFolder, "Tiny.Features.Running.dll"))));
        (long shorter, float[] few) = OnBoard(20);
        (long longer, float[] many) = OnBoard(1000);
        Assert.InRange((double)longer / shorter, 0.9, 1.1);
        Assert.Equal(Expected(20), few);
        Assert.Equal(Expected(1000), many);
    }

    private static (long Instructions, float[] Extremes) OnBoard(int window)
    {
        const string type = "Tiny.Features.Running.RunningExtremes";
        Machine machine = new(BoardProfile.Load("stm32f4") with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        object extremes = machine.Invoke("Tiny.Emulator.Library.Library", "Extremes", window)!;
        machine.Keep(extremes);
        long before = machine.Instructions;
        foreach (float sample in Wave())
        {
            machine.Invoke(type, "Add", extremes, sample);
        }

        return (machine.Instructions - before,
            [(float)machine.Invoke(type, "get_Least", extremes)!, (float)machine.Invoke(type, "get_Greatest", extremes)!]);
    }

    private static float[] Expected(int window) => [Wave().TakeLast(window).Min(), Wave().TakeLast(window).Max()];

    private static float[] Wave()
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, 1200).Select(_ => (float)random.NextDouble())];
    }
}
