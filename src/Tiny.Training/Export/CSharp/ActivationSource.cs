using Tiny.Core.Activations;

namespace Tiny.Training.Export.CSharp;

/// <summary>Activations of a whole array, with the arithmetic of Tiny.Core.</summary>
internal static class ActivationSource
{
    /// <summary>Whether the activation is a comparison that can stand where a sum is taken up.</summary>
    internal static bool IsInline(Activation activation) => activation is Activation.Linear or Activation.Relu or Activation.LeakyRelu;

    /// <summary>The line that applies an inline activation to a local; null for none.</summary>
    internal static string? Inline(Activation activation, float parameter, string local) => activation switch
    {
        Activation.Relu => $"if ({local} < 0f) {local} = 0f;",
        Activation.LeakyRelu => $"if ({local} < 0f) {local} = {local} * {CSharpText.Float(parameter)};",
        _ => null,
    };

    /// <summary>In place, over so many rows of the array.</summary>
    internal static void Apply(CSharpText text, Activation activation, float parameter, int rows, string array)
    {
        switch (activation)
        {
            case Activation.Sigmoid or Activation.Tanh or Activation.Swish:
                text.Line("SigmoidTable.Prepare();");
                text.Line($"SigmoidTable.Shared.{activation}({array}, {rows});");
                break;
            case Activation.Relu or Activation.LeakyRelu or Activation.Elu:
                text.Block($"for (int i = 0; i < {rows}; i++)",
                    () => text.Block($"if ({array}[i] < 0f)", () => text.Line($"{array}[i] = {Negative(activation, parameter, array)};")));
                text.Blank();
                break;
            case Activation.Maxout:
                text.Block($"for (int i = 0; i < {rows}; i += 2)", () =>
                    text.Line($"{array}[i >> 1] = {array}[i + 1] <= {array}[i] ? {array}[i] : {array}[i + 1];"));
                text.Blank();
                break;
        }
    }

    private static string Negative(Activation activation, float parameter, string array) => activation switch
    {
        Activation.Relu => "0f",
        Activation.LeakyRelu => $"{array}[i] * {CSharpText.Float(parameter)}",
        _ => $"{CSharpText.Float(parameter)} * (Exponential.Exp({array}[i]) - 1f)",
    };
}
