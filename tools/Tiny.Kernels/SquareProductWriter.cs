namespace Tiny.Kernels;

/// <summary>
/// Writes int8 depthwise convolutions of three by three: three rows of places stand in the
/// lanes of a long, and the longs of three columns take turns.
/// </summary>
public static class SquareProductWriter
{
    private const int Taps = 9;
    private const string Columns = "qrt";

    /// <summary>For windows one place apart.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Convolution.Int8.Wide",
        "SquareProducts",
        "Depthwise convolutions of three by three, one place apart, behind ReLU, from bytes to digits. Digits of 0 are there already. "
            + "See src/DESIGN.md, Int8 convolution.",
        file =>
        {
            file.Line("/// <summary>One channel; where rows are left over, the last three are computed.</summary>");
            file.Block(
                "internal static void Run(byte[] x, sbyte[] w, int weight, byte[] z, int channel, int channels, int pitch, int columns, "
                    + "int rows, long start, int shift)",
                () => Channel(file));
        });

    private static void Channel(SourceText file)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            file.Line($"long w{tap} = w[weight{(tap == 0 ? "" : $" + {tap}")}];");
        }

        file.Line("long ones = FilterLayer.Ones;");
        file.Line("long below = (1L << 20) - 1L;");
        file.Line("long seven = 127L;");
        file.Line("long low7 = FilterLayer.Low7;");
        file.Line("long room = ones * ((1 << 20) - (128 << shift));");
        file.Line("start *= ones;");
        file.Line("int given = columns * channels;");
        for (int row = 2; row < 5; row++)
        {
            file.Line($"int p{row} = {row} * pitch;");
        }

        file.Line("int row = 0;");
        file.Loop(
            () =>
            {
                file.Line("row = row + 3 <= rows ? row : rows - 3;");
                file.Line("int at = row * pitch + channel;");
                file.Line("int to = row * given + channel;");
                file.Line("int second = to + given;");
                file.Line("int third = second + given;");
                file.Line($"long {SourceText.Join(Taps, ", ", k => $"{Columns[k / 3]}{k % 3}")};");
                Load(file, Columns[0]);
                Load(file, Columns[1]);
                file.Line("int column = columns;");
                file.Block("while (true)", () =>
                {
                    for (int turn = 0; turn < 3; turn++)
                    {
                        Load(file, Columns[(turn + 2) % 3]);
                        Place(file, turn);
                    }
                });
                file.Blank();
                file.Line("row += 3;");
            },
            "row < rows");
    }

    private static void Load(SourceText file, char name)
    {
        file.Line($"{name}0 = (x[at] | x[at + pitch] << 21) + ((long)x[at + p2] << FilterLayer.Top);");
        file.Line($"{name}1 = ({name}0 >> 21) + ((long)x[at + p3] << FilterLayer.Top);");
        file.Line($"{name}2 = ({name}1 >> 21) + ((long)x[at + p4] << FilterLayer.Top);");
        file.Line("at += channels;");
    }

    /// <summary>One window, whose first column is that of the turn.</summary>
    private static void Place(SourceText file, int turn)
    {
        string type = turn == 0 ? "long " : "";
        file.Line($"{type}s = start + {SourceText.Join(Taps, " + ", k => $"w{k} * {Columns[(k % 3 + turn) % 3]}{k / 3}")};");
        file.Line($"{type}digits = (s >> 20) & ones;");
        file.Block("if (digits != 0L)", () =>
        {
            file.Line("s &= digits * below;");
            file.Line("digits = ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;");
            file.Line("z[to] = (byte)digits;");
            file.Line("z[second] = (byte)(digits >> 21);");
            file.Line("z[third] = (byte)(digits >> FilterLayer.Top);");
        });
        file.Blank();
        file.Line("column--;");
        file.Block("if (column == 0)", () => file.Line("break;"));
        file.Blank();
        file.Line("to += channels;");
        file.Line("second += channels;");
        file.Line("third += channels;");
        if (turn < 2)
        {
            file.Blank();
        }
    }
}
