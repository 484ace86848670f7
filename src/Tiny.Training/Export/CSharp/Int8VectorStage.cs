using Tiny.Convolution.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// The global average of bytes, and what gives bytes as floats, as source. Digits of an average are bytes with 128 added.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="number">Its number.</param>
internal sealed class Int8VectorStage(Int8VectorLayer layer, int number) : Int8Stage(number)
{
    private const long Half = 1L << 23;

    /// <inheritdoc/>
    internal override int GivenZero => ByteKind.Middle;

    private bool IsAverage => layer.Kind == Int8Vector.GlobalAverageCode;

    private bool GivesFloats => layer.Output is not null;

    /// <inheritdoc/>
    internal override void Fields(CSharpText text)
    {
        if (!GivesFloats)
        {
            text.Line($"private static readonly byte[] {To} = new byte[{layer.Outputs}];");
        }
    }

    /// <inheritdoc/>
    internal override void Call(CSharpText text, string z) => text.Line($"Vector{Number}({From}, {(GivesFloats ? z : To)});");

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        text.Blank();
        text.Block($"private static void Vector{Number}(byte[] x, {(GivesFloats ? "float" : "byte")}[] z)",
            () => text.Block($"for (int i = 0; i < {layer.Outputs}; i++)", () =>
        {
            if (!IsAverage)
            {
                text.Line($"z[i] = (x[i] - {Zero}) * {CSharpText.Float(layer.Scale)};");
                return;
            }

            text.Line("int sum = 0;");
            text.Block($"for (int at = i; at < {layer.Inputs}; at += {layer.Outputs})", () => text.Line($"sum += x[at] - {Zero};"));
            text.Blank();
            if (GivesFloats)
            {
                text.Line($"z[i] = sum * {CSharpText.Float(layer.Scale)};");
                return;
            }

            text.Line($"long digit = (sum * {CSharpText.Long(layer.Factor)} + {CSharpText.Long(Half)}) >> 24;");
            text.Line("z[i] = (byte)(digit < -127L ? 1 : digit > 127L ? 255 : (int)digit + 128);");
        }));
    }
}
