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

    internal static void Method(CSharpText text, Network network)
    {
        text.Blank();
        text.Block("private static void Normalize(float[] x)", () =>
        {
            text.Line($"float[] n = {Array};");
            for (int k = 0; k < network.Inputs; k++)
            {
                text.Line($"n[{k}] = {Term(network, k, "x")};");
            }

            text.Block("for (int i = 0; i < Inputs; i++)", () =>
            {
                text.Line("float value = n[i];");
                text.Block("if (!(value * value < 1E+24f))", () =>
                {
                    text.Block("if (x[i] - x[i] != 0f)", () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a finite number.\", \"inputs\");"));
                    text.Blank();
                    text.Line("n[i] = 1E+12f <= value ? 1E+12f : value <= -1E+12f ? -1E+12f : value - value == 0f ? value : 0f;");
                });
            });
        });
    }
}
