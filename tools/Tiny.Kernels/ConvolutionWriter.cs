namespace Tiny.Kernels;

/// <summary>
/// Writes the products of int8 convolutions: three weights in a long, the weights of some
/// taps and filters in locals for all places of some rows.
/// </summary>
public static class ConvolutionWriter
{
    private const int SmallWidth = 6;
    private static readonly (int Width, int Groups)[] Whole = [(9, 2), (9, 3), (25, 2), (25, 3), (36, 3)];
    private const int Run = 12; // values of a row of the window of 36
    private static readonly (int Width, int Groups)[] Wide = [(9, 2), (9, 3), (9, 6), (12, 2), (12, 3), (12, 6), (25, 2), (25, 3)];

    private const string Parameters =
        "byte[] x, int[] offsets, int offset, int chunk, long[] w, long[] sums, int at, int to, int columns, int rows, int step, int "
        + "skip, int groups";

    /// <summary>The products of three longs of filters, and those of one channel.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Convolution.Int8",
        "FilterProducts",
        "Adds the products of some values under the window and some filters to the sums of all places. See src/DESIGN.md, Int8 "
            + "convolution.",
        file =>
        {
            file.Line("/// <summary>Values of a chunk.</summary>");
            file.Line($"internal const int Width = {SmallWidth};");
            file.Blank();
            file.Line("/// <summary>One chunk and three groups, over all places of some rows.</summary>");
            file.Block($"internal static void Run({Parameters})", () => Filters(file, SmallWidth, 3, passOver: false));
        });

    /// <summary>The products of two to six longs of filters, for boards with flash to spare.</summary>
    public static string WriteWide() => SourceText.KernelFile(
        "Tiny.Convolution.Int8.Wide",
        "WideFilterProducts",
        "Adds the products of some values under the window and some filters to the sums of all places. Where all values are 0 there is "
            + "nothing to add. See src/DESIGN.md, Int8 convolution.",
        file =>
        {
            file.Block($"internal static void Run({Parameters}, int width, int count)", () =>
            {
                file.Line("switch (8 * width + count)");
                file.Open();
                foreach ((int width, int groups) in Wide)
                {
                    file.Line((width, groups) == Wide[^1] ? "default:" : $"case {8 * width + groups}:");
                    file.Line($"    Width{width}By{groups}(x, offsets, offset, chunk, w, sums, at, to, columns, rows, step, skip, "
                        + "groups);");
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

    /// <summary>From bytes to digits, where one chunk is a whole window and one block all filters: the sums stay in locals.</summary>
    public static string WriteWhole() => SourceText.KernelFile(
        "Tiny.Convolution.Int8.Wide",
        "WholeWindows",
        "Convolutions of one chunk and one block, behind ReLU, from bytes to digits. Digits of 0 are there already. See src/DESIGN.md, "
            + "Int8 convolution.",
        file =>
        {
            const string parameters = "byte[] x, int[] offsets, long[] w, long[] starts, byte[] z, int to, int columns, int rows, int "
                + "step, int skip, int filters, int shift";
            file.Block($"internal static void Run({parameters}, int width, int count)", () =>
            {
                file.Line("switch (8 * width + count)");
                file.Open();
                foreach ((int width, int groups) in Whole)
                {
                    file.Line((width, groups) == Whole[^1] ? "default:" : $"case {8 * width + groups}:");
                    file.Line($"    Width{width}By{groups}(x, offsets, w, starts, z, to, columns, rows, step, skip, filters, shift);");
                    file.Line("    break;");
                }

                file.Close();
            });
            foreach ((int width, int groups) in Whole)
            {
                file.Blank();
                file.Block($"private static void Width{width}By{groups}({parameters})", () => WholeWindow(file, width, groups));
            }
        });

    private static void WholeWindow(SourceText file, int width, int groups)
    {
        Load(file, width, groups, "");
        if (width == 3 * Run)
        {
            file.Line("int second = step;");
            file.Line("int third = 2 * step;");
        }

        file.Line("long ones = FilterLayer.Ones;");
        file.Line("long below = (1L << 20) - 1L;");
        file.Line("long seven = 127L;");
        file.Line("long low7 = FilterLayer.Low7;");
        file.Line("long room = ones * ((1 << 20) - (128 << shift));");
        file.Line("int at = 0;");
        for (int group = 0; group < groups; group++)
        {
            file.Line($"long start{group} = starts[{group}];");
            if (width != 3 * Run)
            {
                file.Line($"long last{group} = 0L;");
                file.Line($"long digits{group} = 0L;");
            }
        }

        if (width == 3 * Run)
        {
            Runs(file, groups);
            return;
        }

        Walk(file, () =>
        {
            Values(file, width);
            file.Line($"bool blank = {Each(width, "==", "&&")};");
            for (int group = 0; group < groups; group++)
            {
                WholeGroup(file, width, group, group == groups - 1);
            }

            file.Line("to += filters;");
        }, () => { });
    }

    /// <summary>
    /// Three rows of twelve values, each of them one run: a place by itself for each would be more locals than a method may
    /// have. Windows are two taps apart, so that the last tap of a row is the first of the next window.
    /// </summary>
    private static void Runs(SourceText file, int groups)
    {
        const int tap = Run / 3;
        file.Line($"long {SourceText.Join(3 * Run, ", ", k => $"q{k}")};");
        file.Loop(
            () =>
            {
                LoadRuns(file, Run - tap, -tap * 2);
                file.Line("int column = columns;");
                file.Loop(
                    () =>
                    {
                        for (int k = 0; k < 3 * Run; k++)
                        {
                            if (k % Run < tap)
                            {
                                file.Line($"q{k} = q{k + 2 * tap};");
                            }
                        }

                        LoadRuns(file, tap, 0);
                        for (int group = 0; group < groups; group++)
                        {
                            WholeGroup(file, 3 * Run, group, group == groups - 1);
                        }

                        file.Line("to += filters;");
                        file.Line($"at += {2 * tap};");
                        file.Line("column--;");
                    },
                    "column != 0");
                file.Line("at += skip;");
                file.Line("rows--;");
            },
            "rows != 0");
    }

    /// <summary>The values of each run from one on.</summary>
    private static void LoadRuns(SourceText file, int first, int shift)
    {
        for (int row = 0; row < 3; row++)
        {
            if (row > 0)
            {
                file.Line($"{(row == 1 && shift != 0 ? "int " : "")}from = at + {(row == 1 ? "second" : "third")};");
            }

            for (int k = first; k < Run; k++)
            {
                file.Line($"q{row * Run + k} = x[{(row == 0 ? "at" : "from")}{Plus(k + shift)}];");
            }
        }
    }

    private static void WholeGroup(SourceText file, int width, int group, bool last)
    {
        char name = Name(group);
        string sum = $"{SourceText.Join(width, " + ", k => $"{name}{k} * q{k}")};";
        if (width == 3 * Run)
        {
            // So many are not all 0, nor the same as before, often enough to ask for it.
            file.Line($"long s{group} = start{group} + {sum}");
            file.Line($"long digits{group} = (s{group} >> 20) & ones;");
            file.Block($"if (digits{group} != 0L)", () =>
            {
                Rectify(file, group);
                Lanes(file, group, last);
            });
            file.Blank();
            return;
        }

        file.Line($"long s{group} = start{group};");
        file.Block("if (!blank)", () => file.Line($"s{group} = s{group} + {sum}"));
        file.Blank();
        file.Block($"if (s{group} != last{group})", () =>
        {
            file.Line($"last{group} = s{group};");
            file.Line($"digits{group} = (s{group} >> 20) & ones;");
            file.Block($"if (digits{group} != 0L)", () => Rectify(file, group));
        });
        file.Blank();
        file.Block($"if (digits{group} != 0L)", () => Lanes(file, group, last));
        file.Blank();
    }

    private static void Rectify(SourceText file, int group)
    {
        file.Line($"s{group} &= digits{group} * below;");
        file.Line($"digits{group} = ((s{group} >> shift) | ((((s{group} + room) >> 20) & ones) * seven)) & low7;");
    }

    private static void Lanes(SourceText file, int group, bool last)
    {
        file.Line($"z[to{Plus(3 * group)}] = (byte)digits{group};");
        Lane(file, group, 1, "21", last);
        Lane(file, group, 2, "FilterLayer.Top", last);
    }

    /// <summary>The products of one channel and one filter.</summary>
    public static string WriteChannels() => SourceText.KernelFile(
        "Tiny.Convolution.Int8",
        "ChannelProducts",
        "Adds the products of three values under the window and one filter to the sums of all places of three rows, in the three lanes. "
            + "See src/DESIGN.md, Int8 convolution.",
        file => file.Block(
            "internal static void Run(byte[] x, int[] offsets, int chunk, sbyte[] w, int weight, long[] sums, int at, int second, int "
                + "third, int columns, int rows, int step, int skip)",
            () => Channel(file, 3)));

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
            file.Line($"sums[to] = sums[to] "
                + $"+ {SourceText.Join(width, " + ",
                k => $"w{k} * ((x[at + o{k}] | x[second + o{k}] << 21) + ((long)x[third + o{k}] << 42))")};");
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

    /// <summary>A lane of the last group may be idle.</summary>
    private static void Lane(SourceText file, int group, int lane, string shift, bool last)
    {
        int filter = 3 * group + lane;
        string line = $"z[to + {filter}] = (byte)(digits{group} >> {shift});";
        if (last)
        {
            file.Block($"if (filters > {filter})", () => file.Line(line));
        }
        else
        {
            file.Line(line);
        }
    }

    private static void Load(SourceText file, int width, int groups, string chunk)
    {
        string Index(int i) => chunk.Length == 0 ? $"{i}" : chunk + Plus(i);
        for (int k = 0; k < width && width != 3 * Run; k++)
        {
            file.Line($"int o{k} = offsets[{(chunk.Length == 0 ? $"{k}" : $"offset{Plus(k)}")}];");
        }

        if (chunk.Length > 0)
        {
            file.Line($"{chunk} *= {groups};");
        }

        for (int i = 0; i < width * groups; i++)
        {
            file.Line($"long {Name(i / width)}{i % width} = w[{Index(i)}];");
        }
    }

    private static void Values(SourceText file, int width)
    {
        for (int k = 0; k < width; k++)
        {
            file.Line($"long q{k} = x[at + o{k}];");
        }
    }

    private static void Filters(SourceText file, int width, int groups, bool passOver)
    {
        Load(file, width, groups, "chunk");
        Walk(file, () =>
        {
            Values(file, width);
            if (passOver)
            {
                file.Block($"if ({Each(width, "!=", "||")})", () => Products(file, width, groups));
                file.Blank();
            }
            else
            {
                Products(file, width, groups);
            }

            file.Line("to += groups;");
        }, () => { });
    }

    /// <summary>Whether all values are 0, or not all: every fifth is asked first, which mostly settles it.</summary>
    private static string Each(int width, string relation, string and)
    {
        string Values(bool fifth) => string.Join(" | ", Enumerable.Range(0, width).Where(k => k % 5 == 0 == fifth).Select(k => $"q{k}"));
        return $"({Values(true)}) {relation} 0L {and} ({Values(false)}) {relation} 0L";
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
