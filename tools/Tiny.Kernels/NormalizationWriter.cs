namespace Tiny.Kernels;

/// <summary>
/// Writes the normalization of a block of inputs: elementwise, so one method with a jump into straight-line code serves every width.
/// </summary>
public static class NormalizationWriter
{
    public static string Write() => SourceText.KernelFile(
        "Tiny.Learning.Wide",
        "Normalization",
        "n[i] = (x[i] - mean[i]) * scale[i] for up to a block of inputs. See src/DESIGN.md, Kernels.",
        file =>
        {
            file.Line("/// <summary>The first inputs of a sample; nothing is checked.</summary>");
            file.Block("internal static void Run(float[] n, float[] x, float[] means, float[] scales, int width)", () =>
                file.Descend("width", DenseForwardWriter.Widest, k => [$"n[{k - 1}] = (x[{k - 1}] - means[{k - 1}]) * scales[{k - 1}];"]));
        });
}
