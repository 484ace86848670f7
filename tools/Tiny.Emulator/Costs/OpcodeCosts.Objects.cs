using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Costs;

/// <summary>Fields, arrays, structs, calls, objects and exceptions.</summary>
internal sealed partial class OpcodeCosts
{
    /// <summary>What each field of a struct beyond the first adds, where the measured struct had one.</summary>
    internal int OfFields(Code code, int fields) => Tenths((fields - 1) / 2.0 * code switch
    {
        Code.Initobj => table["ldloca S3;initobj"] - table["ldloca S1;initobj"],
        Code.Ldobj => table["ldloca S3;ldobj;pop"] - table["ldloca S1;ldobj;pop"] - (StructThree - StructOne),
        Code.Stobj => table["ldloca S3;ldloc S3;stobj"] - table["ldloca S1;ldloc S1;stobj"] - (StructThree - StructOne),
        Code.Stelem_Any => table["st,i,ldloc S3;stelem S3"] - table["s1,i,ldloc S1;stelem S1"] - (StructThree - StructOne),
        _ => 0,
    }) + (code == Code.Ldelema ? Tenths(Rest("st,i ldelema S3;ldfld int;pop", ArgumentLongReference, Constant, FieldByAddress)
    - Rest("fa,i ldelema;pop", ArgumentReference, Constant)) : 0);

    private double Cast => Rest("castclass null;pop", Push("ldnull;pop"));

    /// <summary>What ldfld takes more through a pointer than of an object.</summary>
    internal int FieldOf(Kind target) => target == Kind.Address ? Tenths(FieldByAddress - Field) : 0;

    /// <summary>A struct copied to the heap, as loading one does.</summary>
    internal int Clone(int fields) => Tenths(StructOne - LocalLong + (fields - 1) * (StructThree - StructOne) / 2);

    /// <summary>A struct made for a local, or for an array's element.</summary>
    internal int StructElement(int fields) =>
        Tenths((table["newarr S3[8];pop"] - table["newarr object[8];pop"]) / 8 + (fields - 3) * PerField);

    internal int VirtualLookup => Tenths(table["bar callvirt VIRTUAL override int(int);pop"] - table["obj callvirt VIRTUAL int(int);pop"]);

    internal int CastBase => Tenths(table["castclass hit, base class;pop"] - table["castclass hit, exact class;pop"]);

    internal int CastClass => Tenths((table["isinst miss;pop"] - table["isinst hit, base class;pop"]) / 2);

    internal int CastInterface => Tenths(table["castclass hit, interface;pop"] - table["castclass hit, base class;pop"]);

    internal int NewDelegate => Tenths(table["newobj delegate (ldnull;ldftn;newobj);pop"] - Push("ldnull;pop") - Pop - FunctionPointer);

    /// <summary>A new array: what finding the block takes, and clearing it, by its bytes; references block by block.</summary>
    internal int NewArray(int bytes, int references)
    {
        if (references >= 0)
        {
            double each = (table["newarr object[64];pop"] - table["newarr object[8];pop"]) / 56;
            return Tenths(table["newarr object[8];pop"] - 8 * each + references * each) - Tenths(table["newarr float[64];pop"])
                + NewArrayBase;
        }

        int at = Math.Max(1, Array.FindIndex(MeasuredArrays, measured => bytes <= measured.Bytes));
        at = bytes > MeasuredArrays[^1].Bytes ? MeasuredArrays.Length - 1 : at;
        (int from, string low) = MeasuredArrays[at - 1];
        (int to, string high) = MeasuredArrays[at];
        double first = Made(low);
        return Tenths(first + (Made(high) - first) * (bytes - from) / (to - from));
    }

    /// <summary>A measured array without the constant that its length is.</summary>
    private double Made(string row) => Rest(row, row is "newarr float[1];pop" or "newarr float[8];pop" ? Constant : Push("ldc.i4;pop"));

    /// <summary>Arrays that were measured, by what they take of the heap.</summary>
    private static readonly (int Bytes, string Row)[] MeasuredArrays =
        [(24, "newarr float[1];pop"), (60, "newarr float[8];pop"), (276, "newarr float[64];pop"), (2076, "newarr float[512];pop")];

    private int NewArrayBase => Tenths(Rest("newarr float[64];pop", Push("ldc.i4;pop")));

    internal int Locals(int count, (int Local, TypeDefinition Type)[] structs)
    {
        if (count == 0)
        {
            return 0;
        }

        double none = table["C#: int r = 3; | LN.L0(r);"];
        double each = (table["C#: int r = 3; | LN.L4(r);"] - table["C#: int r = 3; | LN.L1(r);"])
            / 2; // of 4 and 2 locals, one of them the loop's
        double first = table["C#: int r = 3; | LN.L1(r);"] - none - 2 * each;
        int made = structs.Sum(local => Tenths(table["C#: int r = 3; | LN.LS1(r);"] - none - first - each)
            + Tenths((local.Type.Fields.Count(field => !field.IsStatic) - 3) * PerField));
        double more = (table["C#: int r = 3; | LN.L16(r);"] - table["C#: int r = 3; | LN.L4(r);"]) / 12;
        return Tenths(first + Math.Min(count, 4) * each + Math.Max(0, count - 4) * more) + made;
    }

    /// <summary>
    /// A call and its return: what it takes within the caller's frame where that is possible, and what more where it is not.
    /// </summary>
    internal (int Cost, int More) Call(Operation operation, MethodDefinition method, int arguments, Kind result)
    {
        double value = table["call static int();pop"] - Constant - Pop - table["call static void()"];
        double kind = result == Kind.Void ? -value : IsReference(result) ? -6 : 0;
        switch (operation)
        {
            case Operation.CallNative:
                return (Native(arguments), 0);
            case Operation.CallDelegate:
                double invoke = arguments == 1 ? Rest("delegate Invoke int();pop", ArgumentLongReference,
                    Constant) : Rest("delegate Invoke int(int);pop", ArgumentLongReference, Local, Argument)
                    + (arguments - 2) * (Rest("delegate Invoke int(int,int);pop", ArgumentLongReference, Local, Local, Argument)
                    - Rest("delegate Invoke int(int);pop", ArgumentLongReference, Local, Argument));
                return (Tenths(invoke + kind), 0);
            case Operation.Call when method.IsStatic:
                return (Tenths(Static(arguments) + kind
                    + method.Parameters.Count(parameter => parameter.ParameterType.IsByReference) * AddressArgument), 0);
        }

        double within = Instance(arguments - 1) + kind;
        double more = table["obj callvirt inst int(int);pop"]
            - table["obj callvirt inst int(int);pop [caller with 16 free evaluation slots: instance calls are inlined]"];
        if (operation == Operation.CallVirtual)
        {
            within += table["obj callvirt VIRTUAL int();pop"] - table["obj callvirt inst int();pop"];
        }

        return (Tenths(within), Tenths(more));
    }

    /// <summary>What an address as an argument takes more than a number.</summary>
    private double AddressArgument
    {
        get
        {
            double value = table["call static int();pop"] - Constant - Pop - table["call static void()"];
            double body = Argument + (table["ldc.i4.1;dup;pop;pop"] - Constant - 2 * Pop) + Rest("ldloca;ldind.i4;pop", LocalAddress)
                + Constant + Arithmetic(Code.Add, Kind.I4) + Rest("ldloca;v;stind.i4", LocalAddress, Local);
            return table["call static void(ref int): x++"] - LocalAddress - (Static(1) - value) - body;
        }
    }

    /// <summary>A call of the firmware's, before it computes anything.</summary>
    internal int Native(int arguments) => Tenths(Rest("call native Math.Abs(float);pop", LocalFloat) - NativeOwn);

    /// <summary>An object made by newobj, with the call of its constructor.</summary>
    internal int NewObject(MethodDefinition constructor, bool hasBody)
    {
        TypeDefinition type = constructor.DeclaringType;
        int arguments = constructor.Parameters.Count;
        double call = hasBody ? ConstructorCall(arguments) : Rest("call native Math.Abs(float);pop", LocalFloat) - NativeOwn;
        return Tenths(Allocation + Fields(type) * PerField + call);
    }

    private double ConstructorCall(int arguments)
    {
        double value = table["call static int();pop"] - Constant - Pop - table["call static void()"];
        double more = table["obj callvirt inst int(int);pop"]
            - table["obj callvirt inst int(int);pop [caller with 16 free evaluation slots: instance calls are inlined]"];
        return Instance(arguments) - value + more;
    }

    private double Allocation => Rest("newobj class 0 fields;pop", ConstructorCall(0), ConstructorCall(0), ArgumentReference);

    private double PerField => (table["newobj class 4 fields;pop"] - table["newobj class 0 fields;pop"]) / 4;

    private static int Fields(TypeDefinition type)
    {
        int count = 0;
        for (TypeDefinition? at = type; at is not null && at.FullName != "System.Object"; at = at.BaseType?.Resolve())
        {
            count += at.Fields.Count(field => !field.IsStatic);
        }

        return count;
    }

    /// <summary>A static call that gives a value, by its arguments.</summary>
    private double Static(int arguments)
    {
        double two = Rest("call static int(int,int);pop", Local, Local, Argument);
        double three = Rest("call static int(3 int);pop", Local, Local, Local, Argument);
        double four = Rest("call static int(4 int);pop", Local, Local, Local, Local, Argument);
        return arguments switch
        {
            0 => Rest("call static int();pop", Constant),
            1 => Rest("call static int(int);pop", Local, Argument),
            2 => two,
            3 => three,
            _ => four + (arguments - 4) * (four - two) / 2,
        };
    }

    /// <summary>An instance call within the caller's frame that gives a value, by its arguments without this.</summary>
    private double Instance(int arguments)
    {
        const string within = " [caller with 16 free evaluation slots: instance calls are inlined]";
        double two = Rest("obj callvirt inst int(int,int);pop" + within, ArgumentLongReference, Local, Local, Argument);
        double four = Rest("obj callvirt inst int(4 int);pop" + within, ArgumentLongReference, Local, Local, Local, Local, Argument);
        return arguments switch
        {
            0 => Rest("obj callvirt inst int();pop", ArgumentLongReference, Constant),
            1 => Rest("obj callvirt inst int(int);pop" + within, ArgumentLongReference, Local, Argument),
            2 => two,
            3 => Rest("obj callvirt inst int(3 int);pop" + within, ArgumentLongReference, Local, Local, Local, Argument),
            _ => four + (arguments - 4) * (four - two) / 2,
        };
    }

    /// <summary>
    /// What the one field of a DateTime or a TimeSpan, which are numbers themselves, takes more than a field of an object.
    /// </summary>
    internal int FieldOfTicks => Tenths(FieldByAddress - Field + table["C#: long r; TimeSpan t = new TimeSpan(5000000); | r = t.Ticks;"]
        - table["struct method (ldloca;call S3.Get;pop) [caller with 16 free evaluation slots: instance calls are inlined]"]);

    private double Field => Rest("obj ldfld int;pop", ArgumentLongReference);

    private double FieldByAddress => Rest("ldloca S3;ldfld int;pop", LocalAddress);

    private double FunctionPointer => 100;

    private double Objects(Code code, Kind kind)
    {
        switch (code)
        {
            case Code.Leave or Code.Leave_S:
                return Leave;
            case >= Code.Ldelem_I1 and <= Code.Ldelem_Ref or Code.Ldelem_Any:
                return LoadElement(code, kind);
            case >= Code.Stelem_I and <= Code.Stelem_Ref or Code.Stelem_Any:
                return StoreElement(code, kind);
            case Code.Ldelema:
                return Rest("fa,i ldelema;pop", ArgumentReference, Constant);
            case Code.Ldlen:
                return Rest("fa ldlen;pop", ArgumentReference);
            case Code.Ldfld:
                return Field + ReferenceOf(kind);
            case Code.Ldflda:
                return Rest("obj ldflda int;pop", ArgumentLongReference);
            case Code.Stfld:
                return Rest("obj,v stfld", ArgumentLongReference, Constant);
            case Code.Ldsfld:
                return kind is Kind.Ref ? Push("ldsfld arr;pop") : Push("ldsfld int;pop");
            case Code.Ldsflda:
                return Push("ldsflda int;pop");
            case Code.Stsfld:
                return Rest("v stsfld", Constant);
            case Code.Ldind_I1 or Code.Ldind_U1 or Code.Ldind_I2 or Code.Ldind_U2:
                return Rest("ldloca;ldind.i4;pop", LocalAddress) + table["ba[i] += 1 (ldelema;dup;ldind.i1;ldc;add;conv.i1;stind.i1)"]
                    - table["ia[i] += 1 (ldelema;dup;ldind.i4;ldc;add;stind.i4)"] - Rest("i4 conv.i1", Local, Pop);
            case >= Code.Ldind_I1 and <= Code.Ldind_Ref:
                return Rest("ldloca;ldind.i4;pop", LocalAddress) + ReferenceOf(kind);
            case Code.Ldobj:
                return kind == Kind.Struct ? Rest("ldloca S1;ldobj;pop", LocalAddress) - (StructOne - LocalLong)
                    : Rest("ldloca;ldind.i4;pop", LocalAddress) + Rest("box int;pop", Local) / 3;
            case Code.Stind_Ref:
                return Rest("ldloca;v;stind.ref", LocalAddress, ArgumentLongReference);
            case > Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I:
                return Rest("ldloca;v;stind.i4", LocalAddress, Local);
            case Code.Stobj or Code.Cpobj:
                return Rest("ldloca S1;ldloc S1;stobj", LocalAddress, StructOne);
            case Code.Initobj:
                return Rest("ldloca S1;initobj", LocalAddress);
            case Code.Ldstr:
                return Push("ldstr;pop");
            case Code.Newarr:
                return 0; // by its size: NewArray
            case Code.Box:
                return kind == Kind.Struct ? Rest("box S3;pop", StructThree) - (StructThree - LocalLong) : Rest("box int;pop", Local);
            case Code.Unbox or Code.Unbox_Any:
                return Rest("boxed unbox.any int;pop", ArgumentLongReference);
            case Code.Castclass or Code.Isinst:
                return Cast; // of null; more for objects
            case Code.Ldftn or Code.Ldvirtftn or Code.Ldtoken:
                return FunctionPointer;
            case Code.Ret or Code.Throw or Code.Rethrow or Code.Endfinally or Code.Endfilter:
                return 0; // in the call, or in what unwinding takes
            default:
                return Nop;
        }
    }

    private double LoadElement(Code code, Kind kind) => code switch
    {
        Code.Ldelem_Any when kind == Kind.Struct => Rest("st,i ldelem S3;pop", ArgumentLongReference, Constant) - (StructThree - LocalLong),
        Code.Ldelem_Ref or Code.Ldelem_Any when IsReference(kind) => Rest("ldarg fj;ldc;ldelem.ref;pop", ArgumentLongReference, Constant),
        Code.Ldelem_I1 => Rest("ldarg ba;ldc;ldelem.i1;pop", ArgumentReference, Constant),
        Code.Ldelem_U1 => Rest("ldarg ub;ldc;ldelem.u1;pop", ArgumentLongReference, Constant),
        Code.Ldelem_I2 => Rest("ldarg sa;ldc;ldelem.i2;pop", ArgumentLongReference, Constant),
        Code.Ldelem_U2 => Rest("ldarg us;ldc;ldelem.u2;pop", ArgumentLongReference, Constant),
        Code.Ldelem_U4 => Rest("ldarg ua;ldc;ldelem.u4;pop", ArgumentLongReference, Constant),
        Code.Ldelem_I8 => Rest("ldarg la;ldc;ldelem.i8;pop", ArgumentLongReference, Constant),
        Code.Ldelem_R8 => Rest("ldarg da;ldc;ldelem.r8;pop", ArgumentLongReference, Constant),
        Code.Ldelem_R4 => Rest("ldarg fa;ldc;ldelem.r4;pop", ArgumentReference, Constant),
        _ => Rest("ldarg ia;ldc;ldelem.i4;pop", ArgumentReference, Constant),
    };

    private double StoreElement(Code code, Kind kind) => code switch
    {
        Code.Stelem_Any when kind == Kind.Struct => Rest("s1,i,ldloc S1;stelem S1", ArgumentLongReference, Constant, StructOne),
        Code.Stelem_Ref or Code.Stelem_Any when IsReference(kind) =>
            Rest("oa,i,ref stelem.ref (object[])", ArgumentLongReference, Constant, ArgumentLongReference),
        Code.Stelem_I1 => Rest("ba,i,v stelem.i1", ArgumentReference, Constant, Local),
        Code.Stelem_I2 => Rest("sa,i,v stelem.i2", ArgumentLongReference, Constant, Local),
        Code.Stelem_I8 => Rest("la,i,v stelem.i8", ArgumentLongReference, Constant, LocalLong),
        Code.Stelem_R8 => Rest("da,i,v stelem.r8", ArgumentLongReference, Constant, LocalLong),
        Code.Stelem_R4 => Rest("fa,i,v stelem.r4", ArgumentReference, Constant, LocalFloat),
        _ => Rest("ia,i,v stelem.i4", ArgumentReference, Constant, Local),
    };
}
