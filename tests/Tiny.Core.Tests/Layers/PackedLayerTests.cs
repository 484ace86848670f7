using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Layers;

/// <summary>Packed layers against plain whole-number arithmetic, at every width and at the extremes of every lane.</summary>
public class PackedLayerTests
{
    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        foreach (int width in Enumerable.Range(1, 70).Concat([112, 127, 128, 129, 196, 300, 784]))
        {
            foreach (string kind in new[] { "random", "highest", "lowest", "alternating" })
            {
                cases.Add(width, kind);
            }
        }

        return cases;
    }

    /// <summary>The first layer alone: 1 to 7 rows, so that every lane is the last one and the only one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_first_layer_sums_as_plain_arithmetic_does(int inputs, string kind)
    {
        for (int rows = 1; rows <= 7; rows += 2)
        {
            PlainInt8 plain = PlainInt8.Draw(inputs, rows, kind, largestInput: 128);
            Network network = Make(inputs, [rows], [plain.Section(last: true)], [Activation.Linear]);
            byte[] levels = plain.Levels(kind);
            float[] outputs = new float[rows];
            network.PredictLevels(levels, outputs);
            Assert.Equal(plain.Sums([.. levels.Select(level => level - 128)]).Select(sum => sum * 0.5f), outputs);

            float[] fromFloats = new float[rows];
            network.Predict([.. levels.Select(level => (float)level)], fromFloats);
            Assert.Equal(outputs, fromFloats);
        }
    }

    /// <summary>A layer behind it: ReLU, shift and saturation in the lanes, then three inputs to a long.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_second_layer_sums_as_plain_arithmetic_does(int hidden, string kind)
    {
        PlainInt8 first = PlainInt8.Draw(5, hidden, kind == "highest" ? "highest" : "random", largestInput: 128);
        PlainInt8 second = PlainInt8.Draw(hidden, 4, kind, largestInput: 127);
        foreach (int shift in new[] { 0, 3, 6, 13 })
        {
            Network network = Make(5, [hidden, 4], [first.Section(last: false, shift), second.Section(last: true)],
                [Activation.Relu, Activation.Linear]);
            byte[] levels = first.Levels(kind);
            float[] outputs = new float[4];
            network.PredictLevels(levels, outputs);
            int[] digits = [.. first.Sums([.. levels.Select(level => level - 128)]).Select(sum => Math.Clamp(sum >> shift, 0, 127))];
            Assert.Equal(second.Sums(digits).Select(sum => sum * 0.5f), outputs);
        }
    }

    /// <summary>A table takes sums of any activation to digits of either sign; three layers, so that digits leave sums too.</summary>
    [Theory]
    [InlineData(Activation.Tanh, 20)]
    [InlineData(Activation.Sigmoid, 7)]
    [InlineData(Activation.LeakyRelu, 66)]
    [InlineData(Activation.Swish, 3)]
    public void Tables_and_three_layers_are_as_plain_arithmetic(Activation activation, int hidden)
    {
        PlainInt8 first = PlainInt8.Draw(9, hidden, "random", largestInput: 128);
        PlainInt8 second = PlainInt8.Draw(hidden, 11, "random", largestInput: 127);
        PlainInt8 third = PlainInt8.Draw(11, 2, "random", largestInput: 127);
        const float sumStep = 0.03f;
        const float digitStep = 0.01f;
        Network network = Make(9, [hidden, 11, 2],
            [first.TableSection(7, sumStep, digitStep), second.Section(last: false, shift: 9), third.Section(last: true)],
            [activation, Activation.Relu, Activation.Linear]);
        byte[] levels = first.Levels("random");
        float[] outputs = new float[2];
        network.PredictLevels(levels, outputs);
        int[] digits = [.. first.Sums([.. levels.Select(level => level - 128)]).Select(sum => Digit(sum >> 7))];
        int[] next = [.. second.Sums(digits).Select(sum => Math.Clamp(sum >> 9, 0, 127))];
        Assert.Equal(third.Sums(next).Select(sum => sum * 0.5f), outputs);
        Assert.Contains(digits, digit => digit is not 0 and not 127 and not -127);

        int Digit(int step)
        {
            float[] value = [Math.Clamp(step, -128, 127) * sumStep];
            SigmoidTable.Prepare();
            ActivationFunction.Forward(value, activation, DenseInitializer.DefaultParameter(activation), 1);
            return (int)Math.Clamp(MathF.Round(value[0] / digitStep, MidpointRounding.AwayFromZero), -127, 127);
        }
    }

    [Fact]
    public void Inputs_outside_the_levels_are_held_infinities_too_and_NaN_is_refused()
    {
        foreach (int inputs in new[] { 4, 33, 150 })
        {
            PlainInt8 plain = PlainInt8.Draw(inputs, 3, "random", largestInput: 128);
            Network network = Make(inputs, [3], [plain.Section(last: true)], [Activation.Linear]);
            float[] outputs = new float[3];
            foreach ((float value, int level) in new[] { (-0.6f, 0), (-1e30f, 0), (255.6f, 255), (1e30f, 255), (float.MaxValue, 255),
                (float.PositiveInfinity, 255), (float.NegativeInfinity, 0), (12.4f, 12), (12.6f, 13) })
            {
                float[] sample = [.. Enumerable.Repeat(100f, inputs)];
                sample[inputs - 1] = value;
                network.Predict(sample, outputs);
                int[] centered = [.. Enumerable.Repeat(-28, inputs)];
                centered[inputs - 1] = level - 128;
                Assert.Equal(plain.Sums(centered).Select(sum => sum * 0.5f), outputs);
            }

            float[] bad = new float[inputs];
            bad[0] = float.NaN;
            float[] kept = [.. outputs];
            Assert.Throws<ArgumentException>(() => network.Predict(bad, outputs));
            Assert.Equal(kept, outputs);
        }
    }

    [Fact]
    public void A_saved_int8_model_loads_with_the_same_bytes()
    {
        PlainInt8 first = PlainInt8.Draw(150, 8, "random", largestInput: 128);
        PlainInt8 second = PlainInt8.Draw(8, 3, "random", largestInput: 127);
        byte[] blob = Blob(150, [8, 3], [first.Section(last: false, 5), second.Section(last: true)], [Activation.Relu, Activation.Linear]);
        Network network = Network.FromBlob(blob);
        Assert.Equal(blob, BlobWriter.ToArray(network));
        Assert.Equal(first.Weights[7][149], network.GetLayer(0).GetWeight(7, 149));
        Assert.Equal(first.Biases[3], network.GetLayer(0).GetBias(3));
        Assert.Equal(second.Biases[2] * 0.5f, network.GetLayer(1).GetBias(2));
        Assert.Throws<InvalidOperationException>(() => network.GetLayer(0).SetWeight(0, 0, 1f));
        Assert.Throws<ArgumentException>(() => new SgdLearner(network));
        BlobReader reader = new();
        Assert.Equal(BlobError.None, network.TryLoad(reader, blob, 0, blob.Length));
        Assert.Equal(BlobError.LayersDifferFromNetwork,
            Make(150, [9, 3], [PlainInt8.Draw(150, 9, "random", 128).Section(last: false),
                PlainInt8.Draw(9, 3, "random", 127).Section(last: true)], [Activation.Relu, Activation.Linear])
            .TryLoad(reader, blob, 0, blob.Length));
    }

    /// <summary>What could leave a lane is refused at load: the largest sum that fits passes, one more does not.</summary>
    [Fact]
    public void Sums_that_could_leave_their_bits_are_refused()
    {
        PlainInt8 plain = PlainInt8.Draw(64, 3, "highest", largestInput: 128);
        Array.Fill(plain.Weights[1], 127);
        plain.Biases[1] = (1 << 20) - 1 - 64 * 127 * 128;
        Network.FromBlob(Largest());
        plain.Biases[1]++;
        Assert.Equal(BlobError.SumOutOfRange, Assert.Throws<BlobException>(() => Network.FromBlob(Largest())).Error);
        plain.Biases[1] = 0;
        plain.Weights[2][3] = -128;
        Assert.Equal(BlobError.SumOutOfRange, Assert.Throws<BlobException>(() => Network.FromBlob(Largest())).Error);

        PlainInt8 relu = PlainInt8.Draw(4, 3, "random", largestInput: 128);
        PlainInt8 next = PlainInt8.Draw(3, 2, "random", largestInput: 127);
        byte[] shifted = Blob(4, [3, 2], [relu.Section(last: false, 14), next.Section(last: true)], [Activation.Relu, Activation.Linear]);
        Assert.Equal(BlobError.ShiftOutOfRange, Assert.Throws<BlobException>(() => Network.FromBlob(shifted)).Error);

        byte[] Largest() => Blob(64, [3], [plain.Section(last: true)], [Activation.Linear]);
    }

    [Fact]
    public void Predicting_allocates_nothing()
    {
        PlainInt8 first = PlainInt8.Draw(300, 8, "highest", largestInput: 128);
        PlainInt8 second = PlainInt8.Draw(8, 3, "random", largestInput: 127);
        Network network = Make(300, [8, 3], [first.Section(last: false, 5), second.Section(last: true)],
            [Activation.Relu, Activation.Linear]);
        float[] sample = new float[300];
        sample[5] = 1e9f;
        byte[] levels = new byte[300];
        float[] outputs = new float[3];
        network.Predict(sample, outputs);
        network.PredictLevels(levels, outputs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            network.Predict(sample, outputs);
            network.PredictLevels(levels, outputs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Levels are the inputs themselves: scale 1, offset -256.5.</summary>
    private static byte[] Blob(int inputs, int[] rows, byte[][] sections, Activation[] activations)
    {
        PlanBuilder plan = new(inputs, NetworkTask.Regression, Loss.MeanSquaredError)
        {
            InputForm = InputForm.Levels,
            Normalization = [1f, -256.5f]
        };
        for (int i = 0; i < rows.Length; i++)
        {
            plan.AddInt8(rows[i], activations[i], DenseInitializer.DefaultParameter(activations[i]), last: i == rows.Length - 1);
        }

        byte[] blob = [.. plan.ToBytes(), .. sections.SelectMany(section => section)];
        BlobWriter.Seal(blob, 0, blob.Length);
        return blob;
    }

    private static Network Make(int inputs, int[] rows, byte[][] sections, Activation[] activations) =>
        Network.FromBlob(Blob(inputs, rows, sections, activations));
}
