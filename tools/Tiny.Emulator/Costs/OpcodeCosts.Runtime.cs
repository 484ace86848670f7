namespace Tiny.Emulator.Costs;

/// <summary>What the runtime itself takes: exceptions, collections, the maths library.</summary>
internal sealed partial class OpcodeCosts
{
    private const string Leaving = "C#: int z = 1; | try { z = 2; } catch (Exception) { z = 3; }";
    private const string ThrownHere = "C#: int z = 1; | try { throw N.ex; } catch (Exception) { z = 3; }";
    private const string ThrownDeeper = "C#: int z = 1; | try { N.P1(); } catch (Exception) { z = 3; }";
    private const string ThrownDeep = "C#: int z = 1; | try { N.P0(); } catch (Exception) { z = 3; }";
    private const string Clauses =
        "C#: int z = 1; | try { throw N.ex; } catch (InvalidOperationException) { z = 3; } catch (ArgumentException) { z = 4; } catch "
        + "(Exception) { z = 5; }";
    private const string WithFinally = "C#: int z = 1; | try { try { throw N.ex; } finally { z = 2; } } catch (Exception) { z = 3; }";
    private const string WithFilter = "C#: int z = 1; | try { throw N.ex; } catch (Exception) when (z < 100) { z = 3; }";
    private const string OutOfRange = "C#: int z = 1; | try { ia[z + 999] = 1; } catch (IndexOutOfRangeException) { z = 1; }";
    private const string CopiedFew = "C#: float[] b = new float[1024]; | Array.Copy(fa, 0, b, 0, 8);";
    private const string CopiedMany = "C#: float[] b = new float[1024]; | Array.Copy(fa, 0, b, 0, 512);";
    private const string DividedByZero = "C#: int z = 0; | try { z = 1 / z; } catch (Exception) { z = 0; }";
    private const string CollectionRow = "C#: nanoFramework.Runtime.Native.GC.Run(false);";
    private const string CompactionRow = "C#: nanoFramework.Runtime.Native.GC.Run(true);";
    private const string OnlyFinally = "C#: int z = 1; | try { z = 2; } finally { z = 3; }";

    // The compiler drops stores to a local that nothing reads: what these rows assign takes
    // nothing, but for a nop where a block would be empty.
    private double Leave => table[Leaving] - Nop;

    /// <summary>A frame that is left on the way to a handler; the call's own cost counts its return already.</summary>
    internal int UnwoundFrame => Tenths(table[ThrownDeeper] - table[ThrownDeep] - table["call static void()"]);

    /// <summary>A throw and the entry of its handler in the same frame.</summary>
    internal int Throwing => Tenths(table[ThrownHere] - table["ldsfld object;pop"] - Leave);

    /// <summary>What an exception that the runtime itself throws takes more: it has to be made.</summary>
    internal int MadeException => Tenths(table[OutOfRange] - table[ThrownHere] + table["ldsfld object;pop"] - Pop
        - ArgumentReference - Local - Push("ldc.i4;pop") - Arithmetic(Mono.Cecil.Cil.Code.Add, Execution.Kind.I4) - Constant
        - Rest("ia,i,v stelem.i4", ArgumentReference, Constant, Local));

    internal int ClausePassed => Tenths((table[Clauses] - table[ThrownHere]) / 2);

    internal int FinallyBlock => Tenths(table[WithFinally] - table[ThrownHere]);

    /// <summary>A filter, what it runs not counted: a type test and a comparison in the measured one.</summary>
    internal int Filter => Tenths(table[WithFilter] - table[ThrownHere] - Rest("castclass hit, exact class;pop", ArgumentLongReference)
        - (table["ldc.i4.1;dup;pop;pop"] - Constant - 2 * Pop) - Rest("brtrue.s ref taken (+nop)", ArgumentLongReference, Nop) - Pop
        - Local - ConstantShort - Comparison("clt", Execution.Kind.I4) - Constant - Comparison("cgt.un", Execution.Kind.I4));

    /// <summary>
    /// What each class between an exception of the runtime's and System.Object adds to making it:
    /// System.Exception is one above, the measured one three.
    /// </summary>
    internal int ExceptionLevel =>
        Tenths((table[OutOfRange] - Rest("ia,i,v stelem.i4") - table[DividedByZero] + Rest("ldc.i4.1 x2;div;pop")) / 2);

    private double LeaveByFinally => table[OnlyFinally] - table[Leaving];

    /// <summary>What Math.Abs computes beyond the call: next to nothing.</summary>
    private double NativeOwn => 0;

    /// <summary>A collection: a fixed share, what marking the living took, each dead object, and compaction where nothing moves.</summary>
    internal int Collection(int marking, int dead, bool compact)
    {
        double more = compact ? table[CompactionRow] - table[CollectionRow] : 0;
        return Tenths((IsSmall ? 11_440 : 7_920) + dead * (IsSmall ? 16 : 9) + more) + marking - Native(1);
    }

    /// <summary>Marking one object: numbers are not looked into, structs within an array are part of it.</summary>
    internal int Marking(bool isNumbers, bool isArray) => isNumbers
        ? IsSmall ? 800 : 400 : isArray ? IsSmall ? 900 : 550 : IsSmall ? 1200 : 780;

    /// <summary>Whether the build is one for Cortex-M0: what was measured on M4 and M0 alone is taken from the nearer.</summary>
    private bool IsSmall => table.Build is "m0" or "m0plus";

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
        double conversion = Rest("ldloc.2;conv.r8;pop", LocalFloat);
        double second = name is "Pow" or "IEEERemainder" ? Push("ldc.r8;pop") : 0;
        return Tenths(table[row] - LocalFloat - conversion - second - Pop) - Native(1);
    }

    internal int InitializeByte => 6;

    internal int ComparedElement => Tenths(table.Method("System.Array.IndexOf", "each"));

    internal int CopyElements(int count, int bytes, bool overlaps, bool references) =>
        references ? count * Tenths(table.Method("System.Array.Copy(Object[])", "each"))
        : overlaps ? 156 * count
        : Tenths((table[CopiedMany] - table[CopiedFew]) / (512 - 8) * count * bytes / 4);

    internal int ClearElements(int count, int bytes) => 17 * count * bytes / 4;

    /// <summary>
    /// A number written out: some for the call and some for each character, more than in
    /// proportion; by a format there is one figure for each letter.
    /// </summary>
    internal int NumberText(Mono.Cecil.MetadataType type, string text, string? format)
    {
        if (!string.IsNullOrEmpty(format) && format is not ("G" or "g"))
        {
            string letter = $"System.Number.formatted.{char.ToUpperInvariant(format[0])}";
            return Tenths(table.Method(table.HasMethod(letter) ? letter : "System.Number.formatted.F", "call"));
        }

        string row = "System.Number." + type switch
        {
            Mono.Cecil.MetadataType.Single => "float",
            Mono.Cecil.MetadataType.Double => "double",
            Mono.Cecil.MetadataType.Int64 or Mono.Cecil.MetadataType.UInt64 => "long",
            _ => "integer",
        };
        int exponent = text.IndexOf('E', StringComparison.OrdinalIgnoreCase);
        int length = exponent < 0 ? text.Length : exponent;
        double more = exponent < 0 ? 0 : table.Method("System.Number.exponent", "call");
        return Tenths(table.Method(row, "call") + length * table.Method(row, "each") + length * length * table.Method(row, "square")
            + more);
    }
}
