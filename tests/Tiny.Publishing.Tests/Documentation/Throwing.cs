using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>
/// Finds what a method throws, in its IL: itself, in a method that is not public, or in the guard. What it catches, or may catch by a
/// filter, does not count. What a public or virtual callee throws is not followed, as whether it can depends on what it is given.
/// </summary>
internal static class Throwing
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly Dictionary<MethodBase, IReadOnlySet<Type>> Found = [];

    internal static IReadOnlySet<Type> Of(MethodBase method)
    {
        lock (Found)
        {
            return Find(method);
        }
    }

    private static IReadOnlySet<Type> Find(MethodBase method)
    {
        if (Found.TryGetValue(method, out IReadOnlySet<Type>? known))
        {
            return known;
        }

        HashSet<Type> thrown = [];
        Found[method] = thrown; // a method that calls itself throws nothing more by that
        if (method.GetMethodBody() is MethodBody body && body.GetILAsByteArray() is byte[] code)
        {
            Read(method, body, code, thrown);
        }

        return thrown;
    }

    private static void Read(MethodBase method, MethodBody body, byte[] code, HashSet<Type> thrown)
    {
        MethodBase? before = null; // what the instruction before has called
        for (int at = 0; at < code.Length;)
        {
            int begins = at;
            OpCode operation = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += operation.Size;
            if (operation == OpCodes.Throw && before is not null)
            {
                Add(ResultOf(before));
            }

            before = operation.OperandType == OperandType.InlineMethod ? Resolve(method, BitConverter.ToInt32(code, at)) : null;
            bool isCall = operation == OpCodes.Call || operation == OpCodes.Newobj
                || (operation == OpCodes.Callvirt && before is { IsVirtual: false } or { IsFinal: true });
            foreach (Type type in isCall ? Inside(before!) : [])
            {
                Add(type);
            }

            at += OperandBytes(operation.OperandType, code, at);

            void Add(Type type)
            {
                if (!body.ExceptionHandlingClauses.Any(clause =>
                    begins >= clause.TryOffset && begins < clause.TryOffset + clause.TryLength
                    && (clause.Flags == ExceptionHandlingClauseOptions.Filter
                        || (clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType!.IsAssignableFrom(type)))))
                {
                    thrown.Add(type);
                }
            }
        }
    }

    private static IEnumerable<Type> Inside(MethodBase called)
    {
        Type? owner = called.DeclaringType;
        if (owner is null || owner.Name.StartsWith('<') || owner.IsDefined(typeof(CompilerGeneratedAttribute)))
        {
            return [];
        }

        bool isOfException = owner.IsAssignableTo(typeof(Exception));
        return isOfException && called.Name.StartsWith("ThrowIf", StringComparison.Ordinal) ? [owner]
            : isOfException || !IsOurs(owner) || (IsVisible(called) && owner.Name != "Guard") ? []
            : Find(called);
    }

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(Throwing).Assembly || type.Assembly.GetName().Name!.StartsWith("Tiny.", StringComparison.Ordinal);

    internal static bool IsVisible(MethodBase method) =>
        method.DeclaringType!.IsVisible && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static Type ResultOf(MethodBase called) => called is MethodInfo method ? method.ReturnType : called.DeclaringType!;

    private static MethodBase? Resolve(MethodBase method, int token) => method.Module.ResolveMethod(
        token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int OperandBytes(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
