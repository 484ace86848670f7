namespace Tiny.Kernels;

/// <summary>
/// Writes whole steps of small int8 units over three channels: sums, gates and state of a
/// unit in one loop, which spares the device what each loop costs.
/// </summary>
public static class GruStepWriter
{
    private const int Channels = 3;
    private static readonly int[] Widths = [8, 12, 16];

    /// <summary>The file.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Recurrence.Int8", "GruSteps", "Whole steps of up to 16 units over three channels, with the arithmetic of Int8GruLayer.",
            file =>
        {
            file.Line("/// <summary>Channels of a sample.</summary>");
            file.Line($"internal const int Channels = {Channels};");
            file.Blank();
            file.Line("/// <summary>Whether there is a step for units whose rows have this width.</summary>");
            file.Block("internal static bool Has(int width)",
                () => file.Line($"return {string.Join(" || ", Widths.Select(width => $"width == {width}"))};"));
            file.Blank();
            file.Line("/// <summary>A step: h and the digits become those of the next state.</summary>");
            file.Block("internal static void Run(long[] x, long[] digits, long[][] ofSample, long[][] ofState, float[] h, int units, int "
                + "shift, float[] gates, short[] shares, int width)", () => file.Dispatch(
                "width", Widths, width => width,
                width => $"Width{width}(null, h, digits, units, ofState, ofSample, x, gates, shares, shift)"));
            foreach (int width in Widths)
            {
                file.Blank();
                Method(file, width);
            }
        });

    private static void Method(SourceText file, int width) =>
        file.Block($"private static void Width{width}(long[] r, float[] h, long[] digits, int j, long[][] ofState, long[][] ofSample, "
        + "long[] x, float[] gates, short[] shares, int shift)", () =>
        {
            file.Line("int step;");
            file.Line("long lanes;");
            file.Line("int low;");
            file.Line("float n;");
            for (int k = 0; k < width; k++)
            {
                file.Line($"long d{k} = digits[{k}];");
            }

            for (int k = 0; k < Channels; k++)
            {
                file.Line($"long x{k} = x[{k}];");
            }

            file.Loop(
                () =>
                {
                    file.Line("j--;");
                    file.Line("r = ofState[j];");
                    file.Line($"lanes = r[0] + {SourceText.Join(width, " + ", k => $"r[{k + 1}] * d{k}")};");
                    file.Line("low = (int)lanes & 0x1FFFFF;");
                    file.Line("r = ofSample[j];");
                    file.Line($"lanes += r[0] + {SourceText.Join(Channels, " + ", k => $"r[{k + 1}] * x{k}")};");
                    file.Line("step = ((((int)(lanes >> 21) & 0x3FFFFF) - 0x200000) >> shift) + 256;");
                    Hold(file);
                    file.Line("step = ((((int)lanes & 0x1FFFFF) - low + (((low - 0x100000) * shares[step]) >> 10)) >> (shift - 1)) + 256;");
                    Hold(file);
                    file.Line("n = 2f * gates[step] - 1f;");
                    file.Line("step = (int)(lanes >> 43 >> shift) + 256;");
                    Hold(file);
                    file.Line("n += (h[j] - n) * gates[step];");
                    file.Line("h[j] = n;");
                    file.Line("digits[j] = (int)(n * 127f + 128.5f);");
                },
                "j != 0");
        });

    private static void Hold(SourceText file)
    {
        file.Block("if ((step & ~511) != 0)", () => file.Line("step = step < 0 ? 0 : 511;"));
        file.Blank();
    }
}
