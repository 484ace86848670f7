using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>System.Exception and all the framework derives from it.</summary>
internal static class ExceptionNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Exception.get_Message()"] = (m, s, f, sp) => s[f].Ref = m.Heap.NewString(MessageOf((DeviceObject)s[f].Ref!), sp);
        table["System.ArgumentException.get_Message()"] = table["System.Exception.get_Message()"];
        table["System.Exception.get_InnerException()"] = (_, s, f, _) => s[f].Ref = (((DeviceObject)s[f].Ref!).Native as object?[])?[1];
        table["System.Exception.get_StackTrace()"] = (m, s, f, sp) => s[f].Ref = m.Heap.NewString("", sp);
        table["System.Exception.ToString()"] = (m, s, f, sp) =>
            s[f].Ref = m.Heap.NewString($"{((DeviceObject)s[f].Ref!).Type.FullName}: {MessageOf((DeviceObject)s[f].Ref!)}", sp);
    }

    /// <summary>What an exception keeps: its message and the exception within.</summary>
    internal static object?[] State(string? message, object? inner) => [message, inner];

    internal static string MessageOf(DeviceObject exception) =>
        (exception.Native as object?[])?[0] as string ?? $"Exception was thrown: {exception.Type.FullName}";

    /// <summary>Any exception's constructor, by the names of its parameters.</summary>
    internal static bool TryConstructor(MethodDefinition constructor, out Native? native)
    {
        int message = IndexOf("message");
        message = message < 0 ? IndexOf("msg") : message;
        int inner = IndexOf("innerException");
        int parameter = IndexOf("paramName");
        bool isException = false;
        for (TypeDefinition? type = constructor.DeclaringType; type is not null; type = type.BaseType?.Resolve())
        {
            isException |= type.FullName == "System.Exception";
        }

        native = (_, s, f, _) =>
        {
            string? text = message < 0 ? null : s[f + 1 + message].Ref as string;
            string? name = parameter < 0 ? null : s[f + 1 + parameter].Ref as string;
            text = name is null ? text : text is null ? $"Argument {name} is wrong." : $"{text} (parameter {name})";
            ((DeviceObject)s[f].Ref!).Native = State(text, inner < 0 ? null : s[f + 1 + inner].Ref);
        };
        return isException;

        int IndexOf(string name) => constructor.Parameters.ToList().FindIndex(p => p.Name == name);
    }
}
