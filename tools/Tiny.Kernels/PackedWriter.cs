namespace Tiny.Kernels;

/// <summary>
/// Writes the int8 products: three 8-bit weights in a long, three multiply-accumulates in one interpreted multiplication. Whole-number sums
/// are exact in any order, so widths without a method of their own take several, or one that is wider with weights of 0.
/// </summary>
public static class PackedWriter
{
    private static readonly int[] InputWidths = [4, 8, 16, 32, 64, 128];
    private static readonly int[] DigitWidths = [4, 8, 11, 22];

    /// <summary>The wide products of levels, of Tiny.Int8.Wide.</summary>
    public static string WriteWideLevels() => WriteLevels("Tiny.Int8.Wide", "WideLevelProducts", InputWidths);

    /// <summary>The small ones, which every int8 program carries.</summary>
    public static string WriteSmallLevels() => WriteLevels("Tiny.Int8", "LevelProducts", [4, 16, 32]);

    private static string WriteLevels(string room, string name, int[] widths) => SourceText.KernelFile(
        room,
        name,
        "Sums of three outputs at once: sums[g] += w[g, 0] + w[g, 1] q[0] + w[g, 2] q[1] + ... See src/DESIGN.md, Packed int8.",
        file =>
        {
            file.Line("/// <summary>The most inputs of one call.</summary>");
            file.Line($"internal const int Widest = {widths[^1]};");
            file.Blank();
            file.Line("/// <summary>One block of inputs: levels; or where x is not null, the whole numbers toward 0 from x * scale + "
                + "offset.</summary>");
            file.Line("/// <returns>False, and sums is untouched, if an input is not within the levels: its number not from -256 to "
                + "-1.</returns>");
            Dispatch(file, "float[] x, byte[] levels, float scale, float offset, long[] sums, long[][] rows, int first, int groups",
                "null, x, levels, scale, offset, sums, rows, first, groups", widths, "bool");
            foreach (int width in widths)
            {
                file.Blank();
                OutputPacked(file, width);
            }
        });

    /// <summary>The products of digits.</summary>
    public static string WriteDigits() => SourceText.KernelFile(
        "Tiny.Int8",
        "DigitProducts",
        "Sums of three inputs at once: sums[u] = (w[u, 0] + w[u, 1] d[0] + w[u, 2] d[1] + ...) >> 43. See src/DESIGN.md, Packed int8.",
        file =>
        {
            Widths(file);
            file.Blank();
            file.Line("/// <summary>One block of inputs, three to a digit. The sums go to z, each by its scale; or where that is null "
                + "they are added to sums.</summary>");
            Dispatch(file, "long[] d, long[][] rows, int first, int count, float[] z, float[] scales, int[] sums",
                "null, d, rows, first, count, z, scales, sums", DigitWidths, "void");
            foreach (int width in DigitWidths)
            {
                file.Blank();
                InputPacked(file, width);
            }
        });

    private static void Widths(SourceText file)
    {
        file.Line("/// <summary>The width that serves this many digits: the next one, the rest of them 0.</summary>");
        file.WidthFor("digits", DigitWidths);
    }

    private static void Dispatch(SourceText file, string parameters, string arguments, int[] widths, string result) =>
        file.Block($"internal static {result} Run({parameters}, int width)", () => file.Dispatch(
            "width", widths, width => width,
            width => $"Width{width}({arguments})", returns: result != "void"));

    private static void OutputPacked(SourceText file, int width) =>
        file.Block("private static bool "
        + $"Width{width}(long[] r, float[] x, byte[] levels, float scale, float offset, long[] sums, long[][] rows, int first, int groups)",
        () =>
        {
            file.Line("int i = groups;");
            file.Line("int less = 256; // in a local, as the constant is five bytes of code wherever it stands");
            file.Line($"long {SourceText.Join(width, ", ", k => $"q{k}")};");
            file.Block("if (x != null)", () =>
            {
                file.Line("// From -256 to -1 all higher bits are 1. No board converts NaN to such a number; plus infinity and 2^64 "
                    + "become -1 on some, the highest level.");
                file.Line($"long all = {SourceText.Join(width, " & ", k => $"(q{k} = (long)(x[{k}] * scale + offset))")};");
                file.Block("if (all >> 8 != -1L)", () => file.Line("return false;"));
            });
            file.Block("else", () =>
            {
                for (int k = 0; k < width; k++)
                {
                    file.Line($"q{k} = levels[{k}] - less;");
                }
            });
            file.Blank();
            file.Loop(
                () =>
                {
                    file.Line("i--;");
                    file.Line("r = rows[first + i];");
                    file.Line($"sums[i] = sums[i] + r[0] + {SourceText.Join(width, " + ", k => $"r[{k + 1}] * q{k}")};");
                },
                "i != 0");
            file.Line("return true;");
        });

    private static void InputPacked(SourceText file, int width) =>
        file.Block("private static void "
        + $"Width{width}(long[] r, long[] d, long[][] rows, int first, int count, float[] z, float[] scales, int[] sums)", () =>
        {
            file.Line("int i = count;");
            for (int k = 0; k < width; k++)
            {
                file.Line($"long d{k} = d[{k}];");
            }

            file.Loop(
                () =>
                {
                    file.Line("i--;");
                    file.Line("r = rows[first + i];");
                    file.Line($"int sum = (int)((r[0] + {SourceText.Join(width, " + ", k => $"r[{k + 1}] * d{k}")}) >> 43);");
                    file.Block("if (z != null)", () => file.Line("z[i] = sum * scales[i];"));
                    file.Block("else", () => file.Line("sums[i] += sum;"));
                },
                "i != 0");
        });
}
