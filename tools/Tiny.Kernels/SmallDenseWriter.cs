namespace Tiny.Kernels;

/// <summary>
/// Writes the small float products, which every board carries: a method for 0, 4, 8 and 16 inputs with a tail of up to three or four
/// inputs inside the row. Wider layers take blocks of 16 inputs and a last one of up to 20; 12 to 15 are 8 and the rest.
/// </summary>
public static class SmallDenseWriter
{
    /// <summary>The most inputs of a block.</summary>
    public const int WidestBlock = Widest + Step;

    private const int Step = 4;
    private const int Widest = 16;
    private static readonly int[] Widths = [0, 4, 8, Widest];
    private const string Parameters = "float[] x, float[] z, float[] starts, float[][] rows, int end, int tail, float floor";

    public static string Write() => SourceText.KernelFile(
        "Tiny.Core",
        "DenseProducts",
        "z[u] = start[u] + w[u, 0] x[0] + w[u, 1] x[1] + ..., inputs ascending, two units at a time: the same bits as the wide kernels "
            + "of Tiny.Core.Wide, in a tenth of their room. See src/DESIGN.md, Kernels.",
        file =>
        {
            file.Line("/// <summary>Inputs of the next block, where so many are left.</summary>");
            file.Block("internal static int WidthFor(int inputs)",
                () => file.Line($"return inputs > {WidestBlock} ? {Widest} : inputs > 11 && inputs < {Widest} ? 8 : inputs;"));
            file.Blank();
            foreach (string line in """
                /// <summary>The sums of a layer over one block of its inputs.</summary>
                /// <param name="x">(width).</param>
                /// <param name="z">(rows, made even) receives the sums.</param>
                /// <param name="starts">(rows, made even) what they begin with: the biases; for a later block z itself.</param>
                /// <param name="rows">(pairs)(2 * width) the weights of the block.</param>
                /// <param name="end">Rows, made even.</param>
                /// <param name="width">Inputs of the block, 1 to 20.</param>
                /// <param name="floor">What lower sums become: 0 for ReLU, else negative infinity.</param>
                """.Split('\n'))
            {
                file.Line(line);
            }

            file.Block($"internal static void Run({Parameters.Replace("tail", "width", StringComparison.Ordinal)})", () => file.Dispatch(
                "width >> 2", Widths, width => width / Step,
                width => $"Width{width}(null, x, z, starts, rows, end, {(width == Widest ? $"width - {Widest}" : "width & 3")}, floor)"));
            foreach (int width in Widths)
            {
                file.Blank();
                Method(file, width);
            }
        });

    private static void Method(SourceText file, int width) =>
        file.Block($"private static void Width{width}(float[] r, {Parameters})", () =>
        {
            file.Line("int i = end;");
            file.Line("float a;");
            file.Line("float b;");
            for (int k = 0; k < width; k++)
            {
                file.Line($"float x{k} = x[{k}];");
            }

            int most = MostOf(width);
            file.Line($"float {SourceText.Join(most, ", ", k => $"t{k}")};");
            file.Line($"{SourceText.Join(most, " = ", k => $"t{k}")} = 0f;");
            file.Descend("tail", most, n => [$"t{n - 1} = x[{width + n - 1}];"]);
            file.Loop(() => Pair(file, width), "i != 0");
        });

    /// <summary>The longest tail of a method.</summary>
    private static int MostOf(int width) => width == Widest ? Step : Step - 1;

    private static void Pair(SourceText file, int width)
    {
        file.Line("i -= 2;");
        file.Line("r = rows[i >> 1];");
        file.Line($"a = starts[i]{string.Concat(Enumerable.Range(0, width).Select(k => $" + r[{2 * k}] * x{k}"))};");
        file.Line($"b = starts[i + 1]{string.Concat(Enumerable.Range(0, width).Select(k => $" + r[{2 * k + 1}] * x{k}"))};");
        file.Line("switch (tail)");
        file.Open();
        file.Line("case 0:");
        file.Line("    break;");
        for (int t = 1; t <= MostOf(width); t++)
        {
            int count = t;
            file.Line($"case {t}:");
            file.Line($"    a = a + {SourceText.Join(count, " + ", k => $"r[{2 * (width + k)}] * t{k}")};");
            file.Line($"    b = b + {SourceText.Join(count, " + ", k => $"r[{2 * (width + k) + 1}] * t{k}")};");
            file.Line("    break;");
        }

        file.Close();
        file.Blank();
        file.Block("if (a < floor)", () => file.Line("a = floor;"));
        file.Blank();
        file.Block("if (b < floor)", () => file.Line("b = floor;"));
        file.Blank();
        file.Line("z[i] = a;");
        file.Line("z[i + 1] = b;");
    }
}
