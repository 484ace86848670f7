using Tiny.Convolution.Tests.Int8;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Native.Int8;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Whole models by native kernels: the golden blobs, and stacks of int8 convolutions against plain arithmetic.</summary>
public class ModelTests
{
    public static TheoryData<string> Golden => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.tiny")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [CompilerTheory]
    [MemberData(nameof(Golden))]
    public void A_golden_model_answers_and_learns_to_the_same_bits(string name)
    {
        byte[] blob = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".tiny"));
        Network managed = Managed(() => Network.FromBlob(blob));
        Network native = Network.FromBlob(blob);
        SgdLearner[] learners = name.StartsWith("int8") ? [] : [Managed(() => new SgdLearner(managed)), new SgdLearner(native)];
        float[] target = new float[managed.Outputs];
        for (int seed = 0; seed < 40; seed++)
        {
            float[] sample = Draw(managed.Inputs, seed, seed % 4 == 3 ? 1e6f : 1 << (seed % 9));
            Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
            foreach (SgdLearner learner in learners)
            {
                learner.Learn(sample, target);
            }
        }

        float[] parameters = Parameters(managed);
        Assert.Equal(Bits(parameters), Bits(Parameters(native)));
    }

    [CompilerFact]
    public void Stacks_of_every_window_are_as_plain_arithmetic()
    {
        (byte[] Blob, Int8Stack Stack)[] stacks =
        [
            Build(new Int8Stack(7, 6, 3, 5),
                s => s.Conv(10, [3, 3, 2, 1, 1, 1, 1, 1, 1, 1]).Conv(4, [3, 2, 1, 1, 0, 0, 0, 0, 1, 2], Activation.Tanh).Dense(3, false)),
            Build(new Int8Stack(8, 7, 4),
                s => s.Conv(0, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1]).Conv(0, [2, 3, 2, 1, 0, 0, 0, 0, 1, 1], Activation.Sigmoid).Dense(3, true)),
            Build(new Int8Stack(9, 9, 1), s => s.Conv(5, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], pool: 2, largest: 10)
                .Pool([2, 2, 1, 1, 0, 0, 0, 0, 1, 1], true).Dense(3, true)),
            Build(new Int8Stack(6, 6, 2, 9),
                s => s.Pool([3, 3, 2, 2, 1, 1, 1, 1, 1, 1], false).Conv(7, [2, 2, 1, 1, 0, 0, 0, 0, 1, 1]).Dense(3, false)),
            Build(new Int8Stack(9, 5, 3, 7),
                s => s.Conv(0, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], pool: 3).Conv(6, [1, 1, 1, 1, 0, 0, 0, 0, 1, 1], pool: 1).Dense(4, false)),
            .. Enumerable.Range(1, 24).Select(n => Build(new Int8Stack(5, 4, n, n),
                s => s.Conv(1 + n % 7, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1]).Conv(0, [5, 4, 1, 1, 2, 2, 2, 1, 1, 1])
                    .Conv(n, [1, 1, 1, 1, 0, 0, 0, 0, 1, 1], Activation.Elu).Dense(2, n % 2 == 0))),
        ];
        foreach ((byte[] blob, Int8Stack stack) in stacks)
        {
            Network native = Network.FromBlob(blob);
            Network managed = Managed(() => Network.FromBlob(blob));
            Random random = new(blob.Length);
            for (int i = 0; i < 3; i++)
            {
                byte[] levels = new byte[native.Inputs];
                random.NextBytes(levels);
                float[] outputs = new float[native.Outputs];
                native.PredictLevels(levels, outputs);
                Assert.Equal(stack.Expected(levels).Select(sum => sum * 0.001f), outputs);
                Assert.Equal(Bits(outputs), Bits(Answer(managed, [.. levels.Select(level => (float)level)])));
                Assert.Equal(Bits(outputs), Bits(Answer(native, [.. levels.Select(level => (float)level)])));
            }
        }
    }

    /// <summary>
    /// The weights of the blob that a network is made of stay there; of a blob loaded later the array is the caller's again.
    /// </summary>
    [CompilerFact]
    public void A_model_loaded_later_leaves_its_array_to_the_caller()
    {
        Int8Stack stack = new(6, 6, 2, 3, seed: 8);
        byte[] blob = stack.Conv(5, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1]).Dense(3, false);
        byte[] first = new Int8Stack(6, 6, 2, 3, seed: 9).Conv(5, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1]).Dense(3, false);
        byte[] untouched = [.. first];
        Network network = Network.FromBlob(first);
        byte[] levels = [.. Enumerable.Range(0, 72).Select(i => (byte)(3 * i))];
        byte[] slot = [9, 9, .. blob];
        Assert.Equal(BlobError.None, network.TryLoad(new BlobReader(), slot, 2, blob.Length));
        Array.Clear(slot);
        float[] outputs = new float[3];
        network.PredictLevels(levels, outputs);
        Assert.Equal(stack.Expected(levels).Select(sum => sum * 0.001f), outputs);
        Assert.Equal(untouched, first);
        Assert.IsType<NativeFilterLayer>(network.GetLayer(0));
    }

    private static (byte[] Blob, Int8Stack Stack) Build(Int8Stack stack, Func<Int8Stack, byte[]> build) => (build(stack), stack);

    private static float[] Parameters(Network network)
    {
        List<float> all = [];
        for (int i = 0; i < network.LayerCount; i++)
        {
            if (network.GetLayer(i) is Core.Layers.DenseLayer layer)
            {
                float[] some = new float[layer.ParameterCount];
                layer.CopyParameters(some, 0, some.Length);
                all.AddRange(some);
            }
        }

        return [.. all];
    }
}
