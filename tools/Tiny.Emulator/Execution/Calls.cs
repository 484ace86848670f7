using Mono.Cecil;
using Tiny.Emulator.Natives;

namespace Tiny.Emulator.Execution;

/// <summary>Finds what is called: overrides of virtual methods, natives, constructors.</summary>
internal sealed class Calls(Machine machine)
{
    private readonly Dictionary<(TypeDefinition Type, MethodDefinition Method), MethodDefinition> overrides = [];

    /// <summary>What a virtual call comes to for the object in a slot, which a constrained call may first have to fetch.</summary>
    internal VirtualTarget Target(Callee site, ref Slot instance)
    {
        TypeDefinition type;
        if (site.Constrained is not null && instance.Ref is Reference pointer and not Box)
        {
            type = Fetch(site, pointer, ref instance);
        }
        else
        {
            type = machine.TypeOf(instance.Ref ?? throw new NullReferenceException());
        }

        if (ReferenceEquals(type, site.LastType))
        {
            return site.LastTarget!;
        }

        if (!site.Targets.TryGetValue(type, out VirtualTarget? target))
        {
            MethodDefinition method = Override(type, site.Definition);
            bool hasBody = machine.HasBody(method);
            int extra = type == site.Definition.DeclaringType ? 0 : machine.Costs.VirtualLookup;
            target = new VirtualTarget(hasBody ? machine.Decoded(method) : null, hasBody ? null : Native(method), extra);
            site.Targets[type] = target;
        }

        site.LastType = type;
        site.LastTarget = target;
        return target;
    }

    /// <exception cref="EmulatorException">The method is not emulated.</exception>
    internal Natives.Native Native(MethodDefinition method) => NativeTable.Find(method, machine.Board);

    /// <summary>
    /// Makes the object of a newobj and puts it below the arguments, twice: as the result and as
    /// the constructor's this. Returns where the latter is.
    /// </summary>
    internal int PrepareNewObject(Callee site, Slot[] s, int sp)
    {
        int count = site.Arguments - 1;
        int first = sp - count;
        TypeDefinition type = site.Definition.DeclaringType;
        Storage storage = TypeFacts.StorageOf(type);
        object? made = storage == Storage.Ref
            ? machine.Heap.NewObject(type) : storage == Storage.Struct ? machine.Heap.NewStruct(type) : null;
        for (int i = count - 1; i >= 0; i--)
        {
            s[first + 2 + i] = s[first + i];
        }

        s[first] = new Slot { Ref = made };
        s[first + 1].Ref = storage == Storage.Ref ? made : new SlotReference(s, first, storage);
        return first + 1;
    }

    /// <summary>A newobj of which the firmware implements the constructor.</summary>
    internal int NewNative(Callee site, Slot[] s, int sp)
    {
        Natives.Native construct = site.Native ??= Native(site.Definition);
        if (site.Definition.DeclaringType.FullName == "System.String")
        {
            int first = sp - (site.Arguments - 1);
            construct(machine, s, first, sp); // it gives the value itself
            return first + 1;
        }

        int self = PrepareNewObject(site, s, sp);
        machine.Interpreter.Current!.Top.Sp = self + site.Arguments;
        construct(machine, s, self, self + site.Arguments);
        return self;
    }

    internal MethodDefinition Overriding(MethodDefinition method, object instance) => Override(machine.TypeOf(instance), method);

    private TypeDefinition Fetch(Callee site, Reference pointer, ref Slot instance)
    {
        Kind kind = TypeFacts.KindOf(site.Constrained!);
        if (kind == Kind.Ref)
        {
            instance.Ref = pointer.Load().Ref;
            return machine.TypeOf(instance.Ref ?? throw new NullReferenceException());
        }

        TypeDefinition type = TypeFacts.Resolve(site.Constrained!);
        if (Override(type, site.Definition).DeclaringType != type)
        {
            // One of Object's or ValueType's: it gets the value as if boxed, which takes no heap on the device either.
            Slot value = pointer.Load();
            instance.Ref = kind == Kind.Struct
                ? value.Ref : new Box(site.Constrained!, kind, TypeFacts.StorageOf(site.Constrained!), value);
        }

        return type;
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
            MethodDefinition? candidate = at.Methods.FirstOrDefault(m => m == method)
                ?? at.Methods.FirstOrDefault(m => m.Overrides.Any(o => o.Resolve() == method))
                ?? at.Methods.FirstOrDefault(m => m.IsVirtual && Alike(m, method));
            if (candidate is not null)
            {
                found = candidate;
                break;
            }
        }

        return overrides[(type, method)] = found;
    }

    private static bool Alike(MethodDefinition candidate, MethodDefinition method) =>
        candidate.Name == method.Name && candidate.Parameters.Count == method.Parameters.Count
        && candidate.Parameters.Zip(method.Parameters).All(pair => pair.First.ParameterType.FullName == pair.Second.ParameterType.FullName);
}
