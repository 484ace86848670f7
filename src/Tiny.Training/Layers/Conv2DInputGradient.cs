using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A convolution's gradient on its inputs, which is a convolution over dz: inputs that lie alike to the stride are
/// reached by the same taps, from windows beside each other. The weights of each such class are packed anew in every
/// step, the last tap first, four channels beside each other. A row of inputs is a part.
/// </summary>
internal sealed class Conv2DInputGradient
{
    private static readonly float[] Zeros = new float[LaneProducts.Filters];

    private readonly Conv2D.Pass pass;
    private readonly PlacedWindow window;
    private readonly SharedWork work;
    private readonly int filters;
    private readonly float[] packed; // (channels / 4)(classes down, classes across)(taps down, taps across, filters, 4)
    private readonly int[] classAt;  // (classes down, classes across) where in a tile of packed weights each begins

    internal Conv2DInputGradient(Conv2D.Pass pass)
    {
        this.pass = pass;
        window = pass.Window;
        filters = pass.Layer.Filters;
        int tiles = (window.Input.Channels - 1) / LaneProducts.Filters + 1;
        packed = CacheLines.Allocate(tiles * TileLength);
        classAt = new int[window.StrideDown * window.StrideAcross];
        for (int i = 1; i < classAt.Length; i++)
        {
            int before = i - 1;
            classAt[i] = classAt[before] + TapsOf(before / window.StrideAcross, window.Height, window.StrideDown)
                * TapsOf(before % window.StrideAcross, window.Width, window.StrideAcross)
                * filters * LaneProducts.Filters;
        }

        work = new SharedWork(pass.Context.Team, IsDilated ? RunDilated : Run);
    }

    private bool IsDilated => window.DilationDown * window.DilationAcross != 1;

    private int TileLength => window.Taps * filters * LaneProducts.Filters;

    /// <summary>Takes the gradient of a batch to the inputs.</summary>
    internal void Run(int rows)
    {
        if (!IsDilated)
        {
            Pack();
        }

        work.Run(Lanes.Groups(rows) * (IsDilated ? 1 : window.Input.Height), rows * pass.Layer.Work);
    }

    /// <summary>Taps that reach inputs of a class.</summary>
    private static int TapsOf(int part, int taps, int stride) => part >= taps ? 0 : (taps - 1 - part) / stride + 1;

    private void Pack()
    {
        float[] parameters = pass.Context.Parameters;
        int channels = window.Input.Channels;
        for (int tap = 0; tap < window.Taps; tap++)
        {
            int down = tap / window.Width;
            int across = tap % window.Width;
            int part = down % window.StrideDown * window.StrideAcross + across % window.StrideAcross;
            int tapsAcross = TapsOf(across % window.StrideAcross, window.Width, window.StrideAcross);
            int fromBottom = (window.Height - 1 - down) / window.StrideDown;
            int fromRight = (window.Width - 1 - across) / window.StrideAcross;
            int at = classAt[part] + (fromBottom * tapsAcross + fromRight) * filters * LaneProducts.Filters;
            for (int channel = 0; channel < channels; channel++)
            {
                int to = channel / LaneProducts.Filters * TileLength + at + channel % LaneProducts.Filters;
                for (int filter = 0; filter < filters; filter++)
                {
                    packed[to + filter * LaneProducts.Filters] =
                        parameters[pass.Layer.ParametersAt + pass.Layer.WeightIndex(filter, tap * channels + channel)];
                }
            }
        }
    }

    private void Run(int part, int worker)
    {
        int group = part / window.Input.Height;
        int row = part % window.Input.Height;
        int place = row + window.Padding.Above;
        int taps = TapsOf(place % window.StrideDown, window.Height, window.StrideDown);
        int first = place / window.StrideDown - taps + 1; // the window that reaches the row with its last tap
        int from = Math.Max(0, -first);
        int to = Math.Min(taps, window.OutputHeight - first);
        for (int across = 0; across < window.StrideAcross; across++)
        {
            int column = (across - window.Padding.Left % window.StrideAcross + window.StrideAcross) % window.StrideAcross;
            Columns(group, row, column, place % window.StrideDown * window.StrideAcross + across, first, from, to);
        }

        int length = window.Input.Width * window.Input.Channels * Lanes.Width;
        pass.Input.Take(group * pass.Input.GradientLength + row * length, length);
    }

    /// <summary>The inputs of a row that lie alike, in runs that the same taps reach.</summary>
    private void Columns(int group, int row, int column, int part, int firstRow, int from, int to)
    {
        int taps = TapsOf(part % window.StrideAcross, window.Width, window.StrideAcross);
        while (column < window.Input.Width)
        {
            int first = (column + window.Padding.Left) / window.StrideAcross - taps + 1;
            (int left, int right) = Within(first, taps);
            int count = 1;
            while (column + count * window.StrideAcross < window.Input.Width && Within(first + count, taps) == (left, right))
            {
                count++;
            }

            int at = (row * window.Input.Width + column) * window.Input.Channels * Lanes.Width + group * pass.Input.GradientLength;
            if (from < to && left < right)
            {
                int rowLength = taps * filters * LaneProducts.Filters;
                LaneTaps summands = new(
                    to - from, window.OutputWidth * filters * Lanes.Width, 1, 0, (right - left) * filters, LaneProducts.Filters,
                        (taps - right + left) * filters * LaneProducts.Filters);
                int dz = group * pass.GroupLength + ((firstRow + from) * window.OutputWidth + first + left) * filters * Lanes.Width;
                Sums(at, dz, classAt[part] + from * rowLength + left * filters * LaneProducts.Filters, summands, count);
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    pass.Input.Gradients.AsSpan(at + i * window.StrideAcross * window.Input.Channels * Lanes.Width,
                        window.Input.Channels * Lanes.Width).Clear();
                }
            }

            column += count * window.StrideAcross;
        }
    }

    private void Sums(int at, int dz, int weights, in LaneTaps summands, int count)
    {
        int channels = window.Input.Channels;
        float[] gradients = pass.Input.Gradients;
        for (int channel = 0; channel < channels; channel += LaneProducts.Filters)
        {
            LaneProducts.Widest.Sums(
                ref gradients[at + channel * Lanes.Width], window.StrideAcross * channels * Lanes.Width,
                    Math.Min(LaneProducts.Filters, channels - channel), ref pass.Gradients[dz],
                filters * Lanes.Width, summands, ref packed[channel / LaneProducts.Filters * TileLength + weights], ref Zeros[0], count);
        }
    }

    /// <summary>The taps whose windows there are, if the first one's is this.</summary>
    private (int From, int To) Within(int first, int taps) => (Math.Max(0, -first), Math.Min(taps, window.OutputWidth - first));

    /// <summary>
    /// A group with dilation: tap by tap, as windows reach inputs that are neither beside each
    /// other nor a stride apart. Only imported models have it.
    /// </summary>
    private void RunDilated(int group, int worker)
    {
        Span<float> gradients = pass.Input.Gradients.AsSpan(group * pass.Input.GradientLength, pass.Input.GradientLength);
        gradients.Clear();
        int channels = window.Input.Channels;
        for (int place = 0; place < window.Places; place++)
        {
            (int up, int down) = window.TapsDown(place / window.OutputWidth);
            (int left, int right) = window.TapsAcross(place % window.OutputWidth);
            for (int tap = up * window.Width; tap < down * window.Width; tap++)
            {
                int across = tap % window.Width;
                if (across < left || across >= right)
                {
                    continue;
                }

                int y = place / window.OutputWidth * window.StrideDown - window.Padding.Above + tap / window.Width * window.DilationDown;
                int x = place % window.OutputWidth * window.StrideAcross - window.Padding.Left + across * window.DilationAcross;
                int at = (y * window.Input.Width + x) * channels * Lanes.Width;
                ReadOnlySpan<float> dz = pass.Gradients.AsSpan(
                    group * pass.GroupLength + place * filters * Lanes.Width, filters * Lanes.Width);
                AddTap(gradients.Slice(at, channels * Lanes.Width), dz, tap);
            }
        }

        pass.Input.Take(group * pass.Input.GradientLength, pass.Input.GradientLength);
    }

    private void AddTap(Span<float> gradients, ReadOnlySpan<float> dz, int tap)
    {
        int channels = window.Input.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> to = gradients.Slice(channel * Lanes.Width, Lanes.Width);
            for (int filter = 0; filter < filters; filter++)
            {
                float weight = pass.Context.Parameters[pass.Layer.ParametersAt + pass.Layer.WeightIndex(filter, tap * channels + channel)];
                for (int lane = 0; lane < Lanes.Width; lane++)
                {
                    to[lane] += dz[filter * Lanes.Width + lane] * weight;
                }
            }
        }
    }
}
