using System.Runtime.CompilerServices;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Native.Convolution;
using Tiny.Native.Int8;
using Tiny.Native.Int8.Saving;
using Tiny.Native.Learning;
using Tiny.Native.Recurrence;
using Tiny.Native.Sparse;
using Tiny.Native.Sparse.Int8;
using Tiny.Planning;
using Tiny.Saving;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // kinds are registered for all

namespace Tiny.Native.Tests;

/// <summary>Networks of native kernels and of managed ones, beside each other.</summary>
internal static class NativeKinds
{
    // What a test makes while nothing else is said has native kernels.
#pragma warning disable CA2255 // A test assembly has no other place to begin at.
    [ModuleInitializer]
    internal static void Begin()
    {
        HostCompiler.Resolve(typeof(NativeKinds).Assembly);
        Register();
    }
#pragma warning restore CA2255

    /// <summary>Makes the native kernels those of all networks from now on.</summary>
    internal static void Register()
    {
        Kinds.RegisterAll();
        if (HostCompiler.Missing is null)
        {
            NativeInt8Saving.Register();
            NativeGru.Register();
            NativeFastGrnn.Register();
            NativeConvolutions.Register();
            NativeLearning.Register();
            NativeSparse.Register();
            NativeSparseLevels.Register();
            NativeInt8.Register();
        }
    }

    /// <summary>Makes something with managed kernels.</summary>
    internal static T Managed<T>(Func<T> make)
    {
        Kinds.RegisterAll();
        try
        {
            return make();
        }
        finally
        {
            Register();
        }
    }

    /// <summary>Holds that a native network predicts and learns to the bits of a managed one.</summary>
    internal static void Learned(Func<Network> make, int seed, float decay)
    {
        Network managed = Managed(() => Begun(make, seed));
        Network native = Begun(make, seed);
        SgdLearner one = Managed(() => new SgdLearner(managed) { LearningRate = 0.1f, L2 = decay, ClipNorm = decay * 100 });
        SgdLearner other = new(native) { LearningRate = 0.1f, L2 = decay, ClipNorm = decay * 100 };
        for (int step = 0; step < 12; step++)
        {
            float[] sample = Draw(managed.Inputs, seed + step, step == 11 ? 1e20f : 3f);
            Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
            Assert.Equal(one.Learn(sample, step % managed.Outputs), other.Learn(sample, step % managed.Outputs));
            Assert.Equal(Bits(one.LastLoss), Bits(other.LastLoss));
        }

        Assert.Equal(BlobWriter.ToArray(managed), BlobWriter.ToArray(native));
    }

    private static Network Begun(Func<Network> make, int seed)
    {
        Network network = make();
        Initializers.Draw(network, seed);
        return network;
    }

    /// <summary>The bits of floats; what is not a number has many patterns, and here one.</summary>
    internal static int[] Bits(params float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value))];

    /// <summary>Loads a model into a network that is there.</summary>
    internal static BlobError Load(Network network, byte[] blob) => network.TryLoad(new BlobReader(), blob, 0, blob.Length);

    /// <summary>What a network answers.</summary>
    internal static float[] Answer(Network network, float[] sample)
    {
        float[] outputs = new float[network.Outputs];
        try
        {
            network.Predict(sample, outputs);
        }
        catch (InvalidOperationException)
        {
            return [float.NaN]; // so large that it is not finite
        }

        return outputs;
    }

    /// <summary>Numbers drawn by seed.</summary>
    internal static float[] Draw(int count, int seed, float within = 1f)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1) * within)];
    }

    /// <summary>Numbers at the ends of what floats have, among ordinary ones.</summary>
    internal static float[] Extremes(int count, int seed)
    {
        float[] ends = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, float.MaxValue,
            float.MinValue, 10.666f, -10.666f, 5.333f, 88.1f, -77f, 1.17549435e-38f];
        Random random = new(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => random.Next(3) == 0 ? ends[random.Next(ends.Length)] : (float)(random.NextDouble() * 24 - 12))];
    }
}
