extern alias desk;

using System.Reflection;
using static Tiny.Native.Tests.NativeKinds;
using DeskFloat = desk::Tiny.Native.FloatKernels;
using DeskInt8 = desk::Tiny.Native.Int8Kernels;
using DeskSignal = desk::Tiny.Native.SignalKernels;
using DeskSparse = desk::Tiny.Native.SparseKernels;
using DeskWindow = desk::Tiny.Native.WindowKernels;

namespace Tiny.Native.Tests;

/// <summary>The desk's C#, by which the emulator runs, gives what the C gives; and both have the methods of the board.</summary>
public class DeskKernelTests
{
    [Fact]
    public void All_three_have_the_same_methods_in_the_same_order()
    {
        (Type, Type)[] all =
        [
            (typeof(FloatKernels), typeof(DeskFloat)), (typeof(Int8Kernels), typeof(DeskInt8)), (typeof(SignalKernels), typeof(DeskSignal)),
            (typeof(SparseKernels), typeof(DeskSparse)), (typeof(WindowKernels), typeof(DeskWindow)),
        ];
        foreach ((Type host, Type other) in all)
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
                Bits(SignalKernels.Deviation(ring, oldest, n, one[0]), SignalKernels.Crossings(ring, oldest, n, one[0]),
                    SignalKernels.Band(ring, oldest, n, one[0], 1.2f)),
                Bits(DeskSignal.Deviation(ring, oldest, n, one[0]), DeskSignal.Crossings(ring, oldest, n, one[0]),
                    DeskSignal.Band(ring, oldest, n, one[0], 1.2f)));
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
            Same(n, rows, (w, b, z) => FloatKernels.DenseUpdate(x, dz, w, b, n, rows, 0.1f),
                (w, b, z) => DeskFloat.DenseUpdate(x, dz, w, b, n, rows, 0.1f));
            float[] outputs = Draw(n, n + 2);
            Same(n, rows, (w, b, z) => z[0] = FloatKernels.DenseInputGradient(new float[n], dz, outputs, w, n, rows, 0f),
                (w, b, z) => z[0] = DeskFloat.DenseInputGradient(new float[n], dz, outputs, w, n, rows, 0f));
            (float[] one, float[] other) = (new float[n], new float[n]);
            float[] means = Draw(n, n + 3);
            Assert.Equal(FloatKernels.Normalize(one, x, means, outputs, n), DeskFloat.Normalize(other, x, means, outputs, n));
            float[] ordinary = Draw(n, n, 1e13f);
            Assert.Equal(-1, FloatKernels.Normalize(one, ordinary, means, outputs, n));
            Assert.Equal(-1, DeskFloat.Normalize(other, ordinary, means, outputs, n));
            Assert.Equal(Bits(one), Bits(other));
        }
    }

    [CompilerFact]
    public void Windows_are_the_same_to_the_bit()
    {
        for (int n = 1; n <= 40; n++)
        {
            (int height, int width, int stride, int padding) = (3 + n % 4, 3 + n % 3, 1 + n % 2, n % 2);
            (int high, int wide) = ((height + 2 * padding - 3) / stride + 1, (width + 2 * padding - 3) / stride + 1);
            int padded = width + 2 * padding;
            int[] window = [3, 3, stride, stride, padding, padding, padding, padding, 1, 1, height, width, n, padded, high, wide];
            float[] x = Draw(height * width * n, n);
            float[] given = new float[high * wide * (n + 3)];
            Same(9 * n, 3, (w, b, z) => WindowKernels.Convolution(x, w, b, given, window, 3, 0f, new float[9 * n]),
                (w, b, z) => DeskWindow.Convolution(x, w, b, given, window, 3, 0f, new float[9 * n]), given);
            Same(9, n, (w, b, z) => WindowKernels.DepthwiseConvolution(x, w, b, given, window),
                (w, b, z) => DeskWindow.DepthwiseConvolution(x, w, b, given, window), given);
            Same(1, 1, (w, b, z) => WindowKernels.MaxPooling(x, given, window),
                (w, b, z) => DeskWindow.MaxPooling(x, given, window), given);
            Same(1, 1, (w, b, z) => WindowKernels.AveragePooling(x, given, window),
                (w, b, z) => DeskWindow.AveragePooling(x, given, window), given);
            Same(1, n, (w, b, z) => WindowKernels.GlobalAverage(x, z, height * width, n, 0.1f),
                (w, b, z) => DeskWindow.GlobalAverage(x, z, height * width, n, 0.1f));
        }
    }

    [CompilerFact]
    public void Sparse_rows_are_the_same_to_the_bit()
    {
        for (int n = 1; n <= 70; n++)
        {
            Random random = new(n);
            int rows = 1 + n % 7;
            ushort[] counts = [.. Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(n + 1))];
            ushort[] inputs = [.. Enumerable.Range(0, n * rows).Select(_ => (ushort)random.Next(n))];
            float[] x = Extremes(n, n);
            int ordinary = 0;
            Same(n, rows, (w, b, z) => ordinary = SparseKernels.Rows(x, z, b, w, inputs, counts, rows, n, 0f),
                (w, b, z) => Assert.Equal(ordinary, DeskSparse.Rows(x, z, b, w, inputs, counts, rows, n, 0f)));
            (float[] means, float[] scales) = (Draw(n, n), Draw(n, n + 1));
            int fault = 0;
            Same(1, n, (w, b, z) => fault = SparseKernels.NormalizeUsed(z, x, means, scales, inputs, n, n),
                (w, b, z) => Assert.Equal(fault, DeskSparse.NormalizeUsed(z, x, means, scales, inputs, n, n)));
            (byte[] one, byte[] other) = (new byte[n], new byte[n]);
            float[] scaling = [60f, -128.5f];
            int told = SparseKernels.LevelsUsed(x, one, scaling, 0, inputs, n, n);
            Assert.Equal(told, DeskSparse.LevelsUsed(x, other, scaling, 0, inputs, n, n));
            Assert.Equal(one, other);
            sbyte[] weights = [.. Enumerable.Range(0, 3 * n * rows).Select(_ => (sbyte)random.Next(-127, 128))];
            int[] starts = [.. Enumerable.Range(0, 3 * rows).Select(_ => random.Next(-9999, 9999))];
            (int[] sums, int[] found) = (new int[3 * rows], new int[3 * rows]);
            SparseKernels.Groups(one, weights, inputs, counts, starts, sums, rows, n);
            DeskSparse.Groups(one, weights, inputs, counts, starts, found, rows, n);
            Assert.Equal(sums, found);
        }
    }

    [CompilerFact]
    public void Steps_of_recurrent_units_are_the_same_to_the_bit()
    {
        Core.Activations.SigmoidTable.Prepare();
        Core.Activations.SigmoidTable table = Core.Activations.SigmoidTable.Shared;
        (float[] intercepts, float[] slopes) = (table.Intercepts, table.Slopes);
        for (int units = 1; units <= 33; units++)
        {
            int channels = 1 + units % 5;
            float[] x = Draw(channels + 2, units, units == 9 ? 1e30f : 2f);
            float[] parameters = Draw(4 * units * (2 + channels + units), units, 1.5f);
            float[] scratch = new float[4 * units];
            Same(1, units, (w, b, z) => FloatKernels.GruStep(x, 2, b, parameters, scratch, units, channels, intercepts, slopes),
                (w, b, z) => DeskFloat.GruStep(x, 2, b, parameters, scratch, units, channels, intercepts, slopes));
            Same(1, units, (w, b, z) => FloatKernels.FastGrnnStep(x, 2, b, parameters, scratch, units, channels, intercepts, slopes),
                (w, b, z) => DeskFloat.FastGrnnStep(x, 2, b, parameters, scratch, units, channels, intercepts, slopes));
        }
    }

    private static void Same(
        int inputs, int rows, Action<float[], float[], float[]> one, Action<float[], float[], float[]> other, float[]? given = null)
    {
        float[][] first = [Draw(inputs * rows, inputs), Draw(rows, rows), new float[rows]];
        float[][] second = [.. first.Select(values => values.ToArray())];
        Array.Clear(given ?? []);
        one(first[0], first[1], first[2]);
        int[] bits = Bits(given ?? []);
        Array.Clear(given ?? []);
        other(second[0], second[1], second[2]);
        Assert.Equal(bits, Bits(given ?? []));
        Assert.Equal(first.SelectMany(values => Bits(values)), second.SelectMany(values => Bits(values)));
    }

    private static IEnumerable<string> Signatures(
        Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(method => $"{method.ReturnType} {method.Name}("
        + $"{string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}"))})");
}
