using Tiny.Core.Activations;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>A layer of a chain of int8 layers as source: from bytes to bytes, or to floats.</summary>
/// <param name="number">Its number, which makes names unlike those of others.</param>
internal abstract class Int8Stage(int number)
{
    private static readonly int[] Lanes = [0, 21, 42];

    /// <summary>The array that it reads.</summary>
    internal string From { get; set; } = "";

    /// <summary>The byte that counts as 0 in it.</summary>
    internal int Zero { get; set; }

    /// <summary>The byte that counts as 0 in what it gives.</summary>
    internal abstract int GivenZero { get; }

    /// <summary>Classes of the core that the source uses.</summary>
    internal virtual IEnumerable<string> Support => [];

    /// <summary>Its number.</summary>
    protected int Number { get; } = number;

    /// <summary>The array that it fills, if that is bytes.</summary>
    protected string To => $"bytes{Number}";

    /// <summary>Writes fields.</summary>
    internal abstract void Fields(CSharpText text);

    /// <summary>Writes the call; <paramref name="z"/> is the array of floats behind the chain.</summary>
    internal abstract void Call(CSharpText text, string z);

    /// <summary>Writes methods.</summary>
    internal abstract void Methods(CSharpText text);

    /// <summary>Three numbers in the lanes of a long.</summary>
    protected static long Packed(Func<int, long> lane) => unchecked(lane(0) + (lane(1) << Lanes[1]) + (lane(2) << Lanes[2]));

    /// <summary>The sum in a lane of a long, which begins with 2^20, as an expression.</summary>
    protected static string Lane(string packed, int lane) =>
        $"((int)({packed}{(lane == 0 ? "" : $" >> {Lanes[lane]}")}) & 0x1FFFFF) - 0x100000";

    /// <summary>The byte of a sum v: as the layer's shift or table has it.</summary>
    protected string Byte(Activation activation, int shift) =>
        activation == Activation.Relu
        ? $"(byte)(v <= 0 ? 0 : v >> {shift} > {Int8Layer.LargestDigit} ? {Int8Layer.LargestDigit} : v >> {shift})"
        : $"(byte)(table{Number}[Step{Number}(v >> {shift})] + 128)";

    /// <summary>The table of an activation that is not ReLU.</summary>
    protected void Table(CSharpText text, sbyte[]? table)
    {
        if (table is not null)
        {
            text.Line($"private static readonly sbyte[] table{Number} = {{ {string.Join(", ", table)} }};");
        }
    }

    /// <summary>The method that finds a place in the table.</summary>
    protected void Step(CSharpText text, sbyte[]? table)
    {
        if (table is not null)
        {
            text.Blank();
            text.Block($"private static int Step{Number}(int step)",
                () => text.Line("return step < -128 ? 0 : step > 127 ? 255 : step + 128;"));
        }
    }
}
