using Mono.Cecil;

namespace Tiny.Reference;

/// <summary>Finds types by the names the tables use. Within mscorlib the basic types are the metadata's own element types.</summary>
internal sealed class TypeNames(ModuleDefinition module, IReadOnlyDictionary<string, TypeDefinition> known)
{
    internal TypeReference Resolve(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return new ArrayType(Resolve(name[..^2]));
        }

        if (name.EndsWith('&'))
        {
            return new ByReferenceType(Resolve(name[..^1]));
        }

        if (!known.TryGetValue(name, out TypeDefinition? type))
        {
            throw new ApiTableException($"{module.Assembly.Name.Name}: no table has the type {name}.");
        }

        // Cecil takes the types of its own core library for element types when they come as references named so.
        return module.Assembly.Name.Name == "mscorlib" && ElementType(name) is TypeReference element
            ? element : module.ImportReference(type);
    }

    private TypeReference? ElementType(string name) => name switch
    {
        "System.Void" => module.TypeSystem.Void,
        "System.Boolean" => module.TypeSystem.Boolean,
        "System.Char" => module.TypeSystem.Char,
        "System.SByte" => module.TypeSystem.SByte,
        "System.Byte" => module.TypeSystem.Byte,
        "System.Int16" => module.TypeSystem.Int16,
        "System.UInt16" => module.TypeSystem.UInt16,
        "System.Int32" => module.TypeSystem.Int32,
        "System.UInt32" => module.TypeSystem.UInt32,
        "System.Int64" => module.TypeSystem.Int64,
        "System.UInt64" => module.TypeSystem.UInt64,
        "System.Single" => module.TypeSystem.Single,
        "System.Double" => module.TypeSystem.Double,
        "System.IntPtr" => module.TypeSystem.IntPtr,
        "System.UIntPtr" => module.TypeSystem.UIntPtr,
        "System.Object" => module.TypeSystem.Object,
        "System.String" => module.TypeSystem.String,
        _ => null,
    };
}
