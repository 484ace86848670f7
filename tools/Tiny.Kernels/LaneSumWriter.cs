namespace Tiny.Kernels;

/// <summary>Writes the sums of recurrent int8 layers: three sums in the lanes of a long, an input in each multiplication.</summary>
public static class LaneSumWriter
{
    /// <summary>The widest block of inputs.</summary>
    public const int Widest = 16;

    private static readonly int[] Widths = [1, 2, 3, 4, 6, 8, 12, Widest];

    /// <summary>The file.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Recurrence.Int8", "LaneSums",
            "Three sums at once: sums[u] = w[u, 0] + w[u, 1] x[0] + w[u, 2] x[1] + ..., or that is added to them. See src/DESIGN.md, "
                + "Recurrence.", file =>
        {
            file.Line("/// <summary>The widest block of inputs.</summary>");
            file.Line($"internal const int Widest = {Widest};");
            file.Blank();
            file.Line("/// <summary>The width that serves so many inputs, at most the widest: the next one, the rest of them 0.</summary>");
            file.WidthFor("inputs", Widths);
            file.Blank();
            file.Line("/// <summary>One block of inputs, from a place on.</summary>");
            file.Block("internal static void Run(long[] x, int at, long[][] rows, int count, long[] sums, bool adds, int width)",
                () => file.Dispatch(
                "width", Widths, width => width,
                width => $"Width{width}(null, x, at, rows, count, sums, adds)"));
            foreach (int width in Widths)
            {
                file.Blank();
                Method(file, width);
            }
        });

    private static void Method(SourceText file, int width) =>
        file.Block($"private static void Width{width}(long[] r, long[] x, int at, long[][] rows, int count, long[] sums, bool adds)", () =>
        {
            file.Line("int i = count;");
            for (int k = 0; k < width; k++)
            {
                file.Line(k == 0 ? "long x0 = x[at];" : $"long x{k} = x[at + {k}];");
            }

            file.Loop(
                () =>
                {
                    file.Line("i--;");
                    file.Line("r = rows[i];");
                    string sum = $"r[0] + {SourceText.Join(width, " + ", k => $"r[{k + 1}] * x{k}")};";
                    file.Block("if (adds)", () => file.Line($"sums[i] += {sum}"));
                    file.Block("else", () => file.Line($"sums[i] = {sum}"));
                },
                "i != 0");
        });
}
