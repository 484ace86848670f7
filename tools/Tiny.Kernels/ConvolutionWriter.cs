namespace Tiny.Kernels;

/// <summary>Writes the products of int8 convolutions: three weights in a long, the weights of some taps and filters in locals for all places of some rows.</summary>
public static class ConvolutionWriter
{
    private static readonly int[] Widths = [4, 9, 12];
    private static readonly (int Width, int Groups)[] Wide = [(9, 2), (9, 3), (9, 6), (12, 2), (12, 3), (12, 6), (25, 2), (25, 3)];

    private const string Parameters = "byte[] x, int[] offsets, int chunk, long[] w, long[] sums, int at, int to, int columns, int rows, int step, int skip, int groups";

    /// <summary>The products of three longs of filters, and those of one channel.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Convolution.Int8",
        "FilterProducts",
        "Adds the products of some values under the window and some filters to the sums of all places. See src/DESIGN.md, Int8 convolution.",
        file =>
        {
            file.Block($"internal static void Run({Parameters}, int width)", () =>
            {
                file.Line("switch (width)");
                file.Open();
                foreach (int width in Widths)
                {
                    file.Line(width == Widths[^1] ? "default:" : $"case {width}:");
                    file.Line($"    Width{width}(x, offsets, chunk, w, sums, at, to, columns, rows, step, skip, groups);");
                    file.Line("    break;");
                }

                file.Close();
            });
            foreach (int width in Widths)
            {
                file.Blank();
                file.Block($"private static void Width{width}({Parameters})", () => Filters(file, width, 3, passOver: false));
            }
        });

    /// <summary>The products of two to six longs of filters, for boards with flash to spare.</summary>
    public static string WriteWide() => SourceText.KernelFile(
        "Tiny.Convolution.Int8.Wide",
        "WideFilterProducts",
        "Adds the products of some values under the window and some filters to the sums of all places. Where all values are 0 there is nothing to add. See src/DESIGN.md, Int8 convolution.",
        file =>
        {
            file.Block($"internal static void Run({Parameters}, int width, int count)", () =>
            {
                file.Line("switch (8 * width + count)");
                file.Open();
                foreach ((int width, int groups) in Wide)
                {
                    file.Line((width, groups) == Wide[^1] ? "default:" : $"case {8 * width + groups}:");
                    file.Line($"    Width{width}By{groups}(x, offsets, chunk, w, sums, at, to, columns, rows, step, skip, groups);");
                    file.Line("    break;");
                }

                file.Close();
            });
            foreach ((int width, int groups) in Wide)
            {
                file.Blank();
                file.Block($"private static void Width{width}By{groups}({Parameters})", () => Filters(file, width, groups, passOver: true));
            }
        });

    /// <summary>The products of one channel and one filter.</summary>
    public static string WriteChannels() => SourceText.KernelFile(
        "Tiny.Convolution.Int8",
        "ChannelProducts",
        "Adds the products of nine values under the window and one filter to the sums of all places of three rows, in the three lanes. See src/DESIGN.md, Int8 convolution.",
        file => file.Block(
            "internal static void Run(byte[] x, int[] offsets, int chunk, sbyte[] w, int weight, long[] sums, int at, int second, int third, int columns, int rows, int step, int skip)",
            () => Channel(file, 9)));

    private static void Channel(SourceText file, int width)
    {
        for (int k = 0; k < width; k++)
        {
            file.Line($"int o{k} = offsets[chunk{Plus(k)}];");
        }

        for (int k = 0; k < width; k++)
        {
            file.Line($"long w{k} = w[weight{Plus(k)}];");
        }

        file.Line("int to = 0;");
        Walk(file, () =>
        {
            file.Line($"sums[to] = sums[to] + {SourceText.Join(width, " + ", k => $"w{k} * ((x[at + o{k}] | x[second + o{k}] << 21) + ((long)x[third + o{k}] << 42))")};");
            file.Line("to++;");
            file.Line("second += step;");
            file.Line("third += step;");
        }, () =>
        {
            file.Line("second += skip;");
            file.Line("third += skip;");
        });
    }

    private static void Walk(SourceText file, Action place, Action row) => file.Loop(
        () =>
        {
            file.Line("int column = columns;");
            file.Loop(
                () =>
                {
                    place();
                    file.Line("at += step;");
                    file.Line("column--;");
                },
                "column != 0");
            row();
            file.Line("at += skip;");
            file.Line("rows--;");
        },
        "rows != 0");

    private static void Filters(SourceText file, int width, int groups, bool passOver)
    {
        for (int k = 0; k < width; k++)
        {
            file.Line($"int o{k} = offsets[chunk{Plus(k)}];");
        }

        file.Line($"chunk *= {groups};");
        for (int i = 0; i < width * groups; i++)
        {
            file.Line($"long {Name(i / width)}{i % width} = w[chunk{Plus(i)}];");
        }

        Walk(file, () =>
        {
            for (int k = 0; k < width; k++)
            {
                file.Line($"long q{k} = x[at + o{k}];");
            }

            if (passOver)
            {
                file.Block($"if (({SourceText.Join(width, " | ", k => $"q{k}")}) != 0L)", () => Products(file, width, groups));
                file.Blank();
            }
            else
            {
                Products(file, width, groups);
            }

            file.Line("to += groups;");
        }, () => { });
    }

    private static void Products(SourceText file, int width, int groups)
    {
        for (int group = 0; group < groups; group++)
        {
            string sum = $"sums[to{Plus(group)}]";
            char name = Name(group);
            file.Line($"{sum} = {sum} + {SourceText.Join(width, " + ", k => $"{name}{k} * q{k}")};");
        }
    }

    private static char Name(int group) => "abcdef"[group];

    private static string Plus(int offset) => offset == 0 ? "" : $" + {offset}";
}
