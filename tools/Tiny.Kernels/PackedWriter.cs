namespace Tiny.Kernels;

/// <summary>
/// Writes the int8 products: three 8-bit weights in a long, three multiply-accumulates in one interpreted multiplication. Whole-number sums
/// are exact in any order, so widths without a method of their own take several, or one that is wider with weights of 0.
/// </summary>
public static class PackedWriter
{
    private static readonly int[] InputWidths = [4, 8, 16, 32, 64, 128];
    private static readonly int[] DigitWidths = [2, 4, 6, 8, 11, 15, 22];

    public static string WriteOutputPacked() => SourceText.KernelFile(
        "OutputPackedForward",
        "Sums of three outputs at once: sums[g] += w[g, 0] + w[g, 1] q[0] + w[g, 2] q[1] + ... See src/DESIGN.md, Packed int8.",
        file =>
        {
            file.Line("/// <summary>The most inputs of one call.</summary>");
            file.Line($"internal const int Widest = {InputWidths[^1]};");
            file.Blank();
            file.Line("/// <summary>The width that serves this many inputs best: the next one if at most an eighth of it is idle, else the one below.</summary>");
            file.Block("internal static int WidthFor(int inputs)", () =>
            {
                for (int k = 1; k < InputWidths.Length; k++)
                {
                    file.Block($"if (inputs <= {InputWidths[k] - InputWidths[k] / 8 - 1})", () => file.Line($"return {InputWidths[k - 1]};"));
                    file.Blank();
                }

                file.Line($"return {InputWidths[^1]};");
            });
            file.Blank();
            file.Line("/// <summary>One block of inputs: levels; or where x is not null, the whole numbers towards 0 from x * scale + offset.</summary>");
            file.Line("/// <returns>False, and sums is untouched, if an input is not within the levels: its number not from -256 to -1.</returns>");
            Dispatch(file, "float[] x, byte[] levels, float scale, float offset, long[] sums, long[][] rows, int first, int groups", "null, x, levels, scale, offset, sums, rows, first, groups", InputWidths, "bool");
            foreach (int width in InputWidths)
            {
                file.Blank();
                OutputPacked(file, width);
            }
        });

    public static string WriteInputPacked() => SourceText.KernelFile(
        "InputPackedForward",
        "Sums of three inputs at once: sums[u] = (w[u, 0] + w[u, 1] d[0] + w[u, 2] d[1] + ...) >> 43. See src/DESIGN.md, Packed int8.",
        file =>
        {
            file.Line("/// <summary>The most inputs of one call: three to a digit, but no more than whose sum fits the 21 bits above the rest.</summary>");
            file.Line("internal const int Widest = 64;");
            file.Blank();
            Widths(file);
            file.Blank();
            file.Line("/// <summary>One block of inputs, three to a digit. The sums go to z, each by its scale, or are added to sums.</summary>");
            Dispatch(file, "long[] d, long[][] rows, int first, int count, float[] z, float[] scales, int[] sums", "null, d, rows, first, count, z, scales, sums", DigitWidths, "void");
            foreach (int width in DigitWidths)
            {
                file.Blank();
                InputPacked(file, width);
            }
        });

    private static void Widths(SourceText file)
    {
        file.Line("/// <summary>The width that serves this many digits: the next one, the rest of them 0.</summary>");
        file.Block("internal static int WidthFor(int digits)", () =>
        {
            foreach (int width in DigitWidths[..^1])
            {
                file.Block($"if (digits <= {width})", () => file.Line($"return {width};"));
                file.Blank();
            }

            file.Line($"return {DigitWidths[^1]};");
        });
    }

    private static void Dispatch(SourceText file, string parameters, string arguments, int[] widths, string result) =>
        file.Block($"internal static {result} Run({parameters}, int width)", () =>
        {
            file.Line("switch (width)");
            file.Open();
            foreach (int width in widths)
            {
                file.Line(width == widths[^1] ? "default:" : $"case {width}:");
                file.Line($"    {(result == "void" ? "" : "return ")}Width{width}({arguments});");
                if (result == "void")
                {
                    file.Line("    break;");
                }
            }

            file.Close();
        });

    private static void OutputPacked(SourceText file, int width) =>
        file.Block($"private static bool Width{width}(long[] r, float[] x, byte[] levels, float scale, float offset, long[] sums, long[][] rows, int first, int groups)", () =>
        {
            file.Line("int i = groups;");
            file.Line($"long {SourceText.Join(width, ", ", k => $"q{k}")};");
            file.Block("if (x != null)", () =>
            {
                file.Line("// From -256 to -1 all higher bits are 1. No board converts NaN to such a number; plus infinity and 2^64 become -1 on some, the highest level, as in ToLevels.");
                file.Line($"long all = {SourceText.Join(width, " & ", k => $"(q{k} = (long)(x[{k}] * scale + offset))")};");
                file.Block("if (all >> 8 != -1L)", () => file.Line("return false;"));
            });
            file.Block("else", () =>
            {
                for (int k = 0; k < width; k++)
                {
                    file.Line($"q{k} = levels[{k}] - 256;");
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
        file.Block($"private static void Width{width}(long[] r, long[] d, long[][] rows, int first, int count, float[] z, float[] scales, int[] sums)", () =>
        {
            file.Line("int i = count;");
            for (int k = 0; k < width; k++)
            {
                file.Line($"long d{k} = d[{k}];");
            }

            string sum = $"r[0] + {SourceText.Join(width, " + ", k => $"r[{k + 1}] * d{k}")}";
            file.Block("if (z != null)", () => file.Loop(
                () =>
                {
                    file.Line("i--;");
                    file.Line("r = rows[first + i];");
                    file.Line($"z[i] = (int)(({sum}) >> 43) * scales[i];");
                },
                "i != 0"));
            file.Block("else", () => file.Loop(
                () =>
                {
                    file.Line("i--;");
                    file.Line("r = rows[first + i];");
                    file.Line($"sums[i] += (int)(({sum}) >> 43);");
                },
                "i != 0"));
        });
}
