namespace Tiny.Kernels;

/// <summary>
/// Writes the two products that learning adds: elementwise in the inputs, so that a jump into straight-line code serves every width
/// without changing the order of any sum. A method for each multiple of sixteen.
/// </summary>
public static class DenseLearningWriter
{
    private const int Step = 16;
    private const string UpdateParameters = "float[] x, float[] dz, float[] biases, float[][] rows, int end, int width, float rate";
    private const string GradientParameters = "float[] dx, float[] dz, float[] outputs, float floor, float[][] rows, int end, int width";

    /// <summary>The updates.</summary>
    /// <param name="room">The assembly they are for.</param>
    /// <param name="name">What the class's name begins with.</param>
    /// <param name="widest">The most inputs of a block.</param>
    public static string WriteUpdates(string room, string name, int widest) => SourceText.KernelFile(
        room,
        name + "Updates",
        "g = rate dz[u]; bias[u] -= g; w[u, i] -= g x[i]; two units at a time, and a pair whose g are both 0 is passed over. See "
            + "src/DESIGN.md, Kernels.",
        file =>
        {
            file.Line("/// <summary>The most inputs of a block.</summary>");
            file.Line($"internal const int Widest = {widest};");
            file.Blank();
            Dispatch(file, widest, "void", UpdateParameters, "null, x, dz, biases, rows, end, width & 15, rate");
            for (int width = 0; width <= widest; width += Step)
            {
                file.Blank();
                Update(file, width, widest);
            }
        });

    /// <summary>The gradients on the inputs; see <see cref="WriteUpdates"/>.</summary>
    public static string WriteInputGradients(string room, string name, int widest) => SourceText.KernelFile(
        room,
        name + "InputGradients",
        "dx[i] = 0 + w[0, i] dz[0] + w[1, i] dz[1] + ..., units ascending, two at a time; a pair whose dz are both 0 is passed over. See "
            + "src/DESIGN.md, Kernels.",
        file =>
        {
            Dispatch(file, widest, "float", GradientParameters, "null, dx, dz, outputs, floor, rows, end, width & 15");
            for (int width = 0; width <= widest; width += Step)
            {
                file.Blank();
                InputGradient(file, width, widest);
            }
        });

    private static int TailOf(int width, int widest) => Math.Min(Step - 1, widest - width);

    private static void Dispatch(SourceText file, int widest, string result, string parameters, string arguments)
    {
        file.Line($"/// <summary>One block of inputs. See DenseLearner.</summary>");
        file.Block($"internal static {result} Run({parameters})", () => file.Dispatch(
            "width >> 4", [.. Enumerable.Range(0, widest / Step + 1).Select(i => i * Step)], width => width / Step,
            width => $"Width{width}({arguments})", returns: result != "void"));
    }

    private static void Update(SourceText file, int width, int widest)
    {
        int tail = TailOf(width, widest);
        file.Block($"private static void Width{width}(float[] r, {UpdateParameters.Replace("width", "tail", StringComparison.Ordinal)})",
            () =>
        {
            file.Line("float ga;");
            file.Line("float gb;");
            for (int k = 0; k < width; k++)
            {
                file.Line($"float x{k} = x[{k}];");
            }

            if (tail > 0)
            {
                file.Line($"float {SourceText.Join(tail, ", ", k => $"x{width + k}")};");
                file.Line($"{SourceText.Join(tail, " = ", k => $"x{width + k}")} = 0f;");
                file.Descend("tail", tail, n => [$"x{width + n - 1} = x[{width + n - 1}];"]);
            }

            file.Line("int i = end;");
            file.Loop(
                () =>
                {
                    file.Line("i -= 2;");
                    file.Line("ga = dz[i] * rate;");
                    file.Line("gb = dz[i + 1] * rate;");
                    file.Block("if (ga == 0f && gb == 0f)", () => file.Line("continue;"));
                    file.Blank();
                    file.Block("if (biases != null)", () =>
                    {
                        file.Line("biases[i] -= ga;");
                        file.Line("biases[i + 1] -= gb;");
                    });
                    file.Blank();
                    file.Line("r = rows[i >> 1];");
                    for (int k = 0; k < width; k++)
                    {
                        file.Line($"r[{2 * k}] -= ga * x{k};");
                        file.Line($"r[{2 * k + 1}] -= gb * x{k};");
                    }

                    if (tail > 0)
                    {
                        file.Descend("tail", tail, n => [$"r[{2 * (width + n - 1)}] -= ga * x{width + n - 1};",
                            $"r[{2 * (width + n) - 1}] -= gb * x{width + n - 1};"]);
                    }
                },
                "i != 0");
        });
    }

    private static void InputGradient(SourceText file, int width, int widest)
    {
        int tail = TailOf(width, widest);
        file.Block($"private static float Width{width}(float[] r, {GradientParameters.Replace("width", "tail", StringComparison.Ordinal)})",
            () =>
        {
            file.Line("float da;");
            file.Line("float db;");
            file.Line($"float {SourceText.Join(width + tail, ", ", k => $"a{k}")};");
            file.Line($"{SourceText.Join(width + tail, " = ", k => $"a{k}")} = 0f;");
            file.Line("int i = 0;");
            file.Loop(
                () =>
                {
                    file.Line("da = dz[i];");
                    file.Line("db = dz[i + 1];");
                    file.Block("if (da != 0f || db != 0f)", () =>
                    {
                        file.Line("r = rows[i >> 1];");
                        for (int k = 0; k < width; k++)
                        {
                            file.Line(Sum(k));
                        }

                        if (tail > 0)
                        {
                            file.Descend("tail", tail, n => [Sum(width + n - 1)]);
                        }
                    });
                    file.Blank();
                    file.Line("i += 2;");
                },
                "i != end");
            Store(k => $"dx[{k}] = outputs[{k}] > floor ? a{k} : 0f;");
            file.Blank();
            file.Line($"return {SourceText.Join(width + tail, " + ", k => $"a{k} * a{k}")};");
        });

        void Store(Func<int, string> line)
        {
            for (int k = 0; k < width; k++)
            {
                file.Line(line(k));
            }

            file.Descend("tail", tail, n => [line(width + n - 1)]);
        }

        static string Sum(int k) => $"a{k} = a{k} + r[{2 * k}] * da + r[{2 * k + 1}] * db;";
    }
}
