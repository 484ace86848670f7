namespace Tiny.Kernels;

/// <summary>
/// Writes int8 convolutions of three by three over one channel with four filters: three rows
/// of places stand in the lanes of a long, so that no lane is idle.
/// </summary>
public static class SquareFilterWriter
{
    private const int Filters = 4;
    private const int Taps = 9;
    private const string Parameters = "byte[] x, long[] w, long[] starts, byte[] z, int first, int columns, int rows, int pitch, int shift";

    private const string Columns = "qrt";

    private static readonly int[] Strides = [1, 2];

    /// <summary>For windows one place apart, and two.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Convolution.Int8.Wide",
        "SquareFilters",
        "Convolutions of three by three over one channel with four filters, behind ReLU, from bytes to digits. Digits of 0 are there "
            + "already. See src/DESIGN.md, Int8 convolution.",
        file =>
        {
            foreach (int stride in Strides)
            {
                file.Line($"/// <summary>Windows {(stride == 1 ? "one place" : "two places")} apart; where rows are left over, the last "
                    + "three are computed.</summary>");
                file.Block($"internal static void Apart{stride}({Parameters})", () => Windows(file, stride));
                file.Blank();
            }

            file.Line("/// <summary>What a filter's lanes begin with, of the long in which it has one.</summary>");
            file.Block("private static long Start(long packed, int place)",
                () => file.Line("return ((packed >> place) & 0x1FFFFFL) * FilterLayer.Ones;"));
            file.Blank();
            file.Line("/// <summary>ReLU, shift and saturation as in every layer.</summary>");
            file.Block("private static long Digits(long s, int shift)", () =>
            {
                Constants(file);
                file.Line("long d = (s >> 20) & ones;");
                file.Line("s &= d * below;");
                file.Line("return ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;");
            });
        });

    private static void Windows(SourceText file, int stride)
    {
        for (int filter = 0; filter < Filters; filter++)
        {
            string place = filter % 3 == 0 ? "0" : filter % 3 == 1 ? "21" : "FilterLayer.Top";
            string half = filter % 3 == 0 ? "0L" : filter % 3 == 1 ? "128L" : "(128L | 128L << 21)";
            for (int tap = 0; tap < Taps; tap++)
            {
                string packed = $"w[{filter / 3 * Taps + tap}]";
                file.Line(filter % 3 == 0 ? $"long {Name(filter)}{tap} = (sbyte){packed};"
                    : $"long {Name(filter)}{tap} = (sbyte)(({packed} + {half}) >> {place});");
            }

            file.Line($"long start{filter} = Start(starts[{filter / 3}], {place});");
            file.Line($"long blank{filter} = Digits(start{filter}, shift);");
        }

        Constants(file);
        file.Line("int given = 4 * columns;");
        for (int row = 2; row <= 2 + 2 * stride; row++)
        {
            file.Line($"int p{row} = {row} * pitch;");
        }

        file.Line("int row = 0;");
        file.Loop(() => Rows(file, stride), "row < rows");
    }

    private static void Rows(SourceText file, int stride)
    {
        file.Line("row = row + 3 <= rows ? row : rows - 3;");
        file.Line($"int at = row * {(stride == 1 ? "" : $"{stride} * ")}pitch;");
        file.Line("int to = first + row * given;");
        file.Line("int second = to + given;");
        file.Line("int third = second + given;");
        file.Line($"long {SourceText.Join(Taps, ", ", k => $"{Columns[k / 3]}{k % 3}")};");
        for (int column = stride; column < 3; column++)
        {
            Load(file, Columns[column], stride);
        }

        file.Line("int column = columns;");
        file.Loop(
            () =>
            {
                Move(file, stride);
                Products(file);
                for (int filter = 0; filter < Filters; filter++)
                {
                    Give(file, filter);
                }

                file.Line("to += 4;");
                file.Line("second += 4;");
                file.Line("third += 4;");
                file.Line("column--;");
            },
            "column != 0");
        file.Line("row += 3;");
    }

    /// <summary>The columns that the next window shares with the one before, and those that are new to it.</summary>
    private static void Move(SourceText file, int stride)
    {
        for (int column = 0; column < 3 - stride; column++)
        {
            for (int tap = 0; tap < 3; tap++)
            {
                file.Line($"{Columns[column]}{tap} = {Columns[column + stride]}{tap};");
            }
        }

        for (int column = 3 - stride; column < 3; column++)
        {
            Load(file, Columns[column], stride);
        }
    }

    /// <summary>
    /// Three longs of a column, for the rows of the window: one shift takes a long to that of the row which the next lane has already.
    /// </summary>
    private static void Load(SourceText file, char name, int stride)
    {
        string Byte(int row) => row == 0 ? "x[at]" : row == 1 ? "x[at + pitch]" : $"x[at + p{row}]";
        for (int tap = 0; tap < 3; tap++)
        {
            string last = $"((long){Byte(tap + 2 * stride)} << FilterLayer.Top)";
            file.Line(tap < stride
                ? $"{name}{tap} = ({Byte(tap)} | {Byte(tap + stride)} << 21) + {last};"
                : $"{name}{tap} = ({name}{tap - stride} >> 21) + {last};");
        }

        file.Line("at++;");
    }

    private static void Products(SourceText file)
    {
        string Value(int tap) => $"{Columns[tap % 3]}{tap / 3}";
        file.Line($"long {SourceText.Join(Filters, ", ", k => $"d{k}")};");
        file.Block($"if (({SourceText.Join(Taps, " | ", k => $"{Value(k)}")}) == 0L)", () =>
        {
            for (int filter = 0; filter < Filters; filter++)
            {
                file.Line($"d{filter} = blank{filter};");
            }
        });
        file.Block("else", () =>
        {
            for (int filter = 0; filter < Filters; filter++)
            {
                file.Line($"long s = start{filter} + {SourceText.Join(Taps, " + ", k => $"{Name(filter)}{k} * {Value(k)}")};"[(filter == 0
                    ? 0 : 5)..]);
                file.Line($"d{filter} = (s >> 20) & ones;");
                file.Block($"if (d{filter} != 0L)", () =>
                {
                    file.Line($"s &= d{filter} * below;");
                    file.Line($"d{filter} = ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;");
                });
                if (filter < Filters - 1)
                {
                    file.Blank();
                }
            }
        });
        file.Blank();
    }

    private static void Give(SourceText file, int filter)
    {
        string plus = filter == 0 ? "" : $" + {filter}";
        file.Block($"if (d{filter} != 0L)", () =>
        {
            file.Line($"z[to{plus}] = (byte)d{filter};");
            file.Line($"z[second{plus}] = (byte)(d{filter} >> 21);");
            file.Line($"z[third{plus}] = (byte)(d{filter} >> FilterLayer.Top);");
        });
        file.Blank();
    }

    private static void Constants(SourceText file)
    {
        file.Line("long ones = FilterLayer.Ones;");
        file.Line("long below = (1L << 20) - 1L;");
        file.Line("long seven = 127L;");
        file.Line("long low7 = FilterLayer.Low7;");
        file.Line("long room = ones * ((1 << 20) - (128 << shift));");
    }

    private static char Name(int filter) => "abce"[filter];
}
