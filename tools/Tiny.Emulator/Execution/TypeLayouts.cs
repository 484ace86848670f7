using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>Which slot each field of a class has; a derived class's stand behind its base's.</summary>
internal sealed class TypeLayouts
{
    private readonly Dictionary<FieldDefinition, int> indices = [];
    private readonly Dictionary<TypeDefinition, FieldDefinition[]> layouts = [];

    internal int IndexOf(FieldDefinition field)
    {
        Of(field.DeclaringType);
        return indices[field];
    }

    /// <summary>An instance with every field at its default.</summary>
    internal DeviceObject Create(TypeDefinition type)
    {
        FieldDefinition[] fields = Of(type);
        DeviceObject instance = new(type, fields.Length);
        for (int i = 0; i < fields.Length; i++)
        {
            if (TypeFacts.KindOf(fields[i].FieldType) == Kind.Struct)
            {
                instance.Fields[i].Ref = Create(TypeFacts.Resolve(fields[i].FieldType));
            }
        }

        return instance;
    }

    private FieldDefinition[] Of(TypeDefinition type)
    {
        if (layouts.TryGetValue(type, out FieldDefinition[]? known))
        {
            return known;
        }

        FieldDefinition[] inherited = type.BaseType is null || type.IsValueType ? [] : Of(TypeFacts.Resolve(type.BaseType));
        FieldDefinition[] all = [.. inherited, .. type.Fields.Where(field => !field.IsStatic)];
        for (int i = 0; i < all.Length; i++)
        {
            indices[all[i]] = i;
        }

        return layouts[type] = all;
    }
}
