using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Native.Recurrence;
using Tiny.Recurrence;
using Tiny.Recurrence.Tests;
using Tiny.Saving;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Recurrent units of native kernels move to the bits of managed ones; what the kernels do not have stays managed.</summary>
public class RecurrenceTests
{
    private const int Steps = 6;

    [CompilerTheory]
    [InlineData(Gru.GruCode, typeof(NativeGruLayer))]
    [InlineData(FastGrnn.FastGrnnCode, typeof(NativeFastGrnnLayer))]
    public void Units_move_to_the_same_bits_and_are_saved_as_the_same_bytes(int kind, Type layer)
    {
        for (int units = 1; units <= 33; units++)
        {
            int channels = 1 + units % 4;
            byte[] blob = Blob(kind, units, channels, units % 3);
            Network native = Network.FromBlob(blob);
            Assert.IsType(layer, native.GetLayer(0));
            Same(blob, native);
            Assert.Equal(blob, BlobWriter.ToArray(native));
        }
    }

    /// <summary>Exact gates are exponentials, which the step in C has not.</summary>
    [CompilerFact]
    public void Units_with_exact_gates_stay_managed_and_give_the_managed_bits()
    {
        for (int units = 1; units <= 20; units++)
        {
            byte[] blob = Blob(Gru.GruCode, units, 1 + units % 4, RecurrentKind.Exact);
            Network native = Network.FromBlob(blob);
            Assert.IsType<GruLayer>(native.GetLayer(0));
            Same(blob, native);
            float[] sample = Draw(native.Inputs, 1);
            Network rounded = Network.FromBlob(Blob(Gru.GruCode, units, 1 + units % 4, 0));
            Assert.NotEqual(Bits(Answer(native, sample)), Bits(Answer(rounded, sample)));
        }
    }

    [CompilerFact]
    public void A_slot_of_native_units_takes_fewer_and_refuses_more_and_exact_ones()
    {
        byte[] held = Blob(Gru.GruCode, 8, 3, 0);
        Network network = Network.FromBlob(held);
        Assert.NotEqual(BlobError.None, Load(network, Blob(Gru.GruCode, 9, 3, 0)));
        Assert.NotEqual(BlobError.None, Load(network, Blob(Gru.GruCode, 8, 3, RecurrentKind.Exact)));
        Assert.NotEqual(BlobError.None, Load(network, Blob(Gru.GruCode, 4, 3, RecurrentKind.Exact)));
        Same(held, network);
        byte[] fewer = Blob(Gru.GruCode, 5, 3, 0);
        Assert.Equal(BlobError.None, Load(network, fewer));
        Same(fewer, network);
    }

    /// <summary>A slot that was made for exact gates is a managed one, and takes both.</summary>
    [CompilerFact]
    public void A_slot_of_exact_units_takes_both()
    {
        Network network = Network.FromBlob(Blob(Gru.GruCode, 8, 3, RecurrentKind.Exact));
        foreach (int flags in new[] { 0, RecurrentKind.Exact })
        {
            byte[] other = Blob(Gru.GruCode, 6, 3, flags);
            Assert.Equal(BlobError.None, Load(network, other));
            Same(other, network);
        }
    }

    [CompilerFact]
    public void A_slot_of_native_FastGRNN_units_takes_fewer_and_refuses_more()
    {
        Network network = Network.FromBlob(Blob(FastGrnn.FastGrnnCode, 7, 2, 0));
        Assert.NotEqual(BlobError.None, Load(network, Blob(FastGrnn.FastGrnnCode, 8, 2, 0)));
        byte[] fewer = Blob(FastGrnn.FastGrnnCode, 3, 2, 0);
        Assert.Equal(BlobError.None, Load(network, fewer));
        Same(fewer, network);
    }

    [CompilerFact]
    public void Parameters_that_are_not_finite_or_no_shares_are_refused_and_change_nothing()
    {
        Layer layer = Network.FromBlob(Blob(FastGrnn.FastGrnnCode, 3, 2, 0)).GetLayer(0);
        float[] parameters = new float[layer.ParameterCount];
        layer.CopyParameters(parameters, 0, parameters.Length);
        float[] before = [.. parameters];
        int last = parameters.Length - 1;
        foreach ((int at, float bad) in new[] { (0, float.NaN), (last, 1.5f), (last - 1, -0.1f), (last, float.NaN) })
        {
            float[] some = [0.5f, bad];
            Assert.Throws<ArgumentException>(() => layer.SetParameters(some, at == 0 ? 0 : at - 1, 2));
            layer.CopyParameters(parameters, 0, parameters.Length);
            Assert.Equal(before, parameters);
        }
    }

    private static void Same(byte[] blob, Network native)
    {
        Network managed = Managed(() => Network.FromBlob(blob));
        for (int seed = 0; seed < 4; seed++)
        {
            float[] sample = Draw(managed.Inputs, seed, seed == 3 ? 30f : 2f);
            Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
        }
    }

    private static byte[] Blob(int kind, int units, int channels, int flags) => Managed(() =>
    {
        Network network = Plans.Over(Steps, channels).AddRecurrent(kind, units, Steps, flags).AddDense(2, Activation.Softmax).ToNetwork();
        return BlobWriter.ToArray(network.Drawn(units));
    });
}
