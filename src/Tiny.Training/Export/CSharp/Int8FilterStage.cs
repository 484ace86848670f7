using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Desk;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Int8 convolutions and depthwise convolutions as source: the bytes under a window in locals, three filters to an expression.
/// </summary>
internal sealed class Int8FilterStage : Int8Stage
{
    private readonly FilterLayer layer;
    private readonly int[] window;
    private readonly int filters;
    private readonly int each;
    private readonly int[] biases;
    private readonly int[][] weights; // (filters)(each)

    internal Int8FilterStage(FilterLayer layer, int number)
        : base(number)
    {
        this.layer = layer;
        window = layer.Window;
        filters = layer.Filters;
        each = layer.ParameterCount / filters - 1;
        int[][] rows = [.. layer.Parameters().Chunk(1 + each).Select(row => Array.ConvertAll(row, value => (int)value))];
        biases = [.. rows.Select(row => row[0])];
        weights = [.. rows.Select(row => row[1..])];
    }

    /// <inheritdoc/>
    internal override int GivenZero => layer.GivenZero;

    private bool IsDepthwise => layer.Kind == Int8DepthwiseConv2D.Int8DepthwiseConv2DCode;

    private bool IsPadded => ByteWindow.IsPadded(window);

    /// <summary>Whether one method goes from bytes to digits of ReLU, all filters of a place in one piece.</summary>
    private bool IsWhole => !IsDepthwise && layer.Pool == 1 && layer.Table is null && Cuts.Count == 1;

    private IReadOnlyList<MethodCut> Cuts => MethodCut.Of(each, (filters + 2) / 3);

    /// <inheritdoc/>
    internal override void Fields(CSharpText text)
    {
        text.Line($"private static readonly byte[] {To} = new byte[{layer.Outputs}];");
        if (!IsDepthwise && !IsWhole)
        {
            text.Line($"private static readonly long[] sums{Number} = new long[{(filters + 2) / 3}];");
        }

        if (IsPadded)
        {
            text.Line($"private static readonly byte[] padded{Number} = Padded{Number}();");
        }

        Table(text, layer.Table);
    }

    /// <inheritdoc/>
    internal override void Call(CSharpText text, string z) => text.Line($"Filter{Number}({From}, {To});");

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        Step(text, layer.Table);
        Walk(text);
        if (IsPadded)
        {
            Pad(text);
        }

        if (IsDepthwise)
        {
            text.Blank();
            text.Block($"private static void Place{Number}(byte[] x, int at, byte[] z, int to)", () => Depthwise(text));
            return;
        }

        if (IsWhole)
        {
            return;
        }

        IReadOnlyList<MethodCut> cuts = Cuts;
        for (int i = 0; i < cuts.Count; i++)
        {
            MethodCut cut = cuts[i];
            text.Blank();
            text.Block($"private static void Place{Number}Part{i}(byte[] x, int at)", () => Sums(text, cut));
        }

        text.Blank();
        text.Block($"private static void Digits{Number}(byte[] z, int to)", () => Digits(text));
    }

    private int Offset(int value)
    {
        int tap = value / window[ByteWindow.Channels];
        return (tap / window[ByteWindow.Width] * window[ByteWindow.DilationDown] * window[ByteWindow.PaddedWidth]
            + tap % window[ByteWindow.Width] * window[ByteWindow.DilationAcross]) * window[ByteWindow.Channels]
            + value % window[ByteWindow.Channels];
    }

    private void Walk(CSharpText text)
    {
        int pool = layer.Pool;
        int down = window[ByteWindow.StrideDown] * window[ByteWindow.PaddedWidth] * window[ByteWindow.Channels];
        int across = window[ByteWindow.StrideAcross] * window[ByteWindow.Channels];
        text.Blank();
        text.Block($"private static void Filter{Number}(byte[] x, byte[] z)", () =>
        {
            if (IsPadded)
            {
                text.Line($"Pad{Number}(x);");
                text.Line($"x = padded{Number};");
            }

            text.Line("int to = 0;");
            if (IsWhole)
            {
                Whole(text, down, across);
                return;
            }

            text.Block($"for (int row = 0; row < {window[ByteWindow.OutputHeight] / pool}; row++)",
                () => text.Block($"for (int column = 0; column < {window[ByteWindow.OutputWidth] / pool}; column++)", () =>
            {
                if (pool > 1)
                {
                    text.Line($"Array.Clear(z, to, {filters});");
                    text.Block($"for (int i = 0; i < {pool * pool}; i++)",
                        () => Place(text, $"(row * {pool} + i / {pool}) * {down} + (column * {pool} + i % {pool}) * {across}"));
                }
                else
                {
                    Place(text, $"row * {down} + column * {across}");
                }

                text.Line($"to += {filters};");
            }));
        });
    }

    /// <summary>All places in one walk: three sums become three digits at once, and digits of 0 are there already.</summary>
    private void Whole(CSharpText text, int down, int across)
    {
        int columns = window[ByteWindow.OutputWidth];
        text.Line($"Array.Clear(z, 0, {layer.Outputs});");
        text.Line("int at = 0;");
        text.Line("long s;");
        text.Line("long d;");
        text.Block($"for (int row = {window[ByteWindow.OutputHeight]}; row != 0; row--)", () =>
        {
            text.Block($"for (int column = {columns}; column != 0; column--)", () =>
            {
                for (int k = 0; k < each; k++)
                {
                    text.Line($"long x{k} = x[at + {Offset(k)}];");
                }

                for (int group = 0; group < (filters + 2) / 3; group++)
                {
                    text.Line($"s = {Sum(3 * group, 0, each, "")};");
                    text.Line($"d = (s >> 20) & {CSharpText.Long(FilterLayer.Ones)};");
                    int first = 3 * group;
                    text.Block("if (d != 0L)", () => Rectify(text, first));
                }

                text.Line($"at += {across};");
                text.Line($"to += {filters};");
            });
            text.Line($"at += {down - columns * across};");
        });
    }

    private void Rectify(CSharpText text, int first)
    {
        int shift = layer.Shifts[0];
        long room = FilterLayer.Ones * ((1L << 20) - (128L << shift));
        text.Line("s &= d * 0xFFFFFL;");
        text.Line($"d = ((s >> {shift}) | ((((s "
            + $"+ {CSharpText.Long(room)}) >> 20) & {CSharpText.Long(FilterLayer.Ones)}) * 127L)) & {CSharpText.Long(FilterLayer.Low7)};");
        for (int lane = 0; lane < 3 && first + lane < filters; lane++)
        {
            text.Line($"z[to + {first + lane}] = (byte){(lane == 0 ? "d" : $"(d >> {21 * lane})")};");
        }
    }

    /// <summary>The sum of three filters, or of some of its terms behind another.</summary>
    private string Sum(int first, int from, int to, string before)
    {
        long start = Packed(lane => first + lane < filters
            ? (1L << 20) + biases[first + lane] - (long)Zero * weights[first + lane].Sum() : 1L << 20);
        return (from == 0 ? CSharpText.Long(start) : before)
            + string.Concat(Enumerable.Range(from, to - from)
            .Select(k => $" + {CSharpText.Long(Packed(lane => first + lane < filters ? weights[first + lane][k] : 0))} * x{k}"));
    }

    private void Place(CSharpText text, string at)
    {
        text.Line($"int at = {at};");
        if (IsDepthwise)
        {
            text.Line($"Place{Number}(x, at, z, to);");
            return;
        }

        for (int i = 0; i < Cuts.Count; i++)
        {
            text.Line($"Place{Number}Part{i}(x, at);");
        }

        text.Line($"Digits{Number}(z, to);");
    }

    private void Pad(CSharpText text)
    {
        int row = window[ByteWindow.InputWidth] * window[ByteWindow.Channels];
        int pitch = window[ByteWindow.PaddedWidth] * window[ByteWindow.Channels];
        text.Blank();
        text.Block($"private static byte[] Padded{Number}()", () =>
        {
            text.Line("byte[] padded = new "
                + $"byte[{(window[ByteWindow.InputHeight] + window[ByteWindow.Above] + window[ByteWindow.Below]) * pitch}];");
            text.Block("for (int i = 0; i < padded.Length; i++)", () => text.Line($"padded[i] = {Zero};"));
            text.Blank();
            text.Line("return padded;");
        });
        text.Blank();
        text.Block($"private static void Pad{Number}(byte[] x)",
            () => text.Block($"for (int i = 0; i < {window[ByteWindow.InputHeight]}; i++)", () =>
            text.Line($"Array.Copy(x, i * {row}, padded{Number}, i * {pitch} + "
            + $"{window[ByteWindow.Above] * pitch + window[ByteWindow.Left] * window[ByteWindow.Channels]}, {row});")));
    }

    private void Sums(CSharpText text, MethodCut cut)
    {
        for (int k = cut.From; k < cut.To; k++)
        {
            text.Line($"long x{k} = x[at + {Offset(k)}];");
        }

        text.Line($"long[] s = sums{Number};");
        for (int group = cut.FirstRow; group < cut.EndRow; group++)
        {
            text.Line($"s[{group}] = {Sum(3 * group, cut.From, cut.To, $"s[{group}]")};");
        }
    }

    private void Digits(CSharpText text)
    {
        text.Line($"long[] s = sums{Number};");
        text.Line("long packed;");
        text.Line("int v;");
        for (int filter = 0; filter < filters; filter++)
        {
            if (filter % 3 == 0)
            {
                text.Line($"packed = s[{filter / 3}];");
            }

            text.Line($"v = {Lane("packed", filter % 3)};");
            Give(text, filter);
        }
    }

    private void Give(CSharpText text, int filter)
    {
        string digit = Byte(layer.Activation, layer.Shifts[layer.Activation == Activation.Relu ? 0 : filter]);
        if (layer.Pool == 1)
        {
            text.Line($"z[to + {filter}] = {digit};");
            return;
        }

        text.Line($"v = {digit};");
        text.Line($"if (v > z[to + {filter}]) z[to + {filter}] = (byte)v;");
    }

    private void Depthwise(CSharpText text)
    {
        text.Line("int v;");
        for (int channel = 0; channel < filters; channel++)
        {
            int one = channel;
            text.Line($"v = {biases[channel] - Zero * weights[channel].Sum()}"
                + $"{string.Concat(Enumerable.Range(0, each).Select(tap => $" + {weights[one][tap]} * x[at + {Offset(
                tap * filters + one)}]"))};");
            Give(text, channel);
        }
    }
}
