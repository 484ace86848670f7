using Mono.Cecil.Cil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Costs;

/// <summary>
/// Instructions of single opcodes, taken apart from the measured sequences: a sequence less what its other opcodes take. What no
/// sequence measures is taken from its nearest kin, and the code says which. All in tenths of an instruction.
/// </summary>
/// <remarks>
/// pop is in nearly every sequence and is measured in none by itself. Its share does not matter: each value that is
/// pushed is consumed once, so that what pushing takes too little consuming takes too much.
/// </remarks>
internal sealed partial class OpcodeCosts
{
    private const double PopShareOfNop = 0.76;

    private readonly CostTable table;
    private readonly Dictionary<(Code Code, Kind Kind), (int Cost, int More)> known = [];

    internal OpcodeCosts(CostTable table)
    {
        this.table = table;
        Pop = table["nop"] * PopShareOfNop;
    }

    private double Pop { get; }

    /// <summary>What an opcode takes, given what it works on, in the cheaper of its outcomes.</summary>
    internal int Of(Code code, Kind kind) => Both(code, kind).Cost;

    /// <summary>What it takes more in the other: a branch that is taken, an operand that is 0, a pointer to an element.</summary>
    internal int More(Code code, Kind kind) => Both(code, kind).More;

    private (int Cost, int More) Both(Code code, Kind kind)
    {
        if (!known.TryGetValue((code, kind), out (int Cost, int More) costs))
        {
            known[(code, kind)] = costs = (Tenths(Cost(code, kind)), Tenths(Extra(code, kind)));
        }

        return costs;
    }

    internal static int Tenths(double instructions) => (int)Math.Round(instructions * 10);

    private static bool IsReference(Kind kind) => kind is Kind.Ref or Kind.Struct;

    /// <summary>A value pushed, by the sequence that pushes and pops it.</summary>
    private double Push(string sequence) => table[sequence] - Pop;

    /// <summary>What is left of a sequence after what its other opcodes take; of one that ends with pop, after that too.</summary>
    private double Rest(string sequence, params ReadOnlySpan<double> others)
    {
        double rest = table[sequence] - (sequence.Contains(";pop", StringComparison.Ordinal) ? Pop : 0);
        foreach (double other in others)
        {
            rest -= other;
        }

        return rest;
    }

    private double Nop => table["nop"];

    private double Constant => Push("ldc.i4.1;pop");

    private double ConstantShort => Push("ldc.i4.s;pop");

    private double Local => Push("ldloc.0 int;pop");

    private double LocalFloat => Push("ldloc.2 float;pop");

    private double LocalLong => Push("ldloc.s float;pop");

    private double Argument => Push("ldarg.0 int;pop");

    private double ArgumentReference => Push("ldarg.1 arrayref;pop");

    private double ArgumentLongReference => Push("ldarg.s obj;pop");

    /// <summary>What loading a reference takes more than loading a number.</summary>
    private double Reference => ArgumentReference - Argument;

    private double LocalAddress => Push("ldloca int;pop");

    private double StructOne => Push("ldloc S1;pop");

    private double StructThree => Push("ldloc S3;pop");

    private double Cost(Code code, Kind kind)
    {
        switch (code)
        {
            case Code.Pop:
                return Pop;
            case Code.Dup:
                return table["ldc.i4.1;dup;pop;pop"] - Constant - 2 * Pop;
            case Code.Ldc_I4_S:
                return ConstantShort;
            case Code.Ldc_I4:
                return Push("ldc.i4;pop");
            case Code.Ldc_I8:
                return Push("ldc.i8;pop");
            case Code.Ldc_R4:
                return Push("ldc.r4;pop");
            case Code.Ldc_R8:
                return Push("ldc.r8;pop");
            case Code.Ldnull:
                return Push("ldnull;pop");
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                return Constant;
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
                return Argument + ReferenceOf(kind);
            case Code.Ldarg_S or Code.Ldarg:
                return ArgumentLongReference - Reference + ReferenceOf(kind);
            case Code.Ldarga or Code.Ldarga_S:
                return Push("ldarga int;pop");
            case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                return kind == Kind.I4 ? Local : kind == Kind.Address ? Local - 1 : LocalFloat + ReferenceOf(kind);
            case Code.Ldloc_S or Code.Ldloc:
                return kind == Kind.Address ? Push("ref local ldloc;pop (int&)") : LocalLong + ReferenceOf(kind);
            case Code.Ldloca or Code.Ldloca_S:
                return LocalAddress;
            case Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3:
                return Rest("ldc.i4.1;stloc.0", Constant);
            case Code.Stloc_S or Code.Stloc:
                return Rest("ldc.i4.1;stloc.s", Constant);
            case Code.Starg or Code.Starg_S:
                return Rest("ldc.i4.1;starg.s n", Constant);
            case >= Code.Add and <= Code.Not or >= Code.Add_Ovf and <= Code.Sub_Ovf_Un:
                return Arithmetic(code, kind);
            case >= Code.Br_S and <= Code.Switch or Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                return Branching(code, kind);
            default:
                return code.ToString().StartsWith("Conv_", StringComparison.Ordinal) ? Conversion(code, kind) : Objects(code, kind);
        }
    }

    /// <summary>A struct is cloned when it is loaded, which its own cost says: see <see cref="Clone"/>.</summary>
    private double ReferenceOf(Kind kind) => kind is Kind.Ref ? Reference : 0;

    private double Conversion(Code code, Kind kind) => kind switch
    {
        Kind.R4 => code switch
        {
            Code.Conv_R4 => Rest("ldloc.2;conv.r4;pop (r4->r4)", LocalFloat),
            Code.Conv_R8 or Code.Conv_R_Un => Rest("ldloc.2;conv.r8;pop", LocalFloat),
            Code.Conv_I1 => Rest("r4 conv.i1", LocalFloat, Pop),
            Code.Conv_U1 => Rest("r4 conv.u1", LocalFloat, Pop),
            Code.Conv_I2 => Rest("r4 conv.i2", LocalFloat, Pop),
            Code.Conv_U2 => Rest("r4 conv.u2", LocalFloat, Pop),
            Code.Conv_U4 or Code.Conv_U => Rest("r4 conv.u4", LocalFloat, Pop),
            Code.Conv_I8 => Rest("r4 conv.i8", LocalFloat, Pop),
            Code.Conv_U8 => Rest("r4 conv.u8", LocalFloat, Pop),
            _ => Rest("ldloc.2;conv.i4;pop", LocalFloat),
        },
        Kind.R8 => code switch
        {
            Code.Conv_R4 => Rest("ldloc.s5;conv.r4;pop", LocalLong),
            Code.Conv_R8 => Rest("ldloc.2;conv.r4;pop (r4->r4)", LocalFloat), // kin: nothing to do
            Code.Conv_I8 or Code.Conv_U8 => Rest("r8 conv.i8", LocalLong, Pop),
            _ => Rest("r8 conv.i4", LocalLong, Pop),
        },
        Kind.I8 => code switch
        {
            Code.Conv_R4 => Rest("i8 conv.r4", LocalLong, Pop),
            Code.Conv_R8 or Code.Conv_R_Un => Rest("i8 conv.r8", LocalLong, Pop),
            Code.Conv_I8 or Code.Conv_U8 => Rest("i8 conv.i8", LocalLong, Pop),
            Code.Conv_U1 or Code.Conv_I1 or Code.Conv_U2 or Code.Conv_I2 => Rest("i8 conv.u1", LocalLong, Pop),
            _ => Rest("i8 conv.i4", LocalLong, Pop),
        },
        _ => code switch
        {
            Code.Conv_R4 => Rest("ldloc.1;conv.r4;pop", Local),
            Code.Conv_R8 => Rest("i4 conv.r8", Local, Pop),
            Code.Conv_R_Un => Rest("i4 conv.r.un;conv.r4", Local, Rest("ldloc.s5;conv.r4;pop", LocalLong), Pop),
            Code.Conv_I1 => Rest("i4 conv.i1", Local, Pop),
            Code.Conv_U1 => Rest("ldloc.1;conv.u1;pop", Local),
            Code.Conv_I2 => Rest("ldloc.1;conv.i2;pop", Local),
            Code.Conv_U2 => Rest("i4 conv.u2", Local, Pop),
            Code.Conv_U4 or Code.Conv_U => Rest("i4 conv.u4", Local, Pop),
            Code.Conv_U8 => Rest("i4 conv.u8", Local, Pop),
            Code.Conv_I8 => Rest("ldloc.1;conv.i8;pop", Local),
            _ => Rest("i4 conv.i4", Local, Pop),
        },
    };
}
