using System.Numerics;
using System.Runtime.InteropServices;
using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Convolutions and pools over images and signals, (1, channels, height, width) or (1, channels, time).</summary>
internal static class Windows
{
    internal static Tensor Conv(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        Tensor w = Operators.At(node, inputs, 1);
        Tensor? bias = inputs.Length > 2 ? inputs[2] : null;
        (int channels, int[] places) = Places(node, x.Shape);
        int groups = node.SmallInt("group", 1);
        if (w.Shape.Length != x.Shape.Length || groups < 1 || w.Shape[1] * groups != channels || w.Shape[0] % groups != 0
            || (bias is not null && bias.Count != w.Shape[0]))
        {
            throw node.Fault($"weights {Dims.Words(w.Shape)} "
                + $"in {groups} groups, biases {Dims.Words(bias?.Shape ?? [])} do not fit {Dims.Words(x.Shape)}.");
        }

        WindowGeometry window = WindowGeometry.Of(node, places, w.Shape[2..]);
        int filters = w.Shape[0];
        int each = window.Down.Output * window.Across.Output;
        double[] output = new double[filters * each];
        double[] values = x.ToDoubles();
        int taps = window.Down.Kernel * window.Across.Kernel;
        for (int filter = 0; filter < filters; filter++)
        {
            Span<double> to = output.AsSpan(filter * each, each);
            to.Fill(bias?[filter] ?? 0);
            int first = filter / (filters / groups) * w.Shape[1];
            for (int tap = 0; tap < w.Shape[1] * taps; tap++)
            {
                int from = (first + tap / taps) * window.Down.Input * window.Across.Input;
                AddTap(to, w[filter * w.Shape[1] * taps + tap], values.AsSpan(from, window.Down.Input * window.Across.Input), window,
                    tap % taps);
            }
        }

        return Tensor.Of([1, filters, .. Outputs(window, places.Length)], output);
    }

    internal static Tensor Pool(OnnxNode node, Tensor x, bool isMax)
    {
        (int channels, int[] places) = Places(node, x.Shape);
        WindowGeometry window = WindowGeometry.Of(
            node, places, node.Ints("kernel_shape") ?? throw node.Fault("attribute kernel_shape is missing."));
        bool countsPads = !isMax && node.Int("count_include_pad", 0) != 0;
        double[] output = new double[channels * window.Down.Output * window.Across.Output];
        for (int i = 0; i < output.Length; i++)
        {
            int row = i / window.Across.Output % window.Down.Output;
            int column = i % window.Across.Output;
            int from = i / (window.Across.Output * window.Down.Output) * window.Down.Input * window.Across.Input;
            output[i] = Pooled(x, from, window, row, column, isMax, countsPads);
        }

        return Tensor.Of([1, channels, .. Outputs(window, places.Length)], output);
    }

    /// <summary>Channels and places of an image or a signal.</summary>
    internal static (int Channels, int[] Places) Places(OnnxNode node, int[] shape) => shape.Length is 3 or 4 && shape[0] == 1
        ? (shape[1], shape[2..])
        : throw node.Fault("reads the "
        + $"shape {Dims.Words(shape)}: expected an image (1, channels, height, width) or a signal (1, channels, time).");

    private static int[] Outputs(WindowGeometry window, int rank) => rank == 1
        ? [window.Across.Output] : [window.Down.Output, window.Across.Output];

    private static void AddTap(Span<double> to, double weight, ReadOnlySpan<double> from, WindowGeometry window, int tap)
    {
        WindowGeometry.Side across = window.Across;
        int offset = tap % across.Kernel * across.Dilation - across.Before;
        int begin = offset >= 0 ? 0 : (-offset + across.Stride - 1) / across.Stride;
        int end = across.Input - 1 - offset < 0 ? 0 : Math.Min(across.Output, (across.Input - 1 - offset) / across.Stride + 1);
        for (int row = 0; row < window.Down.Output && begin < end; row++)
        {
            int y = row * window.Down.Stride - window.Down.Before + tap / across.Kernel * window.Down.Dilation;
            if (y >= 0 && y < window.Down.Input)
            {
                AddRow(to.Slice(row * across.Output + begin, end - begin), weight,
                    from[(y * across.Input + begin * across.Stride + offset)..], across.Stride);
            }
        }
    }

    private static void AddRow(Span<double> to, double weight, ReadOnlySpan<double> from, int stride)
    {
        int i = 0;
        if (stride == 1)
        {
            Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(to);
            ReadOnlySpan<Vector<double>> values = MemoryMarshal.Cast<double, Vector<double>>(from[..to.Length]);
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += weight * values[k];
            }

            i = sums.Length * Vector<double>.Count;
        }

        for (; i < to.Length; i++)
        {
            to[i] += weight * from[i * stride];
        }
    }

    private static double Pooled(Tensor x, int from, WindowGeometry window, int row, int column, bool isMax, bool countsPads)
    {
        double best = double.NegativeInfinity;
        double sum = 0;
        int inside = 0;
        int counted = 0;
        for (int tap = 0; tap < window.Down.Kernel * window.Across.Kernel; tap++)
        {
            int y = row * window.Down.Stride - window.Down.Before + tap / window.Across.Kernel * window.Down.Dilation;
            int z = column * window.Across.Stride - window.Across.Before + tap % window.Across.Kernel * window.Across.Dilation;
            bool within = y >= 0 && y < window.Down.Input && z >= 0 && z < window.Across.Input;
            counted += within || (countsPads && y < window.Down.Input + window.Down.SaidAfter
                && z < window.Across.Input + window.Across.SaidAfter) ? 1 : 0;
            if (within)
            {
                double value = x[from + y * window.Across.Input + z];
                (best, sum, inside) = (Math.Max(best, value), sum + value, inside + 1);
            }
        }

        return isMax ? best : counted == 0 ? 0 : sum / counted;
    }
}
