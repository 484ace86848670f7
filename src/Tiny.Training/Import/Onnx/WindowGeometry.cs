namespace Tiny.Training.Import.Onnx;

/// <summary>How the window of a convolution or pool walks, by a node's attributes: of a signal across alone, with a height of 1.</summary>
internal sealed class WindowGeometry
{
    private WindowGeometry(OnnxNode node, int[] input, int[] kernel)
    {
        int rank = input.Length;
        int[] strides = node.Ints("strides") ?? [.. Enumerable.Repeat(1, rank)];
        int[] dilations = node.Ints("dilations") ?? [.. Enumerable.Repeat(1, rank)];
        int[] pads = node.Ints("pads") ?? new int[2 * rank];
        string automatic = node.Text("auto_pad", "NOTSET");
        if (kernel.Length != rank || strides.Length != rank || dilations.Length != rank || pads.Length != 2 * rank)
        {
            throw node.Fault($"kernel {Dims.Words(kernel)}, strides {Dims.Words(strides)}, dilations {Dims.Words(dilations)}, pads "
                + $"{Dims.Words(pads)} over {Dims.Words(input)}: expected {rank} numbers each, {2 * rank} pads.");
        }

        if (kernel.Concat(strides).Concat(dilations).Any(size => size is < 1 or > 65_535) || pads.Any(size => size is < 0 or > 65_535))
        {
            throw node.Fault($"kernel {Dims.Words(kernel)}, strides {Dims.Words(strides)}, dilations {Dims.Words(dilations)}, pads "
                + $"{Dims.Words(pads)}: expected sizes from 1 on and pads from 0 on.");
        }

        bool ceiling = node.Int("ceil_mode", 0) != 0;
        Down = rank == 1 ? new Side(1, 1, 1, 1, 0, 0, 1)
            : OfSide(node, automatic, input[0], kernel[0], strides[0], dilations[0], pads[0], pads[rank], ceiling);
        Across = OfSide(node, automatic, input[^1], kernel[^1], strides[^1], dilations[^1], pads[rank - 1], pads[^1], ceiling);
    }

    /// <summary>From row to row.</summary>
    internal Side Down { get; }

    /// <summary>From column to column.</summary>
    internal Side Across { get; }

    /// <summary>Whether any place beyond the edges is reached.</summary>
    internal bool HasPads => Down.Before + Down.After + Across.Before + Across.After > 0;

    /// <summary>The geometry of a node's window.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Height and width of what it reads, or the length of a signal.</param>
    /// <param name="kernel">Taps along each.</param>
    /// <exception cref="ImportException">Its attributes do not fit each other.</exception>
    internal static WindowGeometry Of(OnnxNode node, int[] input, int[] kernel) => new(node, input, kernel);

    private static Side OfSide(
        OnnxNode node, string automatic, int input, int kernel, int stride, int dilation, int before, int after, bool ceiling)
    {
        int reach = (kernel - 1) * dilation + 1;
        if (automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            int count = (input + stride - 1) / stride;
            int total = Math.Max((count - 1) * stride + reach - input, 0);
            int half = automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
            return new Side(input, kernel, stride, dilation, half, total - half, count);
        }

        if (automatic == "VALID")
        {
            (before, after) = (0, 0);
        }
        else if (automatic is not ("NOTSET" or ""))
        {
            throw node.Fault($"attribute auto_pad is \"{automatic}\", expected NOTSET, VALID, SAME_UPPER or SAME_LOWER.");
        }

        int room = input + before + after - reach;
        if (room < 0)
        {
            throw node.Fault($"a window that reaches over {reach} places does not fit into {input} with pads of {before} and {after}.");
        }

        int places = (ceiling ? (room + stride - 1) / stride : room / stride) + 1;
        if (ceiling && (places - 1) * stride >= input + before)
        {
            places--; // the last window would begin beyond the edge
        }

        return new Side(input, kernel, stride, dilation, before, Math.Max(after, (places - 1) * stride + reach - input - before), places)
        {
            SaidAfter = after,
        };
    }

    /// <summary>The walk along one side.</summary>
    /// <param name="Input">Places that are read.</param>
    /// <param name="Kernel">Taps.</param>
    /// <param name="Stride">Places from one window to the next.</param>
    /// <param name="Dilation">Places from one tap to the next.</param>
    /// <param name="Before">Places beyond the first that are reached.</param>
    /// <param name="After">Places beyond the last that are reached.</param>
    /// <param name="Output">Windows.</param>
    internal sealed record Side(int Input, int Kernel, int Stride, int Dilation, int Before, int After, int Output)
    {
        /// <summary>Places beyond the last that the node itself says: less than are reached where windows are counted up.</summary>
        internal int SaidAfter { get; init; } = After;
    }
}
