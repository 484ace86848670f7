namespace Tiny.Emulator.Costs;

/// <summary>What the runtime itself takes: exceptions, collections, the maths library.</summary>
internal sealed partial class OpcodeCosts
{
    private const string Leaving = "C#: int z = 1; | try { z = 2; } catch (Exception) { z = 3; }";
    private const string ThrownHere = "C#: int z = 1; | try { throw N.ex; } catch (Exception) { z = 3; }";
    private const string ThrownDeeper = "C#: int z = 1; | try { N.P1(); } catch (Exception) { z = 3; }";
    private const string ThrownDeep = "C#: int z = 1; | try { N.P0(); } catch (Exception) { z = 3; }";
    private const string Clauses = "C#: int z = 1; | try { throw N.ex; } catch (InvalidOperationException) { z = 3; } catch (ArgumentException) { z = 4; } catch (Exception) { z = 5; }";
    private const string WithFinally = "C#: int z = 1; | try { try { throw N.ex; } finally { z = 2; } } catch (Exception) { z = 3; }";
    private const string WithFilter = "C#: int z = 1; | try { throw N.ex; } catch (Exception) when (z < 100) { z = 3; }";
    private const string OutOfRange = "C#: int z = 1; | try { ia[z + 999] = 1; } catch (IndexOutOfRangeException) { z = 1; }";
    private const string OnlyFinally = "C#: int z = 1; | try { z = 2; } finally { z = 3; }";

    // The compiler drops stores to a local that nothing reads: what these rows assign takes nothing, but for a nop where a block would be empty.
    private double Leave => table[Leaving] - Nop;

    /// <summary>A frame that is left on the way to a handler; the call's own cost counts its return already.</summary>
    internal int UnwoundFrame => Tenths(table[ThrownDeeper] - table[ThrownDeep] - table["call static void()"]);

    /// <summary>A throw and the entry of its handler in the same frame.</summary>
    internal int Throwing => Tenths(table[ThrownHere] - table["ldsfld object;pop"] - Leave);

    /// <summary>What an exception that the runtime itself throws takes more: it has to be made.</summary>
    internal int MadeException => Tenths(table[OutOfRange] - table[ThrownHere] + table["ldsfld object;pop"] - Pop
        - ArgumentReference - Local - Push("ldc.i4;pop") - Arithmetic(Mono.Cecil.Cil.Code.Add, Execution.Kind.I4) - Constant - Rest("ia,i,v stelem.i4", ArgumentReference, Constant, Local));

    internal int ClausePassed => Tenths((table[Clauses] - table[ThrownHere]) / 2);

    internal int FinallyBlock => Tenths(table[WithFinally] - table[ThrownHere]);

    /// <summary>A filter, what it runs not counted: a type test and a comparison in the measured one.</summary>
    internal int Filter => Tenths(table[WithFilter] - table[ThrownHere] - Rest("castclass hit, exact class;pop", ArgumentLongReference)
        - (table["ldc.i4.1;dup;pop;pop"] - Constant - 2 * Pop) - Rest("brtrue.s ref taken (+nop)", ArgumentLongReference, Nop) - Pop
        - Local - ConstantShort - Comparison("clt", Execution.Kind.I4) - Constant - Comparison("cgt.un", Execution.Kind.I4));

    private double LeaveByFinally => table[OnlyFinally] - table[Leaving];

    /// <summary>What Math.Abs computes beyond the call: next to nothing.</summary>
    private double NativeOwn => 0;

    /// <summary>A collection: a fixed share, then each object alive that is scanned and each that is dead.</summary>
    internal int Collection(int live, int dead, bool compact)
    {
        bool small = table.Build is "m0" or "m0plus";
        double cost = (small ? 11_440 : 7_920) + live * (small ? 45 : 29) + dead * (small ? 16 : 9) + (compact ? small ? 1_250 : 1_100 : 0);
        return Tenths(cost) - Native(1);
    }

    /// <summary>What a function of the maths library takes beyond the call.</summary>
    internal int Library(string name)
    {
        string row = name switch
        {
            "Sqrt" => "C#: float r, v = 1.5f; | r = (float)Math.Sqrt(v);",
            "Sin" or "Cos" or "Tan" or "Asin" or "Acos" or "Atan" or "Atan2" => "C#: float r, v = 1.5f; | r = (float)Math.Sin(v);",
            "Tanh" or "Sinh" or "Cosh" => "C#: float r, v = 1.5f; | r = (float)Math.Tanh(v);",
            "Log" or "Log10" => "C#: float r, v = 1.5f; | r = (float)Math.Log(v);",
            "Floor" or "Ceiling" or "Round" or "Truncate" => "C#: float r, v = 1.5f; | r = (float)Math.Floor(v);",
            "Pow" or "IEEERemainder" => "C#: float r, v = 1.5f; | r = (float)Math.Pow(v, 2);",
            _ => "C#: float r, v = 1.5f; | r = (float)Math.Exp(v);",
        };
        double store = Rest("ldc.i4.1;stloc.s", Constant);
        double conversion = Rest("ldloc.s5;conv.r4;pop", LocalLong);
        double second = name is "Pow" or "IEEERemainder" ? Push("ldc.r8;pop") : 0;
        return Tenths(table[row] - LocalLong - conversion - store - second) - Native(1);
    }

    internal int InitializeByte => 6;

    internal int ComparedElement => Tenths(table.Method("System.Array.IndexOf", "each"));

    internal int CopyElements(int count, int bytes, bool overlaps, bool references) =>
        references ? count * Tenths(table.Method("System.Array.Copy(Object[])", "each")) : overlaps ? 156 * count : 30 * count * bytes / 4;

    internal int ClearElements(int count, int bytes) => 17 * count * bytes / 4;

    /// <summary>A number written out: some for the call and some for each character; by a format there is one figure for all.</summary>
    internal int NumberText(Mono.Cecil.MetadataType type, string text, bool general)
    {
        string row = type is Mono.Cecil.MetadataType.Single ? "System.Number.float" : type is Mono.Cecil.MetadataType.Double ? "System.Number.double" : "System.Number.integer";
        return general ? Tenths(table.Method(row, "call") + text.Length * table.Method(row, "each")) : Tenths(table.Method("System.Number.formatted", "call"));
    }
}
