using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>nanoFramework.TestFramework.Assert: what the tests use of it.</summary>
internal static class AssertNatives
{
    private const string Failed = "TestFrameworkShared.AssertFailedException";

    internal static bool TryFind(MethodDefinition method, out Native? native)
    {
        native = null;
        if (method.DeclaringType.FullName != "nanoFramework.TestFramework.Assert")
        {
            return false;
        }

        Kind kind = method.Parameters.Count > 0 ? TypeFacts.KindOf(method.Parameters[0].ParameterType) : Kind.Void;
        native = method.Name switch
        {
            "AreEqual" => (m, s, f, _) =>
                Check(m, Same(s[f], s[f + 1], kind), s[f + 2], () => $"expected {Text(s[f], kind)} found {Text(s[f + 1], kind)}"),
            "AreNotEqual" => (m, s, f, _) =>
                Check(m, !Same(s[f], s[f + 1], kind), s[f + 2], () => $"found {Text(s[f + 1], kind)} which it should not be"),
            "IsTrue" => (m, s, f, _) => Check(m, s[f].I4 != 0, s[f + 1], () => "expected true"),
            "IsFalse" => (m, s, f, _) => Check(m, s[f].I4 == 0, s[f + 1], () => "expected false"),
            "IsNull" => (m, s, f, _) => Check(m, s[f].Ref is null, s[f + 1], () => "expected null"),
            "IsNotNull" => (m, s, f, _) => Check(m, s[f].Ref is not null, s[f + 1], () => "expected not null"),
            "AreSame" => (m, s, f, _) => Check(m, ReferenceEquals(s[f].Ref, s[f + 1].Ref), s[f + 2], () => "expected the same object"),
            "AreNotSame" => (m, s, f, _) => Check(m, !ReferenceEquals(s[f].Ref, s[f + 1].Ref), s[f + 2], () => "expected another object"),
            "ThrowsException" => Throws,
            "SkipTest" => (m, s, f, _) => throw Fault(m, "nanoFramework.TestFramework.SkipTestException", s[f].Ref as string ?? ""),
            _ => null,
        };
        return native is not null;
    }

    private static void Throws(Machine machine, Slot[] stack, int frame, int sp)
    {
        TypeReference expected = (TypeReference)stack[frame].Ref!;
        DeviceDelegate called = (DeviceDelegate)stack[frame + 1].Ref!;
        string? thrown = null;
        try
        {
            machine.Run(called.Method!, called.Method!.HasThis ? [called.Target] : []);
        }
        catch (Exception error) when (Machine.IsDevices(error))
        {
            thrown = machine.ToDevice(error).Type.FullName;
        }

        Check(machine, thrown == expected.FullName, stack[frame + 2],
            () => $"expected {expected.FullName} found {thrown ?? "no exception"}");
    }

    private static void Check(Machine machine, bool holds, in Slot message, Func<string> what)
    {
        if (!holds)
        {
            throw Fault(machine, Failed, $"{message.Ref as string}: {what()}");
        }
    }

    private static DeviceFault Fault(Machine machine, string type, string message)
    {
        TypeDefinition definition = machine.Program.Assemblies.Select(assembly => assembly.MainModule.GetType(type))
            .OfType<TypeDefinition>().First();
        DeviceObject made = machine.Layouts.Create(definition);
        made.Native = message.Replace(',', ';');
        return new DeviceFault(made);
    }

    private static bool Same(in Slot left, in Slot right, Kind kind) => kind switch
    {
        Kind.Ref => AreAlike(left.Ref, right.Ref),
        Kind.R4 => left.R4.Equals(right.R4),
        Kind.R8 => left.R8.Equals(right.R8),
        Kind.I8 => left.I8 == right.I8,
        _ => left.I4 == right.I4,
    };

    private static bool AreAlike(object? left, object? right) => left is string || right is string
        ? left as string == right as string : ObjectNatives.AreEqual(left, right);

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        Box { Kind: Kind.R4 } box => box.Value.R4.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        Box { Kind: Kind.R8 } box => box.Value.R8.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        Box box => box.Load().I8.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DeviceObject made => made.Type.FullName,
        _ => value.GetType().Name,
    };

    private static string Text(in Slot value, Kind kind) => kind switch
    {
        Kind.Ref => Text(value.Ref),
        Kind.R4 => value.R4.ToString("R"),
        Kind.R8 => value.R8.ToString("R"),
        Kind.I8 => value.I8.ToString(),
        _ => value.I4.ToString(),
    };
}
