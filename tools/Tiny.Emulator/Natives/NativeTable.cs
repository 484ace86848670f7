using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>The framework's methods that the emulator knows, by type, name and parameter types. Any other stops the program with a word.</summary>
internal static class NativeTable
{
    private static readonly Dictionary<string, Native> Table = Build();

    internal static string KeyOf(MethodReference method) =>
        $"{method.DeclaringType.FullName}.{method.Name}({string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";

    /// <exception cref="EmulatorException">The method is not emulated.</exception>
    internal static Native Find(MethodDefinition method)
    {
        if (Table.TryGetValue(KeyOf(method), out Native? native))
        {
            return native;
        }

        if (method.IsConstructor && ExceptionNatives.TryConstructor(method, out Native? constructor))
        {
            return constructor!;
        }

        return AssertNatives.TryFind(method, out Native? assertion) ? assertion! : throw Unknown(method);
    }

    /// <summary>What a virtual method is on an instance that is not an object of the program's: a string, a box, an exception, a delegate.</summary>
    internal static Native FindFor(object instance, MethodDefinition method)
    {
        string type = instance switch
        {
            string => "System.String",
            Box box => TypeFacts.Resolve(box.Type).IsEnum ? TypeFacts.Underlying(TypeFacts.Resolve(box.Type)).FullName : box.Type.FullName,
            _ => method.DeclaringType.FullName,
        };
        string parameters = string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName));
        return Table.TryGetValue($"{type}.{method.Name}({parameters})", out Native? native) ? native : Find(method);
    }

    /// <summary>Constructors that give a value of the desktop's own rather than fill an object.</summary>
    internal static bool TryFindConstructor(MethodDefinition constructor, out Native? native)
    {
        native = null;
        return constructor.DeclaringType.FullName == "System.String" && Table.TryGetValue(KeyOf(constructor), out native);
    }

    private static EmulatorException Unknown(MethodDefinition method) =>
        new($"{KeyOf(method)} is one of nanoFramework's methods that the emulator does not know. Run the program on the board, or do without it.");

    private static Dictionary<string, Native> Build()
    {
        Dictionary<string, Native> table = [];
        ObjectNatives.AddTo(table);
        ExceptionNatives.AddTo(table);
        StringNatives.AddTo(table);
        NumberNatives.AddTo(table);
        MathNatives.AddTo(table);
        ArrayNatives.AddTo(table);
        OutputNatives.AddTo(table);
        FlashNatives.AddTo(table);
        PinNatives.AddTo(table);
        BusNatives.AddTo(table);
        FileNatives.AddTo(table);
        return table;
    }
}
