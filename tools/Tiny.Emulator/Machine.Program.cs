using Mono.Cecil;
using Tiny.Emulator.Execution;
using Tiny.Emulator.Natives;

namespace Tiny.Emulator;

// The program's methods, types and static fields, each looked up once.
public sealed partial class Machine
{
    internal DeviceMethod Decoded(MethodDefinition method)
    {
        if (!methods.TryGetValue(method, out DeviceMethod? decoded))
        {
            methods[method] = decoded = new Decoder(this, method).Decode();
        }

        return decoded;
    }

    /// <summary>
    /// Whether a method's IL runs: the program's, and that of nanoFramework's own mscorlib; the tables of other packages have none.
    /// </summary>
    internal bool HasBody(MethodDefinition method)
    {
        if (!bodies.TryGetValue(method, out bool has))
        {
            bodies[method] = has = method.HasBody && DeviceProgram.HasCode(method.Module.Assembly.Name.Name)
                && !Natives.NativeTable.Replaces(method);
        }

        return has;
    }

    /// <summary>The class of an object.</summary>
    internal TypeDefinition TypeOf(object value) => value switch
    {
        DeviceObject made => made.Type,
        string => Own("System.String"),
        Box box => TypeFacts.Resolve(box.Type),
        DeviceDelegate called => TypeFacts.Resolve(called.Type),
        DeviceArray or Array => Own("System.Array"),
        TypeReference => Own("System.RuntimeType"),
        Reference pointer => TypeOf(pointer.Load().Ref ?? throw new NullReferenceException()),
        _ => Own("System.Object"),
    };

    /// <summary>A type of mscorlib's.</summary>
    internal TypeDefinition Own(string name)
    {
        if (!own.TryGetValue(name, out TypeDefinition? type))
        {
            own[name] = type = mscorlib.GetType(name) ?? throw new EmulatorException($"mscorlib has no {name}.");
        }

        return type;
    }

    /// <summary>What sizeof gives: a block, or a struct's blocks.</summary>
    internal int SizeOf(TypeReference type) =>
        12 * (TypeFacts.StorageOf(type) == Storage.Struct ? 1 + Layouts.Create(TypeFacts.Resolve(type)).Fields.Length : 1);

    internal MethodDefinition Resolve(MethodReference method) =>
        method.Resolve() ?? throw new EmulatorException($"The method {method.FullName} is not to be found.");

    internal Callee Site(MethodReference reference, MethodDefinition definition, int arguments, Kind result, TypeReference? constrained)
    {
        if (constrained is not null)
        {
            return new Callee(definition, arguments, result, constrained);
        }

        if (!sites.TryGetValue(reference, out Callee? site))
        {
            sites[reference] = site = new Callee(definition, arguments, result, null);
        }

        return site;
    }

    internal (Slot[] Slots, int Index) StaticSlot(FieldDefinition field)
    {
        if (!statics.TryGetValue(field, out (Slot[] Slots, int Index) place))
        {
            TypeDefinition type = field.DeclaringType;
            FieldDefinition[] fields = [.. type.Fields.Where(f => f.IsStatic)];
            Slot[] slots = new Slot[fields.Length];
            staticsOfTypes[type] = slots;
            for (int i = 0; i < fields.Length; i++)
            {
                statics[fields[i]] = (slots, i);
                slots[i] = Default(fields[i].FieldType);
            }

            FrameworkStatics.Check(type, fields);
            place = statics[field];
        }

        return place;
    }

    internal Slot Default(TypeReference type)
    {
        Slot slot = default;
        if (TypeFacts.KindOf(type) == Kind.Struct)
        {
            slot.Ref = NewStruct(TypeFacts.Resolve(type));
        }

        return slot;
    }

    /// <summary>A type of the program's or of what it refers to.</summary>
    internal TypeDefinition TypeNamed(string name) =>
        Program.Assemblies.Select(assembly => assembly.MainModule.GetType(name)).FirstOrDefault(type => type is not null)
        ?? throw new EmulatorException($"The program refers to no assembly with {name}.");

    internal DeviceObject NewStruct(TypeDefinition type) => Layouts.Create(type);
}
