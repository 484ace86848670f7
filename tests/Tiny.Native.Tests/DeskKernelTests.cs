extern alias desk;

using System.Reflection;
using static Tiny.Native.Tests.NativeKinds;
using DeskFloat = desk::Tiny.Native.FloatKernels;
using DeskInt8 = desk::Tiny.Native.Int8Kernels;
using DeskSignal = desk::Tiny.Native.SignalKernels;

namespace Tiny.Native.Tests;

/// <summary>The desk's C#, by which the emulator runs, gives what the C gives; and both have the methods of the board.</summary>
public class DeskKernelTests
{
    [Fact]
    public void All_three_have_the_same_methods_in_the_same_order()
    {
        foreach ((Type host, Type other) in new[] { (typeof(FloatKernels), typeof(DeskFloat)), (typeof(Int8Kernels), typeof(DeskInt8)), (typeof(SignalKernels), typeof(DeskSignal)) })
        {
            Assert.Equal(Signatures(host).Order(), Signatures(other).Order());
        }
    }

    [CompilerFact]
    public void Signals_are_the_same_to_the_bit()
    {
        for (int n = 2; n <= 140; n++)
        {
            float[] ring = Draw(n, n, 5f);
            int oldest = n * 2 / 3;
            (float[] one, float[] other) = (new float[4], new float[4]);
            SignalKernels.Range(ring, oldest, n, one);
            DeskSignal.Range(ring, oldest, n, other);
            Assert.Equal(Bits(one), Bits(other));
            Assert.Equal(
                Bits(SignalKernels.Deviation(ring, oldest, n, one[0]), SignalKernels.Crossings(ring, oldest, n, one[0]), SignalKernels.Band(ring, oldest, n, one[0], 1.2f)),
                Bits(DeskSignal.Deviation(ring, oldest, n, one[0]), DeskSignal.Crossings(ring, oldest, n, one[0]), DeskSignal.Band(ring, oldest, n, one[0], 1.2f)));
        }

        for (int n = 32; n <= 2048; n *= 2)
        {
            float[] one = Draw(2 * n, n);
            float[] other = [.. one];
            Assert.Equal(SignalKernels.Fourier(one, n), DeskSignal.Fourier(other, n));
            Assert.Equal(Bits(one), Bits(other));
        }
    }

    [CompilerFact]
    public void Dense_layers_steps_and_recurrence_are_the_same_to_the_bit()
    {
        for (int n = 1; n <= 70; n++)
        {
            int rows = 1 + n % 9;
            (float[] x, float[] dz) = (Extremes(n, n), Draw(rows, n + 1));
            dz[0] = 0f;
            Same(n, rows, (w, b, z) => FloatKernels.Dense(x, w, b, z, n, rows, 0f), (w, b, z) => DeskFloat.Dense(x, w, b, z, n, rows, 0f));
            Same(n, rows, (w, b, z) => FloatKernels.DenseUpdate(x, dz, w, b, n, rows, 0.1f), (w, b, z) => DeskFloat.DenseUpdate(x, dz, w, b, n, rows, 0.1f));
            float[] outputs = Draw(n, n + 2);
            Same(n, rows, (w, b, z) => z[0] = FloatKernels.DenseInputGradient(new float[n], dz, outputs, w, n, rows, 0f), (w, b, z) => z[0] = DeskFloat.DenseInputGradient(new float[n], dz, outputs, w, n, rows, 0f));
            (float[] one, float[] other) = (new float[n], new float[n]);
            float[] means = Draw(n, n + 3);
            Assert.Equal(FloatKernels.Normalize(one, x, means, outputs, n), DeskFloat.Normalize(other, x, means, outputs, n));
            float[] ordinary = Draw(n, n, 1e13f);
            Assert.Equal(-1, FloatKernels.Normalize(one, ordinary, means, outputs, n));
            Assert.Equal(-1, DeskFloat.Normalize(other, ordinary, means, outputs, n));
            Assert.Equal(Bits(one), Bits(other));
        }
    }

    private static void Same(int inputs, int rows, Action<float[], float[], float[]> one, Action<float[], float[], float[]> other)
    {
        float[][] first = [Draw(inputs * rows, inputs), Draw(rows, rows), new float[rows]];
        float[][] second = [.. first.Select(values => values.ToArray())];
        one(first[0], first[1], first[2]);
        other(second[0], second[1], second[2]);
        Assert.Equal(first.SelectMany(values => Bits(values)), second.SelectMany(values => Bits(values)));
    }

    private static IEnumerable<string> Signatures(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(method => $"{method.ReturnType} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}"))})");
}
