namespace Tiny.Kernels;

/// <summary>
/// Writes the kernels of sparse layers: a run of weights is one expression, each weight and
/// each input under a constant index, without a counter.
/// </summary>
public static class SparseWriter
{
    private const int Width = 24; // SparseRows.Width: the runs of a row

    /// <summary>float32: row by row.</summary>
    public static string Write() => SourceText.KernelFile(
        "Tiny.Sparse",
        "SparseProducts",
        "z[u] = start[u] + the products of the weights that are there, inputs ascending, one accumulator. See src/DESIGN.md, Sparse.",
        file =>
        {
            file.Line("/// <summary>The sums of a layer.</summary>");
            file.Line("/// <param name=\"x\">(inputs).</param>");
            file.Line("/// <param name=\"z\">(rows) receives the sums.</param>");
            file.Line("/// <param name=\"starts\">(rows) what they begin with.</param>");
            file.Line("/// <param name=\"weights\">(runs)(weights of the run): see SparseRows.</param>");
            file.Line("/// <param name=\"inputs\">(runs) beside them, the inputs they read.</param>");
            file.Line("/// <param name=\"rows\">Rows, at least one.</param>");
            file.Line("/// <param name=\"floor\">What lower sums become: 0 for ReLU, else negative infinity.</param>");
            file.Line("/// <returns>Whether the squares of all sums are below 1e24, what is held elsewhere.</returns>");
            file.Block("internal static bool Run(float[] x, float[] z, float[] starts, float[][] weights, ushort[][] inputs, int rows, "
                + "float floor)", () =>
            {
                file.Line("float[] w;");
                file.Line("ushort[] k;");
                file.Line("int run = 0;");
                file.Line("int row = 0;");
                file.Line("bool ordinary = true;");
                file.Loop(
                    () =>
                    {
                        file.Line("float sum = starts[row];");
                        Runs(file, "");
                        file.Block("if (!(sum * sum < 1E+24f))", () => file.Line("ordinary = false;"));
                        file.Blank();
                        file.Block("if (sum < floor)", () => file.Line("sum = floor;"));
                        file.Blank();
                        file.Line("z[row++] = sum;");
                    },
                    "row != rows");
                file.Line("return ordinary;");
            });
        });

    /// <summary>int8: three rows at once in the lanes of a long.</summary>
    public static string WriteLevels() => SourceText.KernelFile(
        "Tiny.Sparse.Int8",
        "SparseLevelProducts",
        "The lanes of three rows at once, over the weights that are there. See src/DESIGN.md, Sparse.",
        file =>
        {
            file.Line("/// <summary>The lanes of all groups of three rows.</summary>");
            file.Line("/// <param name=\"x\">(inputs) levels.</param>");
            file.Line("/// <param name=\"lanes\">(groups) receives them.</param>");
            file.Line("/// <param name=\"starts\">(groups) what they begin with.</param>");
            file.Line("/// <param name=\"weights\">(runs)(longs of the run): see SparseRows.</param>");
            file.Line("/// <param name=\"inputs\">(runs) beside them, the inputs they read.</param>");
            file.Line("/// <param name=\"groups\">Groups, at least one.</param>");
            file.Block("internal static void Run(byte[] x, long[] lanes, long[] starts, long[][] weights, ushort[][] inputs, int groups)",
                () =>
            {
                file.Line("long[] w;");
                file.Line("ushort[] k;");
                file.Line("int run = 0;");
                file.Line("int group = 0;");
                file.Loop(
                    () =>
                    {
                        file.Line("long sum = starts[group];");
                        Runs(file, "(int)");
                        file.Line("lanes[group++] = sum;");
                    },
                    "group != groups");
            });
        });

    /// <summary>The runs of a row, added to the sum: one of just the width goes on in the next.</summary>
    private static void Runs(SourceText file, string cast)
    {
        file.Line("w = weights[run];");
        file.Line("k = inputs[run++];");
        file.Block($"while (w.Length == {Width})", () =>
        {
            file.Line($"sum = sum{Terms(Width, cast)};");
            file.Line("w = weights[run];");
            file.Line("k = inputs[run++];");
        });
        file.Blank();
        file.Block("switch (w.Length)", () =>
        {
            for (int count = 1; count <= Width; count++)
            {
                file.Line($"case {(count == Width ? Width + 1 : count)}:");
                int terms = count;
                file.Indented(() =>
                {
                    file.Line($"sum = sum{Terms(terms, cast)};");
                    file.Line("break;");
                });
            }
        });
        file.Blank();
    }

    private static string Terms(int count, string cast) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $" + w[{i}] * {cast}x[k[{i}]]"));
}
