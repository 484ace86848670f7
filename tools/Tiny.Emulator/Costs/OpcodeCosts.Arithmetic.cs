using Mono.Cecil.Cil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Costs;

/// <summary>Arithmetic, comparisons and branches.</summary>
internal sealed partial class OpcodeCosts
{
    private const int LongQuotientBits = 17; // of the measured 123456789 / 1000

    /// <summary>
    /// What a division takes more or less for its operands: a long quotient where a routine divides, a double by its equal.
    /// </summary>
    internal static int Division(in Execution.Instruction division, in Slot left, in Slot right)
    {
        if (division.Operation is Operation.DivR8)
        {
            return left.R8 == right.R8 ? division.More : 0;
        }

        long quotient = right.I4 == 0 ? 0 : division.Operation is Operation.DivU4 or Operation.RemU4
            ? (uint)left.I4 / (uint)right.I4 : Math.Abs(left.I4 / (long)right.I4);
        return (int)(division.More * Math.Max(0, 63 - long.LeadingZeroCount(quotient)) / (LongQuotientBits - 1));
    }

    /// <summary>
    /// What a sum takes more or less where a routine adds: with a 0, and of numbers of which one
    /// is more than twice the other's power of two.
    /// </summary>
    internal static int Sum(in Execution.Instruction sum, float left, float right) =>
        left == 0 || right == 0 ? sum.More : Math.Abs(Exponent(left) - Exponent(right)) > 1 ? sum.A : 0;

    private static int Exponent(float value) => (BitConverter.SingleToInt32Bits(value) >> 23) & 0xFF;

    internal int UnequalExponents => Tenths(table["r4 add, unequal signs and exponents (1.5 + -0.0371)"] - LocalFloat - LocalLong - Pop
        - Arithmetic(Code.Add, Kind.R4));

    private static string Base(Code code) => code.ToString().ToLowerInvariant().Replace("_ovf", "").Split('_')[0];

    private double Arithmetic(Code code, Kind kind)
    {
        string name = Base(code);
        bool unsigned = code is Code.Shr_Un or Code.Div_Un or Code.Rem_Un;
        switch (kind)
        {
            case Kind.R4:
                return name switch
                {
                    "neg" => Rest("ldloc.2;neg;pop (r4)", LocalFloat),
                    "rem" => Rest("r4 rem (1.5 % 2.5)", LocalFloat, LocalFloat, Pop),
                    _ => Rest($"ldloc.2,3;{name};pop (r4)", LocalFloat, LocalFloat),
                };
            case Kind.R8:
                return name == "neg" ? Rest("r8 neg", LocalLong, Pop) : Rest("r8 " + name, LocalLong, LocalLong, Pop);
            case Kind.I8:
                return name switch
                {
                    "neg" or "not" => Rest("i8 " + name, LocalLong, Pop),
                    "shl" => Rest("i8 shl 21", LocalLong, ConstantShort, Pop),
                    "shr" => Rest(unsigned ? "i8 shr.un 21" : "i8 shr 21", LocalLong, ConstantShort, Pop),
                    "div" => Rest("i8 div 123456789012/1000003", LocalLong, LocalLong, Pop),
                    "mul" => Rest("ldloc.s4 x2;mul;pop (i8)", LocalLong, LocalLong),
                    "add" => Rest("ldloc.s4 x2;add;pop (i8)", LocalLong, LocalLong),
                    _ => Rest("i8 " + name, LocalLong, LocalLong, Pop),
                };
            default:
                return name is "neg" or "not"
                    ? Rest($"ldloc.0;{name};pop (i4)", Local)
                    : Rest(name == "shr" && unsigned ? "ldc.i4.1 x2;shr.un;pop" : $"ldc.i4.1 x2;{name};pop", Constant, Constant);
        }
    }

    /// <summary>
    /// What an operand of 0, or one equal to the other, takes less where a routine computes; what a long quotient takes more.
    /// </summary>
    private double Special(Code code, Kind kind)
    {
        string name = Base(code);
        switch (kind)
        {
            case Kind.R4 when name is "add" or "sub":
                return Math.Min(0, Rest("r4 add 0", LocalFloat, LocalLong, Pop) - Arithmetic(Code.Add, kind));
            case Kind.R4 when name is "mul":
                return Math.Min(0, Rest("r4 mul by 0", LocalFloat, LocalLong, Pop) - Arithmetic(Code.Mul, kind));
            case Kind.R8 when name is "add":
                return Rest("ldloc.s5 x2;add;pop (r8)", LocalLong, LocalLong) - Arithmetic(Code.Add, kind);
            case Kind.R8 when name is "div":
                return Rest("ldloc.s5 x2;div;pop (r8)", LocalLong, LocalLong) - Arithmetic(Code.Div, kind);
            case Kind.I4 when name is "div" or "rem":
                double more = Rest($"123456789{(name == "div" ? "/" : "%")}1000 {name}"
                    + $"{(code is Code.Div_Un or Code.Rem_Un ? ".un" : "")};pop (i4)", LocalLong, LocalLong) - Arithmetic(code, kind);
                return more > 20 ? more : 0;
            default:
                return 0;
        }
    }

    private double Branching(Code code, Kind kind)
    {
        string name = code.ToString().ToLowerInvariant().Replace('_', '.');
        bool isShort = name.EndsWith(".s", StringComparison.Ordinal);
        double longForm = isShort ? 0 : table["br (long form, +nop)"] - table["br.s next (+nop)"];
        name = isShort ? name[..^2] : name;
        switch (name)
        {
            case "br":
                return Rest("br.s next (+nop)", Nop) + longForm;
            case "brtrue" or "brfalse":
                double taken = Rest("brtrue.s taken (+nop)", Constant, Nop);
                double byReference = IsReference(kind) || kind == Kind.Address
                    ? Rest("brtrue.s ref taken (+nop)", ArgumentLongReference, Nop) - taken : 0;
                return taken - TakenMore + byReference + longForm;
            case "switch":
                return Rest("switch default of 8", Constant);
            case "ceq" or "cgt" or "clt" or "cgt.un" or "clt.un":
                return Comparison(name, kind);
            default:
                return Condition(name, kind) - TakenMore + longForm;
        }
    }

    private double TakenMore => table["blt.s int (+nop)"] - table["blt.s int not taken (+nop)"];

    /// <summary>A branch on two values that is taken.</summary>
    private double Condition(string name, Kind kind)
    {
        double integers = Rest(name == "ble.un" ? "ble.s int (+nop)" : $"{name}.s int (+nop)", Local, Local, Nop);
        return kind switch
        {
            Kind.I8 => integers + Rest("blt.s i8 (+nop)", LocalLong, LocalLong, Nop) - Rest("blt.s int (+nop)", Local, Local, Nop),
            Kind.R4 => Floats(name),
            Kind.R8 => integers + Rest("blt.s r8 (+nop)", LocalLong, LocalLong, Nop) - Rest("blt.s int (+nop)", Local, Local, Nop),
            Kind.I4 => integers,
            _ => integers + Rest("beq.s ref (+nop)", ArgumentLongReference, ArgumentLongReference, Nop)
                - Rest("beq.s int (+nop)", Local, Local, Nop),
        };
    }

    /// <summary>
    /// Of two floats it is first looked whether the left is greater: what is settled by that is quicker, where a routine compares.
    /// </summary>
    private double Floats(string name)
    {
        string row = name switch
        {
            "beq" or "bne.un" => "beq.s r4 (+nop)",
            "bgt" or "bge" or "bgt.un" or "bge.un" => "bgt.s r4 (+nop)",
            "ble" or "ble.un" => "ble.un.s r4 (+nop)",
            _ => "blt.s r4 (+nop)",
        };
        return Rest(row, LocalFloat, LocalFloat, Nop);
    }

    private double Comparison(string name, Kind kind)
    {
        double integers = Rest($"{name} int;pop", Local, Local);
        return kind switch
        {
            Kind.I4 => integers,
            Kind.I8 => integers + Rest("clt i8;pop", LocalLong, LocalLong) - Rest("clt int;pop", Local, Local),
            Kind.R4 => Rest(name switch { "ceq" => "ceq r4;pop", "cgt" or "cgt.un" => "cgt.un r4;pop", _ => "clt r4;pop" }, LocalFloat,
                LocalFloat),
            Kind.R8 => integers + Rest("blt.s r8 (+nop)", LocalLong, LocalLong, Nop) - Rest("blt.s int (+nop)", Local, Local, Nop),
            _ => Rest(name == "ceq" ? "ceq ref,null;pop" : "cgt.un ref,null;pop", ArgumentLongReference, Push("ldnull;pop")),
        };
    }

    private double Extra(Code code, Kind kind) => code switch
    {
        Code.Switch => table["switch case 0 of 8"] - table["switch default of 8"],
        Code.Brtrue_S or Code.Brtrue or Code.Brfalse_S or Code.Brfalse => table["brtrue.s taken (+nop)"]
            - table["brtrue.s not taken (+nop)"],
        >= Code.Beq_S and <= Code.Blt_Un_S or >= Code.Beq and <= Code.Blt_Un => TakenMore,
        >= Code.Add and <= Code.Rem_Un => Special(code, kind),
        >= Code.Ldind_I1 and <= Code.Ldind_Ref => Rest("ref to element ldloc;ldind.r4;pop", Push("ref local ldloc;pop (int&)"))
            - Rest("ldloca;ldind.r4;pop", LocalAddress),
        >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I =>
            Rest("ref to element ldloc;v;stind.r4", Push("ref local ldloc;pop (int&)"), LocalFloat)
            - Rest("ldloca;v;stind.r4", LocalAddress, LocalFloat),
        Code.Leave or Code.Leave_S => LeaveByFinally,
        Code.Castclass or Code.Isinst => Rest("castclass hit, exact class;pop", ArgumentLongReference) - Cast,
        Code.Stelem_Ref => table["fj,i,ref stelem.ref (float[][])"] - table["oa,i,ref stelem.ref (object[])"],
        Code.Conv_I4 or Code.Conv_I1 or Code.Conv_U1 or Code.Conv_I2 or Code.Conv_U2 when kind == Kind.I4 =>
            Rest("ldlen;conv.i4;pop", ArgumentReference, Rest("fa ldlen;pop", ArgumentReference)) - Rest("i4 conv.i4", Local, Pop),
        _ => 0,
    };
}
