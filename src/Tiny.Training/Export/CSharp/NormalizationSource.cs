using Tiny.Core;

namespace Tiny.Training.Export.CSharp;

/// <summary>The user's sample normalized, with the arithmetic of Tiny.Core.</summary>
internal static class NormalizationSource
{
    /// <summary>The array that receives it.</summary>
    internal const string Array = "normalized";

    internal static void Field(CSharpText text) => text.Line($"private static readonly float[] {Array} = new float[Inputs];");

    internal static void Call(CSharpText text) => text.Line("Normalize(inputs);");

    /// <summary>One input of an array, normalized, as an expression.</summary>
    internal static string Term(Network network, int input, string x) =>
        $"({x}[{input}] - {CSharpText.Float(network.Scaling.InputMeans[input])}) * {CSharpText.Float(network.Scaling.InputScales[input])}";

    /// <summary>The method that fills the array.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="network">The network.</param>
    /// <param name="compact">Whether a loop will do where inputs are normalized alike, channel by
    /// channel: images have more of them than an assembly has room for.</param>
    internal static void Method(CSharpText text, Network network, bool compact = false)
    {
        int channels = compact ? Channels(network) : network.Inputs;
        text.Blank();
        text.Block("private static void Normalize(float[] x)", () =>
        {
            text.Line($"float[] n = {Array};");
            if (channels < network.Inputs)
            {
                text.Block($"for (int i = 0; i < Inputs; i += {channels})", () =>
                {
                    for (int k = 0; k < channels; k++)
                    {
                        text.Line($"n[i + {k}] = (x[i + {k}] - {CSharpText.Float(network.Scaling.InputMeans[k])}) * "
                            + $"{CSharpText.Float(network.Scaling.InputScales[k])};");
                    }
                });
                text.Blank();
            }

            for (int k = 0; k < network.Inputs && channels == network.Inputs; k++)
            {
                text.Line($"n[{k}] = {Term(network, k, "x")};");
            }

            text.Block("for (int i = 0; i < Inputs; i++)", () =>
            {
                text.Line("float value = n[i];");
                text.Block("if (!(value * value < 1E+24f))", () =>
                {
                    text.Block("if (x[i] - x[i] != 0f)",
                        () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a finite number.\", \"inputs\");"));
                    text.Blank();
                    text.Line("n[i] = 1E+12f <= value ? 1E+12f : value <= -1E+12f ? -1E+12f : value - value == 0f ? value : 0f;");
                });
            });
        });
    }

    /// <summary>The method that holds a normalized input within its limit, or refuses it.</summary>
    internal static void HeldMethod(CSharpText text)
    {
        text.Blank();
        text.Block("private static float Held(float input, float value, int index)", () =>
        {
            text.Block("if (input - input != 0f)",
                () => text.Line("throw new ArgumentException(\"inputs[\" + index + \"] is not a finite number.\", \"inputs\");"));
            text.Blank();
            text.Line("return 1E+12f <= value ? 1E+12f : value <= -1E+12f ? -1E+12f : value - value == 0f ? value : 0f;");
        });
    }

    /// <summary>How many inputs beside each other are normalized unlike; all others are as these.</summary>
    private static int Channels(Network network)
    {
        int channels = 1;
        while (channels < network.Inputs && !(network.Inputs % channels == 0
            && Enumerable.Range(channels, network.Inputs - channels).All(i => IsAlike(network, i, i % channels))))
        {
            channels++;
        }

        return channels;
    }

    private static bool IsAlike(Network network, int a, int b) =>
        network.Scaling.InputMeans[a] == network.Scaling.InputMeans[b] && network.Scaling.InputScales[a] == network.Scaling.InputScales[b];
}
