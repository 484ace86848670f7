using Mono.Cecil;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Costs;

namespace Tiny.Emulator.Natives;

/// <summary>
/// The framework's methods that the emulator knows, by type, name and parameter types. Any other stops the program with a word.
/// </summary>
internal static class NativeTable
{
    private static readonly HashSet<string> Replaced =
    [
        // Managed in mscorlib, but what they do with the desktop's own strings and types is done here.
        "System.Exception.get_StackTrace()",
    ];

    private static readonly Dictionary<string, Native> Table = Build();

    internal static string KeyOf(MethodReference method) =>
        $"{method.DeclaringType.FullName}.{method.Name}("
        + $"{string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";

    /// <summary>Whether a method that has IL is done by the emulator all the same.</summary>
    internal static bool Replaces(MethodDefinition method) => method.DeclaringType.FullName == "System.Exception"
        && Replaced.Contains(KeyOf(method));

    /// <exception cref="EmulatorException">The method is not emulated.</exception>
    internal static Native Find(MethodDefinition method, BoardProfile board)
    {
        string key = KeyOf(method);
        if (Table.TryGetValue(key, out Native? native))
        {
            return NativeCosts.For(method, native, CostTable.Load(board.Costs));
        }

        return AssertNatives.TryFind(method, out Native? assertion) ? assertion! : throw Unknown(method, key);
    }

    private static EmulatorException Unknown(MethodDefinition method, string key) => new(method.DeclaringType.FullName switch
    {
        "System.RuntimeType" or "System.Type" =>
            $"{key} is reflection, which the emulator leaves out. Run the program on the board, or do without it.",
        string name when name.StartsWith("System.Reflection.", StringComparison.Ordinal) =>
            $"{key} is reflection, which the emulator leaves out. Run the program on the board, or do without it.",
        _ => $"{key} is one of nanoFramework's methods that the emulator does not know. Run the program on the board, or do without it.",
    });

    private static Dictionary<string, Native> Build()
    {
        Dictionary<string, Native> table = [];
        ObjectNatives.AddTo(table);
        TypeNatives.AddTo(table);
        StringNatives.AddTo(table);
        NumberNatives.AddTo(table);
        BitNatives.AddTo(table);
        ConvertNatives.AddTo(table);
        TimeNatives.AddTo(table);
        MathNatives.AddTo(table);
        ArrayNatives.AddTo(table);
        ListNatives.AddTo(table);
        DelegateNatives.AddTo(table);
        ThreadNatives.AddTo(table);
        WaitNatives.AddTo(table);
        TextNatives.AddTo(table);
        OutputNatives.AddTo(table);
        FlashNatives.AddTo(table);
        KernelNatives.AddTo(table);
        PinNatives.AddTo(table);
        BusNatives.AddTo(table);
        AnalogNatives.AddTo(table);
        SerialNatives.AddTo(table);
        FileNatives.AddTo(table);
        HttpNatives.AddTo(table);
        return table;
    }
}
