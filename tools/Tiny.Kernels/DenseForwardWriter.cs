namespace Tiny.Kernels;

/// <summary>
/// Writes the float forward products: a method for each width up to 12, then for every fourth with a tail of up to three.
/// </summary>
public static class DenseForwardWriter
{
    /// <summary>The widest block of inputs that one method takes.</summary>
    public const int Widest = 40;

    private const int LastExact = 12;

    private const string Parameters =
        "float[] x, float[] means, float[] scales, float[] z, float[] starts, float[][] rows, int end, int tail, float floor, bool measure";

    public static string Write() => SourceText.KernelFile(
        "Tiny.Core.Wide",
        "WideDenseProducts",
        "z[u] = bias[u] + w[u, 0] x[0] + w[u, 1] x[1] + ..., inputs ascending, two units at a time. See src/DESIGN.md, Kernels.",
        file =>
        {
            file.Line("/// <summary>The most inputs that one method holds in locals; wider layers take several blocks.</summary>");
            file.Line($"public const int Widest = {Widest};");
            file.Blank();
            Run(file);
            for (int width = 1; width <= Widest; width++)
            {
                if (Kernel(width) == width)
                {
                    file.Blank();
                    Method(file, width);
                }
            }
        },
        shownBy: "WideDense");

    private static int Kernel(int width) => width <= LastExact ? width : width / 4 * 4;

    private static void Run(SourceText file)
    {
        foreach (string line in """
            /// <summary>The sums of a layer over one block of its inputs.</summary>
            /// <param name="x">(width).</param>
            /// <param name="means">Null, or (width): x is normalized on the way as (x - mean) * scale.</param>
            /// <param name="scales">Null, or (width), as means.</param>
            /// <param name="z">(rows, made even) receives the sums.</param>
            /// <param name="starts">(rows, made even) what they begin with: the biases; for a later block z itself.</param>
            /// <param name="rows">(pairs)(2 * width) the weights of the block.</param>
            /// <param name="end">Rows, made even.</param>
            /// <param name="width">Inputs of the block.</param>
            /// <param name="floor">What lower sums become: 0 for ReLU, else negative infinity.</param>
            /// <param name="measure">Whether to see to it that x is finite and of ordinary size.</param>
            /// <returns>False, and z is untouched, if it is not.</returns>
            """.Split('\n'))
        {
            file.Line(line);
        }

        file.Block($"public static bool Run({Parameters.Replace("tail", "width", StringComparison.Ordinal)})", () => file.Dispatch(
            "width", [.. Enumerable.Range(1, Widest)], width => width,
            width => $"Width{Kernel(width)}(null, x, means, scales, z, starts, rows, end, {width - Kernel(width)}, floor, measure)",
                returns: true));
    }

    // From here on rows are long, as those of convolutions behind ReLU are: there the test would cost more than it spares.
    private const int Long = 24;

    private static void Method(SourceText file, int width)
    {
        int tail = width >= LastExact && width < Widest ? 3 : 0;
        // The first four arguments and locals are the cheapest to load, so what a method loads most comes first: the
        // row is an argument that nobody passes, 2 instructions a weight cheaper than a local.
        file.Block($"private static bool Width{width}(float[] r, {Parameters})", () =>
        {
            file.Line("int i = end;");
            file.Line("float a;");
            file.Line("float b;");
            file.Line($"float {SourceText.Join(width, ", ", k => $"x{k}")};");
            if (tail > 0)
            {
                file.Line($"float {SourceText.Join(tail, ", ", k => $"t{k}")};");
                file.Line($"{SourceText.Join(tail, " = ", k => $"t{k}")} = 0f;");
            }

            if (width < Long)
            {
                file.Line("bool holds = floor == 0f;");
            }

            file.Block("if (means == null)", () =>
            {
                for (int k = 0; k < width; k++)
                {
                    file.Line($"x{k} = x[{k}];");
                }

                Tail(file, tail, k => $"t{k} = x[{width + k}];");
            });
            file.Block("else", () =>
            {
                for (int k = 0; k < width; k++)
                {
                    file.Line($"x{k} = (x[{k}] - means[{k}]) * scales[{k}];");
                }

                Tail(file, tail, k => $"t{k} = (x[{width + k}] - means[{width + k}]) * scales[{width + k}];");
            });
            file.Blank();
            file.Block("if (measure)", () =>
            {
                file.Line($"a = {SourceText.Join(width, " + ", k => $"x{k} * x{k}")}"
                    + $"{(tail > 0 ? " + " + SourceText.Join(tail, " + ", k => $"t{k} * t{k}") : "")};");
                file.Block("if (!(a < Tiny.Core.Scaling.OrdinarySquares))", () => file.Line("return false;"));
            });
            file.Blank();
            file.Loop(() => Pair(file, width, tail), "i != 0");
            file.Line("return true;");
        });
    }

    /// <summary>
    /// Whether there is a floor is one test for two rows that have none, where comparing would be two of twice the price.
    /// </summary>
    private static void Pair(SourceText file, int width, int tail)
    {
        file.Line("i -= 2;");
        file.Line("r = rows[i >> 1];");
        file.Line($"a = starts[i] + {SourceText.Join(width, " + ", k => $"r[{2 * k}] * x{k}")};");
        file.Line($"b = starts[i + 1] + {SourceText.Join(width, " + ", k => $"r[{2 * k + 1}] * x{k}")};");
        if (tail > 0)
        {
            file.Line("switch (tail)");
            file.Open();
            file.Line("case 0:");
            file.Line("    break;");
            for (int t = 1; t <= tail; t++)
            {
                int count = t;
                file.Line($"case {t}:");
                file.Line($"    a = a + {SourceText.Join(count, " + ", k => $"r[{2 * (width + k)}] * t{k}")};");
                file.Line($"    b = b + {SourceText.Join(count, " + ", k => $"r[{2 * (width + k) + 1}] * t{k}")};");
                file.Line("    break;");
            }

            file.Close();
            file.Blank();
        }

        if (width < Long)
        {
            file.Block("if (holds)", () => Hold(file));
        }
        else
        {
            Hold(file);
        }

        file.Blank();
        file.Line("z[i] = a;");
        file.Line("z[i + 1] = b;");
    }

    private static void Hold(SourceText file)
    {
        file.Block("if (a < floor)", () => file.Line("a = floor;"));
        file.Blank();
        file.Block("if (b < floor)", () => file.Line("b = floor;"));
    }

    private static void Tail(SourceText file, int tail, Func<int, string> load)
    {
        if (tail > 0)
        {
            file.Descend("tail", tail, n => [load(n - 1)]);
        }
    }
}
