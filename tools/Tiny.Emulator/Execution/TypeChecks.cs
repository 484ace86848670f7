using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>Casts, type tests and unboxing.</summary>
internal sealed class TypeChecks(Machine machine)
{
    private readonly Dictionary<(TypeReference Type, TypeReference Of), (bool Fits, int Tenths)> known = [];
    private readonly Dictionary<(string Type, string Of), (bool Fits, int Tenths)> arrays = [];

    internal Reference Unbox(object? box, TypeReference type) => box switch
    {
        null => throw new NullReferenceException(),
        DeviceObject { Type.IsValueType: true } contents when Same(contents.Type, type) =>
            new SlotReference([new Slot { Ref = contents }], 0, Storage.Struct),
        Box number when Fits(number, type) => number,
        _ => throw new InvalidCastException(),
    };

    internal Slot UnboxAny(Slot slot, TypeReference type)
    {
        Storage storage = TypeFacts.StorageOf(type);
        if (storage == Storage.Ref)
        {
            return slot.Ref is null || IsInstance(slot.Ref, type) ? slot : throw new InvalidCastException();
        }

        return slot.Ref switch
        {
            null => throw new NullReferenceException(),
            DeviceObject { Type.IsValueType: true } contents when storage == Storage.Struct && Same(contents.Type, type) =>
                new Slot { Ref = machine.Heap.Clone(machine.Heap.Clone(contents)) },
            Box number when Fits(number, type) => Promotion.Load(number.Value, storage),
            _ => throw new InvalidCastException(),
        };
    }

    internal bool IsInstance(object value, TypeReference type)
    {
        Steps(value, type, out bool fits);
        return fits;
    }

    /// <summary>Whether an object is of a type; returns what finding out costs more than a class that is the very one, in tenths.</summary>
    internal int Steps(object value, TypeReference type, out bool fits)
    {
        if (value is DeviceArray or Array)
        {
            (string, string) names = (ElementName(value), type.FullName);
            if (!arrays.TryGetValue(names, out (bool Fits, int Tenths) array))
            {
                arrays[names] = array = (IsArray(value, type), 0);
            }

            fits = array.Fits;
            return array.Tenths;
        }

        TypeDefinition actual = machine.TypeOf(value);
        if (!known.TryGetValue((actual, type), out (bool Fits, int Tenths) found))
        {
            known[(actual, type)] = found = Search(actual, type);
        }

        fits = found.Fits;
        return found.Tenths;
    }

    /// <summary>Stores to an array of references or structs, or of numbers where the opcode does not say which.</summary>
    internal void StoreElement(object array, int index, in Slot value)
    {
        Elements.Check(array, index);
        if (array is DeviceArray { IsOfStructs: false } items && value.Ref is not null && !IsInstance(value.Ref, items.ElementType))
        {
            throw new DeviceTypeException();
        }

        Elements.Store(array, index, value);
    }

    /// <summary>Unboxes to another type than the box's if the bits are kept alike, as an enum's and its number's are.</summary>
    private static bool Fits(Box number, TypeReference type) =>
        Same(number.Type, type) || (ElementTypeOf(number.Type) is MetadataType bits && bits == ElementTypeOf(type));

    private static MetadataType? ElementTypeOf(TypeReference type)
    {
        if (TypeFacts.IsTicks(type))
        {
            return MetadataType.Int64;
        }

        TypeReference plain = TypeFacts.Resolve(type) is { IsEnum: true } named ? TypeFacts.Underlying(named) : type;
        return plain.MetadataType;
    }

    private static bool Same(TypeReference left, TypeReference right) => left.FullName == right.FullName;

    private (bool Fits, int Tenths) Search(TypeDefinition actual, TypeReference type)
    {
        string name = type.FullName;
        bool isInterface = type is not ArrayType && type.Resolve() is { IsInterface: true };
        int tenths = 0;
        int classes = 0;
        for (TypeDefinition? at = actual; at is not null; at = at.BaseType?.Resolve())
        {
            tenths += isInterface && at.HasInterfaces ? machine.Costs.CastInterface : 0;
            if (at.FullName == name || (isInterface && at.Interfaces.Any(implemented => Implements(implemented.InterfaceType, name))))
            {
                return (true, tenths + (classes > 0 ? machine.Costs.CastBase + (classes - 1) * machine.Costs.CastClass : 0));
            }

            classes++;
        }

        return (false, tenths + machine.Costs.CastBase + (classes - 1) * machine.Costs.CastClass);
    }

    private static bool Implements(TypeReference implemented, string name) =>
        implemented.FullName == name || (implemented.Resolve()?.Interfaces.Any(inner => Implements(inner.InterfaceType, name)) ?? false);

    private static string ElementName(object array) => array is DeviceArray items
        ? items.ElementType.FullName : array.GetType().GetElementType()!.FullName!;

    /// <summary>The interpreter compares what the arrays are of, and of what kind that is: a class, a struct or an interface.</summary>
    private bool IsArray(object value, TypeReference type)
    {
        if (type is not ArrayType target)
        {
            return type.FullName is "System.Array" or "System.Object" or "System.Collections.IList" or "System.ICloneable"
                or "System.Collections.ICollection" or "System.Collections.IEnumerable";
        }

        if (value is Array numbers)
        {
            TypeReference wanted = TypeFacts.StorageOf(target.ElementType) is Storage.Ref or Storage.Struct
                || TypeFacts.Resolve(target.ElementType) is not { IsEnum: true } named
                ? target.ElementType
                : TypeFacts.Underlying(named);
            return wanted.FullName == numbers.GetType().GetElementType()!.FullName;
        }

        TypeReference from = ((DeviceArray)value).ElementType;
        TypeReference to = target.ElementType;
        while (from is ArrayType inner && to is ArrayType wantedInner)
        {
            (from, to) = (inner.ElementType, wantedInner.ElementType);
        }

        if (to is ArrayType)
        {
            return false;
        }

        if (from is ArrayType)
        {
            return to.FullName is "System.Object" or "System.Array";
        }

        TypeDefinition source = TypeFacts.Resolve(from);
        TypeDefinition destination = TypeFacts.Resolve(to);
        return source.IsInterface == destination.IsInterface && source.IsValueType == destination.IsValueType && Search(source, to).Fits;
    }
}
