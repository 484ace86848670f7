using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>Casts, type tests and unboxing.</summary>
internal sealed class TypeChecks
{
    private readonly Dictionary<(TypeDefinition Type, TypeReference Of), bool> instances = [];

    internal object Unbox(object? box, TypeReference type) => box switch
    {
        null => throw new NullReferenceException(),
        DeviceObject contents => new SlotReference([new Slot { Ref = contents }], 0),
        Box number when Same(number.Type, type) => new SlotReference([number.Value], 0),
        _ => throw new InvalidCastException(),
    };

    internal Slot UnboxAny(Slot slot, TypeReference type)
    {
        Kind kind = TypeFacts.KindOf(type);
        if (kind == Kind.Ref)
        {
            return slot.Ref is null || IsInstance(slot.Ref, type) ? slot : throw new InvalidCastException();
        }

        return slot.Ref switch
        {
            null => throw new NullReferenceException(),
            DeviceObject contents when kind == Kind.Struct => new Slot { Ref = contents.CopyStruct() },
            Box number when Same(number.Type, type) => number.Value,
            _ => throw new InvalidCastException(),
        };
    }

    internal bool IsInstance(object value, TypeReference type)
    {
        if (type.FullName == "System.Object")
        {
            return true;
        }

        switch (value)
        {
            case DeviceObject made:
                (TypeDefinition, TypeReference) key = (made.Type, type);
                if (!instances.TryGetValue(key, out bool known))
                {
                    instances[key] = known = Bases(made.Type).Any(name => name == type.FullName);
                }

                return known;
            case string:
                return type.FullName == "System.String";
            case Box box:
                return Same(box.Type, type) || type.FullName is "System.ValueType";
            case DeviceArray array:
                return type is ArrayType of ? of.ElementType.FullName == array.ElementType.FullName || of.ElementType.FullName == "System.Object" : type.FullName == "System.Array";
            case Array numbers:
                return type is ArrayType numeric
                    ? numeric.ElementType.FullName == numbers.GetType().GetElementType()!.FullName
                    : type.FullName == "System.Array";
            default:
                return false;
        }
    }

    internal bool IsException(TypeDefinition type) => Bases(type).Contains("System.Exception");

    private static bool Same(TypeReference left, TypeReference right) => left.FullName == right.FullName;

    private static IEnumerable<string> Bases(TypeDefinition type)
    {
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            yield return at.FullName;
            foreach (InterfaceImplementation implemented in at.Interfaces)
            {
                yield return implemented.InterfaceType.FullName;
            }
        }
    }
}
