using System.Buffers.Binary;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Int8;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Convolution.Tests.Int8;

/// <summary>
/// Builds blobs of int8 convolutions node by node, with weights drawn by seed, and computes them plainly: what every kernel is held to.
/// </summary>
public sealed class Int8Stack
{
    private const int Sample = BlobFormat.Sample;

    private readonly Random random;
    private readonly PlanBuilder plan;
    private readonly List<byte> weights = [];
    private readonly List<(int Buffer, int Type, int Size)> buffers = [];
    private readonly List<Func<int[], int[]>> steps = [];
    private readonly int levels;
    private readonly bool classes;
    private int height;
    private int width;
    private int channels;
    private int zero;
    private int type = BlobFormat.Levels;
    private int current = Sample;

    /// <summary>
    /// A stack over a sample of this shape, whose levels count from <paramref name="zero"/>; a buffer for so many of them, 0 for all.
    /// </summary>
    public Int8Stack(int height, int width, int channels, int zero = 0, int seed = 1, bool classes = false, int strip = 0)
    {
        random = new Random(seed);
        plan = new PlanBuilder(height * width * channels, classes ? NetworkTask.Classification : NetworkTask.Regression,
            classes ? Loss.SoftmaxCrossEntropy : Loss.HalfSquaredError)
        {
            Height = height,
            Width = width,
            InputForm = InputForm.Levels,
            Normalization = [1f, -256f],
        };
        this.classes = classes;
        (this.height, this.width, this.channels, this.zero) = (height, width, channels, zero);
        levels = plan.AddBuffer(BlobFormat.Levels, strip > 0 ? strip : height * width * channels);
    }

    /// <summary>Whether a node may write a buffer that only nodes before the last have written, as the trainer's plans let it.</summary>
    public bool SharesBuffers { get; init; }

    /// <summary>Multiply-accumulates so far, those of taps beyond the edges included.</summary>
    public long Macs { get; private set; }

    /// <summary>The bytes that the last node gives, less their zero; or the digits, or the sums of a last layer.</summary>
    public int[] Expected(byte[] sample) => steps.Aggregate(sample.Select(level => (int)level).ToArray(), (values, step) => step(values));

    /// <summary>Adds a convolution; with <paramref name="filters"/> 0 a depthwise one.</summary>
    /// <param name="filters">Filters.</param>
    /// <param name="window">Its ten bytes.</param>
    /// <param name="activation">Its activation.</param>
    /// <param name="pool">Squares of so many are pooled.</param>
    /// <param name="largest">The largest weight.</param>
    public Int8Stack Conv(int filters, byte[] window, Activation activation = Activation.Relu, int pool = 1, int largest = 20)
    {
        bool depthwise = filters == 0;
        bool relu = activation == Activation.Relu;
        Shape shape = new(height, width, channels, window);
        int outputs = depthwise ? channels : filters;
        int each = window[0] * window[1] * (depthwise ? 1 : channels);
        sbyte[] w = [.. Enumerable.Range(0, outputs * each).Select(_ => (sbyte)random.Next(-largest, largest + 1))];
        int[] biases = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-2000, 2001))];
        int shift = relu ? 7 : 4;
        byte[] shifts = [.. Enumerable.Range(0, relu ? 1 : outputs).Select(i => (byte)(relu ? shift : shift + i % 5))];
        biases.ToList().ForEach(bias => weights.AddRange(BitConverter.GetBytes(bias)));
        Pad(shifts);
        if (!relu)
        {
            weights.AddRange(BitConverter.GetBytes(0.03f));
            weights.AddRange(BitConverter.GetBytes(1f / 127));
        }

        Pad([.. w.Select(weight => (byte)weight)]);
        byte[] parameter = activation is Activation.Elu or Activation.LeakyRelu ? BitConverter.GetBytes(0.5f) : [];
        byte[] size = [.. BitConverter.GetBytes((ushort)filters)];
        byte[] attributes = [(byte)zero, Levels(), .. depthwise ? [] : size, .. window, (byte)activation, (byte)pool, .. parameter];
        (int rows, int columns) = (shape.OutputHeight / pool, shape.OutputWidth / pool);
        Node(depthwise ? 12 : 11, relu ? BlobFormat.Digits : BlobFormat.SignedDigits, rows, columns, outputs, attributes);
        int given = zero;
        zero = relu ? 0 : 128;
        Macs += (long)shape.OutputHeight * shape.OutputWidth * each * outputs;
        steps.Add(values =>
        {
            int[] sums = Sums(values, shape, w, biases, depthwise ? 0 : filters, given);
            int[] digits = [.. sums.Select((sum, i) => relu
                ? Math.Clamp(sum >> shift, 0, 127) : Look(Math.Clamp(sum >> shifts[i % outputs], -128, 127), activation) + 128)];
            return pool == 1 ? digits : Largest(digits, new Shape(
                shape.OutputHeight, shape.OutputWidth, outputs, [(byte)pool, (byte)pool, (byte)pool, (byte)pool, 0, 0, 0, 0, 1, 1]));
        });
        return this;
    }

    /// <summary>Adds max or average pooling.</summary>
    public Int8Stack Pool(byte[] window, bool max)
    {
        Shape shape = new(height, width, channels, window);
        Node(max ? 13 : 14, type, shape.OutputHeight, shape.OutputWidth, channels, [(byte)zero, Levels(), .. window]);
        steps.Add(values => max ? Largest(values, shape) : Mean(values, shape));
        return this;
    }

    /// <summary>Adds the global average, or flattening, and a dense int8 layer behind it.</summary>
    public byte[] Dense(int outputs, bool average)
    {
        int places = height * width;
        int values = average ? channels : places * channels;
        int count = channels;
        int counted = zero;
        int factor = (1 << 24) / places;
        Node(average ? 15 : 16, BlobFormat.Longs, 1, 1, values, [(byte)zero, Levels(), .. average ? BitConverter.GetBytes(factor) : []],
            Int8Blocks.LongsFor(values));
        steps.Add(bytes => [.. Enumerable.Range(0, values).Select(i => average
            ? (int)Math.Clamp(((long)Enumerable.Range(0, places).Sum(place => bytes[place * count + i] - counted) * factor + (1 << 23))
            >> 24, -127, 127)
            : bytes[i] - counted)]);
        sbyte[] w = [.. Enumerable.Range(0, outputs * values).Select(_ => (sbyte)random.Next(-100, 101))];
        int[] biases = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-2000, 2001))];
        biases.ToList().ForEach(bias => weights.AddRange(BitConverter.GetBytes(bias)));
        biases.ToList().ForEach(_ => weights.AddRange(BitConverter.GetBytes(0.001f)));
        Pad([.. w.Select(weight => (byte)weight)]);
        int sums = values > 64 ? plan.AddBuffer(BlobFormat.Integers, (outputs + 2) / 3 * 3) : 255;
        plan.AddNode(3, current, plan.AddBuffer(BlobFormat.Floats, outputs), outputs,
            [.. BitConverter.GetBytes((ushort)outputs), (byte)Activation.Linear, 1, (byte)sums]);
        plan.OutputFunction = classes ? Activation.Softmax : Activation.Linear;
        steps.Add(digits => [.. Enumerable.Range(0, outputs)
            .Select(row => biases[row] + Enumerable.Range(0, values).Sum(i => w[row * values + i] * digits[i]))]);
        Macs += outputs * values;
        return ToBlob();
    }

    /// <summary>Ends the stack in floats of all that the last node gives.</summary>
    public byte[] Floats(float scale = 1f, bool average = false)
    {
        int places = height * width;
        int count = channels;
        int counted = zero;
        int values = average ? channels : places * channels;
        Node(average ? 15 : 16, BlobFormat.Floats, 1, 1, values, [(byte)zero, Levels(), .. BitConverter.GetBytes(scale)]);
        steps.Add(bytes => [.. Enumerable.Range(0, values)
            .Select(i => average ? Enumerable.Range(0, places).Sum(place => bytes[place * count + i] - counted) : bytes[i] - counted)]);
        return ToBlob();
    }

    private byte[] ToBlob()
    {
        byte[] blob = [.. plan.ToBytes(), .. weights];
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(BlobFormat.LengthAt), blob.Length);
        BlobWriter.Seal(blob, 0, blob.Length);
        return blob;
    }

    private void Node(int kind, int givenType, int rows, int columns, int outputs, byte[] attributes, int room = 0)
    {
        int needed = room > 0 ? room : rows * columns * outputs;
        int buffer = -1;
        foreach ((int other, int otherType, int size) in buffers)
        {
            buffer = SharesBuffers && other != current && otherType == givenType && size >= needed ? other : buffer;
        }

        if (buffer < 0)
        {
            buffer = plan.AddBuffer(givenType, needed);
            buffers.Add((buffer, givenType, needed));
        }

        plan.AddNode(kind, current, buffer, rows * columns * outputs, attributes);
        (height, width, channels, current, type) = (rows, columns, outputs, buffer, givenType);
    }

    private byte Levels() => (byte)(current == Sample ? levels : 255);

    private void Pad(byte[] bytes)
    {
        weights.AddRange(bytes);
        weights.AddRange(new byte[-bytes.Length & 3]);
    }

    private static int Look(int step, Activation activation)
    {
        float[] value = [step * 0.03f];
        ActivationFunction.Forward(value, activation, 0.5f, 1);
        return (int)Math.Clamp(MathF.Round(value[0] / (1f / 127), MidpointRounding.AwayFromZero), -127f, 127f);
    }

    private static int[] Sums(int[] values, Shape shape, sbyte[] w, int[] biases, int filters, int zero)
    {
        int outputs = biases.Length;
        int each = w.Length / outputs;
        int[] sums = new int[shape.OutputHeight * shape.OutputWidth * outputs];
        for (int at = 0; at < sums.Length; at++)
        {
            int filter = at % outputs;
            int sum = biases[filter];
            foreach ((int tap, int place) in shape.Under(at / outputs))
            {
                for (int channel = 0; channel < (filters == 0 ? 1 : shape.Channels); channel++)
                {
                    sum += filters == 0
                        ? w[filter * each + tap] * (values[place * shape.Channels + filter] - zero)
                        : w[filter * each + tap * shape.Channels + channel] * (values[place * shape.Channels + channel] - zero);
                }
            }

            sums[at] = sum;
        }

        return sums;
    }

    private static int[] Largest(int[] values, Shape shape) =>
        shape.Each((place, channel) => shape.Under(place).Max(at => values[at.Place * shape.Channels + channel]));

    private static int[] Mean(int[] values, Shape shape) => shape.Each((place, channel) =>
    {
        int taps = shape.Under(place).Count();
        return (2 * shape.Under(place).Sum(at => values[at.Place * shape.Channels + channel]) + taps) / (2 * taps);
    });

    private sealed record Shape(int Height, int Width, int Channels, byte[] Window)
    {
        internal int OutputHeight => (Height + Window[4] + Window[6] - (Window[0] - 1) * Window[8] - 1) / Window[2] + 1;

        internal int OutputWidth => (Width + Window[5] + Window[7] - (Window[1] - 1) * Window[9] - 1) / Window[3] + 1;

        internal IEnumerable<(int Tap, int Place)> Under(int output)
        {
            int top = output / OutputWidth * Window[2] - Window[4];
            int left = output % OutputWidth * Window[3] - Window[5];
            for (int tap = 0; tap < Window[0] * Window[1]; tap++)
            {
                int y = top + tap / Window[1] * Window[8];
                int x = left + tap % Window[1] * Window[9];
                if (y >= 0 && y < Height && x >= 0 && x < Width)
                {
                    yield return (tap, y * Width + x);
                }
            }
        }

        internal int[] Each(Func<int, int, int> value) =>
            [.. Enumerable.Range(0, OutputHeight * OutputWidth * Channels).Select(i => value(i / Channels, i % Channels))];
    }
}
