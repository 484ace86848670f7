using Mono.Cecil.Cil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Costs;

/// <summary>
/// Instructions of single opcodes, taken apart from the measured sequences: a sequence less what its other opcodes take. What no sequence
/// measures is taken from its nearest kin, and the code says which. All in tenths of an instruction.
/// </summary>
internal sealed class OpcodeCosts
{
    /// <summary>
    /// pop is in nearly every sequence and is measured in none by itself. This share of a nop is the value at which the kernels of
    /// kernel-costs.csv come out best (see tests/Tiny.Emulator.Tests/Costs).
    /// </summary>
    private const double PopShareOfNop = 0.76;

    private readonly CostTable table;

    internal OpcodeCosts(CostTable table)
    {
        this.table = table;
        Nop = table["nop"];
        Pop = Nop * PopShareOfNop;
        LoadConstant = table["ldc.i4.1;pop"] - Pop;
        LoadShort = table["ldloc.2 float;pop"] - Pop;
        LoadLong = table["ldloc.s float;pop"] - Pop;
        LoadArgument = table["ldarg.0 int;pop"] - Pop;
        Reference = table["ldarg.1 arrayref;pop"] - table["ldarg.0 int;pop"];
        Store = table["ldloc.2;stloc.3 (float)"] - LoadShort;
        StoreLong = table["ldc.i4.1;stloc.s"] - table["ldc.i4.1;stloc.0"] + Store;
        Field = table["obj ldfld float;pop"] - LoadReference - Pop;
        Static = table["ldsfld float;pop"] - Pop;
    }

    private double Nop { get; }

    private double Pop { get; }

    private double LoadConstant { get; }

    private double LoadShort { get; }

    private double LoadLong { get; }

    private double LoadArgument { get; }

    /// <summary>What loading a reference takes more than loading a number.</summary>
    private double Reference { get; }

    private double LoadReference => LoadArgument + Reference;

    private double Store { get; }

    private double StoreLong { get; }

    private double Field { get; }

    private double Static { get; }

    /// <summary>A call and its return: measured with nothing passed and as int(int); each value more takes half of what one of those two takes.</summary>
    internal int Call(bool isStatic, bool isVirtual, int values)
    {
        double none = isStatic ? table["call static void()"] : table["obj call inst void()"] - LoadReference;
        double one = isStatic
            ? table["call static int(int);pop"] - LoadConstant - Pop - LoadArgument
            : table[isVirtual ? "obj callvirt VIRTUAL int(int);pop" : "obj callvirt inst int(int);pop"] - LoadReference - LoadConstant - Pop - LoadArgument;
        return Tenths(values == 0 ? none : one + (values - 2) * Math.Max(0, (one - none) / 2) * 0.5);
    }

    /// <summary>A call of a method that the firmware implements, before it computes anything.</summary>
    internal int NativeCall => Tenths(table["call native Math.Abs(float);pop"] / 2);

    /// <summary>
    /// What Math.Exp takes beyond the native call: the rest of the measured kernel SigExp. The library's other functions are taken as dear.
    /// </summary>
    internal int LibraryFunction => table.Build switch
    {
        "lto" => 1360,
        "dev" => 1270,
        _ => 13030,
    };

    /// <summary>A new object: the measured delegate's, the constructor's call not counted.</summary>
    internal int NewObject => Tenths(table["ldftn newobj Foo;pop"] - Field - LoadConstant - Pop);

    /// <summary>A new array, its clearing not counted: a box's block found and a token resolved.</summary>
    internal int NewArray => Box + Tenths(Field);

    /// <summary>Clearing a byte of a new array: a word at a time.</summary>
    internal double ClearByte => 2.5;

    internal int Box => Tenths(table["box int;pop"] - LoadShort - Pop);

    internal int Of(Code code, Kind kind) => Tenths(Cost(code, kind));

    private static int Tenths(double instructions) => (int)Math.Round(instructions * 10);

    private double Cost(Code code, Kind kind)
    {
        switch (code)
        {
            case Code.Nop or Code.Break:
                return Nop;
            case Code.Pop:
                return Pop;
            case Code.Dup:
                return table["ldc.i4.1;dup;pop;pop"] - LoadConstant - 2 * Pop + (IsReference(kind) ? Reference : 0);
            case Code.Ldc_I4_S:
                return table["ldc.i4.s;pop"] - Pop;
            case Code.Ldc_I4:
                return table["ldc.i4;pop"] - Pop;
            case Code.Ldc_I8:
                return table["ldc.i8;pop"] - Pop;
            case Code.Ldc_R4:
                return table["ldc.r4;pop"] - Pop;
            case Code.Ldc_R8:
                return table["ldc.r8;pop"] - Pop;
            case Code.Ldnull:
                return table["ldnull;pop"] - Pop;
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                return LoadConstant;
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
                return LoadArgument + Extra(kind);
            case Code.Ldarg_S or Code.Ldarg or Code.Ldarga or Code.Ldarga_S:
                return table["ldarg.s obj;pop"] - Reference - Pop + Extra(kind);
            case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                return LoadShort + Extra(kind);
            case Code.Ldloc_S or Code.Ldloc:
                return LoadLong + Extra(kind);
            case Code.Ldloca or Code.Ldloca_S:
                return table["ldloca;ldind.r4;pop"] - Pop - Indirect();
            case Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3:
                return Store;
            case Code.Stloc_S or Code.Stloc:
                return StoreLong;
            case Code.Starg or Code.Starg_S:
                return table["ldc.i4.1;starg.s n"] - LoadConstant;
            default:
                return Compound(code, kind);
        }
    }

    private double Compound(Code code, Kind kind)
    {
        switch (code)
        {
            case Code.Br or Code.Br_S or Code.Leave or Code.Leave_S:
                return table["br.s next (+nop)"] - Nop;
            case Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S:
                return table["brtrue.s taken (+nop)"] - Nop - LoadShort;
            case Code.Beq or Code.Beq_S:
                return Branch("beq.s int (+nop)", kind);
            case Code.Bne_Un or Code.Bne_Un_S:
                return Branch("bne.un.s int (+nop)", kind);
            case >= Code.Bge_S and <= Code.Blt_Un_S or >= Code.Bge and <= Code.Blt_Un:
                return Branch("blt.s int (+nop)", kind);
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                return table["clt int;pop"] - 2 * LoadShort - Pop + SoftCompare(kind);
            case Code.Switch:
                return table["switch ldc.i4.1 x8 pop x8"] - LoadConstant - Pop;
            case >= Code.Ldelem_I1 and <= Code.Ldelem_Ref or Code.Ldelem_Any:
                return Element(code, kind);
            case >= Code.Stelem_I and <= Code.Stelem_Ref or Code.Stelem_Any:
                return table[code == Code.Stelem_I1 ? "ba,i,v stelem.i1" : kind == Kind.R4 ? "fa,i,v stelem.r4" : "ia,i,v stelem.i4"]
                    - LoadReference - LoadConstant - LoadShort + (IsReference(kind) ? Reference : 0);
            case Code.Ldelema:
                return table["fa,i ldelema;pop"] - LoadReference - LoadConstant - Pop;
            case Code.Ldlen:
                return table["fa ldlen;pop"] - LoadReference - Pop;
            case Code.Ldfld or Code.Ldflda:
                return Field + Extra(kind);
            case Code.Stfld:
                return table["obj,v stfld"] - LoadReference - LoadShort;
            case Code.Ldsfld or Code.Ldsflda:
                return IsReference(kind) ? table["ldsfld arr;pop"] - Pop : Static;
            case Code.Stsfld:
                return table["v stsfld"] - LoadShort;
            case >= Code.Ldind_I1 and <= Code.Ldind_Ref or Code.Ldobj:
                return Indirect() + Extra(kind);
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stobj or Code.Stind_I or Code.Initobj:
                return Store; // kin: a store through a reference found at once
            case >= Code.Add and <= Code.Not or >= Code.Add_Ovf and <= Code.Sub_Ovf_Un:
                return Arithmetic(code, kind);
            case Code.Ldstr:
                return Box / 10.0; // kin: a small block is found and filled
            case Code.Newarr:
                return NewArray / 10.0;
            case Code.Castclass or Code.Isinst or Code.Unbox or Code.Unbox_Any or Code.Ldtoken or Code.Ldftn or Code.Ldvirtftn:
                return Field; // kin: a token is resolved, no more
            case Code.Ret:
                return 0; // in the call
            default:
                return IsConversion(code) ? Conversion(code, kind) : Nop;
        }
    }

    private static bool IsConversion(Code code) => code.ToString().StartsWith("Conv_", StringComparison.Ordinal);

    private static bool IsReference(Kind kind) => kind is Kind.Ref or Kind.Struct;

    private double Extra(Kind kind) => IsReference(kind) ? Reference : 0;

    private double Indirect() => table["fa,i ldelema;ldind.r4;pop"] - table["fa,i ldelema;pop"];

    private double Branch(string sequence, Kind kind) => table[sequence] - Nop - 2 * LoadShort + SoftCompare(kind);

    /// <summary>What comparing floats takes more than comparing ints: little with an FPU, a routine without.</summary>
    private double SoftCompare(Kind kind) => kind is Kind.R4 or Kind.R8 ? table["blt.s r4 (+nop)"] - table["blt.s int (+nop)"] : 0;

    private double Element(Code code, Kind kind)
    {
        string sequence = code switch
        {
            Code.Ldelem_Ref => "ldarg fj;ldc;ldelem.ref;pop",
            Code.Ldelem_I1 or Code.Ldelem_U1 => "ldarg ba;ldc;ldelem.i1;pop",
            Code.Ldelem_I2 or Code.Ldelem_U2 => "ldarg sa;ldc;ldelem.i2;pop",
            Code.Ldelem_R4 => "ldarg fa;ldc;ldelem.r4;pop",
            Code.Ldelem_Any when IsReference(kind) => "ldarg fj;ldc;ldelem.ref;pop",
            _ => "ldarg ia;ldc;ldelem.i4;pop", // ldelem.i8 and r8 too: the same path, a wider copy
        };
        return table[sequence] - LoadReference - LoadConstant - Pop;
    }

    private double Arithmetic(Code code, Kind kind)
    {
        switch (kind)
        {
            case Kind.R4:
                string r4 = code switch { Code.Mul => "mul", Code.Sub => "sub", Code.Div or Code.Rem => "div", _ => "add" };
                return code == Code.Neg ? table["ldloc.2;neg;pop (r4)"] - LoadShort - Pop : table[$"ldloc.2,3;{r4};pop (r4)"] - 2 * LoadShort - Pop;
            case Kind.R8:
                string r8 = code switch { Code.Mul => "mul", Code.Div or Code.Rem => "div", _ => "add" };
                return table[$"ldloc.s5 x2;{r8};pop (r8)"] - 2 * LoadLong - Pop;
            case Kind.I8:
                string i8 = code is Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un ? "mul" : "add";
                return code is Code.Neg or Code.Not
                    ? table["ldloc.2;neg;pop (r4)"] - LoadShort - Pop
                    : table[$"ldloc.s4 x2;{i8};pop (i8)"] - 2 * LoadLong - Pop; // div, shifts and logic as add
            default:
                string i4 = code switch
                {
                    Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un => "sub",
                    Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un => "mul",
                    Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un => "div",
                    Code.And or Code.Or or Code.Xor => "and",
                    Code.Shl or Code.Shr or Code.Shr_Un => "shr",
                    _ => "add",
                };
                return code is Code.Neg or Code.Not
                    ? table["ldloc.2;neg;pop (r4)"] - LoadShort - Pop
                    : table[$"ldc.i4.1 x2;{i4};pop"] - 2 * LoadConstant - Pop;
        }
    }

    private double Conversion(Code code, Kind kind)
    {
        bool toFloat = code is Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un;
        string sequence = kind switch
        {
            Kind.R4 => code == Code.Conv_R4 ? "ldloc.2;conv.r4;pop (r4->r4)" : code == Code.Conv_R8 ? "ldloc.2;conv.r8;pop" : "ldloc.2;conv.i4;pop",
            Kind.R8 => toFloat ? "ldloc.s5;conv.r4;pop" : "ldloc.2;conv.i4;pop",
            _ => toFloat ? "ldloc.1;conv.r4;pop"
                : code is Code.Conv_U1 or Code.Conv_I1 ? "ldloc.1;conv.u1;pop"
                : code is Code.Conv_I2 or Code.Conv_U2 ? "ldloc.1;conv.i2;pop"
                : "ldloc.1;conv.i8;pop",
        };
        return table[sequence] - (kind == Kind.R8 ? LoadLong : LoadShort) - Pop;
    }
}
