using Mono.Cecil;
using Tiny.Emulator.Natives;

namespace Tiny.Emulator.Execution;

/// <summary>Calls of all kinds: of bodies and natives, virtual ones, constructors and delegates. Each takes the stack's top and returns the new one.</summary>
internal sealed class Calls(Machine machine)
{
    private readonly Dictionary<(TypeDefinition Type, MethodDefinition Method), MethodDefinition> overrides = [];

    internal int Call(Callee site, int sp, bool looksForNull)
    {
        int frame = sp - site.Arguments;
        if (looksForNull && machine.Interpreter.Stack[frame].Ref is null)
        {
            throw new NullReferenceException();
        }

        machine.Interpreter.Run(site.Method ??= machine.Decoded(site.Definition), frame);
        return site.Result == Kind.Void ? frame : frame + 1;
    }

    internal int CallNative(Callee site, int sp, bool looksForNull)
    {
        int frame = sp - site.Arguments;
        if (looksForNull && machine.Interpreter.Stack[frame].Ref is null)
        {
            throw new NullReferenceException();
        }

        site.Native ??= NativeTable.Find(site.Definition);
        site.Native(machine, machine.Interpreter.Stack, frame, sp);
        return site.Result == Kind.Void ? frame : frame + 1;
    }

    internal int CallVirtual(Callee site, int sp)
    {
        int frame = sp - site.Arguments;
        ref Slot target = ref machine.Interpreter.Stack[frame];
        if (site.Constrained is not null && target.Ref is Reference pointer)
        {
            Slot value = pointer.Load();
            Kind kind = TypeFacts.KindOf(site.Constrained);
            target.Ref = kind is Kind.Ref or Kind.Struct ? value.Ref : new Box(site.Constrained, kind, value);
        }

        object instance = target.Ref ?? throw new NullReferenceException();
        MethodDefinition method = instance is DeviceObject made ? Override(made.Type, site.Definition) : site.Definition;
        if (instance is DeviceDelegate)
        {
            return CallNative(site, sp, looksForNull: false);
        }

        if (machine.HasBody(method))
        {
            machine.Interpreter.Run(machine.Decoded(method), frame);
        }
        else
        {
            NativeTable.FindFor(instance, method)(machine, machine.Interpreter.Stack, frame, sp);
        }

        return site.Result == Kind.Void ? frame : frame + 1;
    }

    /// <summary>What a value answers to ToString: with a format if there is one and its type takes one, as String.Format asks; null is no text.</summary>
    /// <exception cref="EmulatorException">It is an array or a delegate, whose text on the device is not known.</exception>
    internal string TextOf(object? value, string format, int sp)
    {
        switch (value)
        {
            case null:
                return "";
            case string text:
                return text;
            case Box box:
                return NumberNatives.ToText(box, format);
            case DeviceObject made:
                MethodDefinition method = (format.Length > 0 ? FindToString(made.Type, "System.String") : null) ?? FindToString(made.Type)!;
                Slot[] s = machine.Interpreter.Stack;
                s[sp].Ref = made;
                s[sp + 1].Ref = format;
                if (machine.HasBody(method))
                {
                    machine.Interpreter.Run(machine.Decoded(method), sp);
                }
                else
                {
                    NativeTable.FindFor(made, method)(machine, s, sp, sp + 1);
                }

                return (string?)s[sp].Ref ?? "";
            default:
                throw new EmulatorException("The text of an array or a delegate is not known to the emulator. Print what is in it.");
        }
    }

    /// <summary>A class's ToString with parameters of these types, its own or that of a class above; every class has the one without any.</summary>
    private static MethodDefinition? FindToString(TypeDefinition type, params string[] parameters)
    {
        MethodDefinition? found = null;
        for (TypeDefinition? at = type; at is not null && found is null; at = at.BaseType?.Resolve())
        {
            found = at.Methods.FirstOrDefault(method => method.Name == "ToString" && method.IsPublic && !method.IsStatic
                && method.Parameters.Select(parameter => parameter.ParameterType.FullName).SequenceEqual(parameters));
        }

        return found;
    }

    internal int NewObject(Callee site, int sp)
    {
        int count = site.Arguments - 1;
        int first = sp - count;
        Slot[] s = machine.Interpreter.Stack;
        TypeDefinition type = site.Definition.DeclaringType;
        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            s[first].Ref = machine.Heap.NewDelegate(new DeviceDelegate(type, s[first].Ref, (MethodReference)s[first + 1].Ref!), sp);
            return first + 1;
        }

        if (NativeTable.TryFindConstructor(site.Definition, out Native? construct))
        {
            construct!(machine, s, first, sp); // strings and the like: the constructor gives the value itself
            return first + 1;
        }

        object made = type.IsValueType ? machine.NewStruct(type) : machine.Heap.NewObject(type, sp);
        for (int i = count - 1; i >= 0; i--)
        {
            s[first + 2 + i] = s[first + i];
        }

        // The object stands twice: once as the constructor's this, once as the result beneath.
        s[first].Ref = made;
        s[first + 1].Ref = type.IsValueType ? new SlotReference(s, first) : made;
        int top = first + 2 + count;
        if (machine.HasBody(site.Definition))
        {
            machine.Interpreter.Run(site.Method ??= machine.Decoded(site.Definition), first + 1);
        }
        else
        {
            (site.Native ??= NativeTable.Find(site.Definition))(machine, s, first + 1, top);
        }

        return first + 1;
    }

    internal int LoadFunction(MethodReference method, bool isVirtual, int sp)
    {
        Slot[] s = machine.Interpreter.Stack;
        if (!isVirtual)
        {
            s[sp].Ref = method;
            return sp + 1;
        }

        object target = s[sp - 1].Ref ?? throw new NullReferenceException();
        s[sp - 1].Ref = target is DeviceObject made ? Override(made.Type, machine.Resolve(method)) : method;
        return sp;
    }

    private MethodDefinition Override(TypeDefinition type, MethodDefinition method)
    {
        if (overrides.TryGetValue((type, method), out MethodDefinition? known))
        {
            return known;
        }

        MethodDefinition found = method;
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            MethodDefinition? candidate = at.Methods.FirstOrDefault(m => m == method || Overrides(m, method));
            if (candidate is not null)
            {
                found = candidate;
                break;
            }
        }

        return overrides[(type, method)] = found;
    }

    private static bool Overrides(MethodDefinition candidate, MethodDefinition method) =>
        candidate.IsVirtual
        && (candidate.Overrides.Any(o => o.FullName == method.FullName)
            || (candidate.Name == method.Name && candidate.Parameters.Count == method.Parameters.Count
                && candidate.Parameters.Zip(method.Parameters).All(pair => pair.First.ParameterType.FullName == pair.Second.ParameterType.FullName)));
}
