using Tiny.Core;
using Tiny.Core.Activations;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Softmax over what stands in an array, and the class it names. Of few outputs it is written out, each in a local of its own: the
/// arithmetic of <see cref="Softmax.Run"/> in its order, at about 2,700 instructions an output on a Cortex-M4F where the loop takes 3,700.
/// </summary>
internal static class SoftmaxSource
{
    private const int MostWrittenOut = 16; // about 130 bytes of IL each

    /// <summary>Classes of the core that the source uses.</summary>
    internal static IEnumerable<string> Support(Network network) =>
        network.OutputFunction != Activation.Softmax || IsWrittenOut(network) ? [] : SupportSource.Of(Activation.Softmax);

    /// <summary>The expression whose value is the class, or -1 if an output is not finite.</summary>
    internal static string Call(Network network, string z) => IsWrittenOut(network)
        ? $"Probabilities({z})" : $"Softmax.Run({z}, {z}, Outputs)";

    /// <summary>The method that is called, where it is not the core's own.</summary>
    internal static void Method(CSharpText text, Network network)
    {
        if (!IsWrittenOut(network))
        {
            return;
        }

        text.Blank();
        text.Line("// 2^-k for k = 0..29.");
        text.Line("private static readonly float[] halfPowers = "
            + $"{{ {CSharpText.Join(Softmax.Powers, ", ", k => CSharpText.Float(1f / (1 << k)))} }};");
        text.Blank();
        text.Line("/// <summary>e^(z - max) / sum in place of z, and the class it names; -1 if an output is not finite.</summary>");
        text.Block("private static int Probabilities(float[] z)", () => Body(text, network.Outputs));
    }

    private static bool IsWrittenOut(Network network) => network.OutputFunction == Activation.Softmax && network.Outputs <= MostWrittenOut;

    private static void Body(CSharpText text, int outputs)
    {
        for (int i = 0; i < outputs; i++)
        {
            text.Line($"float z{i} = z[{i}];");
        }

        text.Line("float max = z0;");
        text.Line("int best = 0;");
        for (int i = 1; i < outputs; i++)
        {
            int output = i;
            text.Block($"if (max < z{i})", () =>
            {
                text.Line($"max = z{output};");
                text.Line($"best = {output};");
            });
            text.Blank();
        }

        text.Line("float[] powers = halfPowers;");
        text.Line("float sum = 0f;");
        text.Line("float t;");
        text.Line("int k;");
        for (int i = outputs - 1; i >= 0; i--)
        {
            Exponential(text, i);
        }

        text.Block("if (sum - sum != 0f)", () => text.Line("best = -1;"));
        text.Blank();
        text.Line("sum = 1f / sum;");
        for (int i = 0; i < outputs; i++)
        {
            text.Line($"z[{i}] = z{i} * sum;");
        }

        text.Line("return best;");
    }

    private static void Exponential(CSharpText text, int i)
    {
        string Constant(float value) => CSharpText.Float(value);
        text.Line($"t = (z{i} - max) * {Constant(Softmax.OneOverLogTwo)};");
        text.Block("if (t < 0f)", () =>
        {
            text.Block("if (t > -30f)", () =>
            {
                text.Line("k = (int)t;");
                text.Line("t -= k;");
                text.Line($"z{i} = (((({Constant(Softmax.C4)} * t "
                    + $"+ {Constant(Softmax.C3)}) * t + {Constant(Softmax.C2)}) * t + {Constant(Softmax.C1)}) * t + 1f) * powers[-k];");
                text.Line($"sum += z{i};");
            });
            text.Block("else", () =>
            {
                text.Line($"z{i} = 0f;");
                text.Line("sum += t - t;");
            });
        });
        text.Block("else", () =>
        {
            text.Line($"z{i} = 1f;");
            text.Line("sum += 1f + t;");
        });
        text.Blank();
    }
}
