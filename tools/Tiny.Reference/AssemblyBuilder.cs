using Mono.Cecil;

namespace Tiny.Reference;

/// <summary>Builds one reference assembly: all types first, then their members, whose signatures may name any of them.</summary>
internal sealed class AssemblyBuilder
{
    private readonly ApiTable table;
    private readonly Dictionary<string, TypeDefinition> known;
    private AssemblyDefinition assembly;
    private TypeNames names;
    private RawAttributes attributes;

    /// <param name="table">The table.</param>
    /// <param name="known">Types of the assemblies already built; those of this one are added.</param>
    internal AssemblyBuilder(ApiTable table, Dictionary<string, TypeDefinition> known)
    {
        this.table = table;
        this.known = known;
        AssemblyNameDefinition name =
            new(table.Name, table.Version) { PublicKey = table.PublicKey, HashAlgorithm = AssemblyHashAlgorithm.SHA1 };
        assembly = AssemblyDefinition.CreateAssembly(name, table.Name + ".dll", ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        module.AssemblyReferences.Clear();
        names = new TypeNames(module, known);
        attributes = new RawAttributes(module, names);
    }

    internal AssemblyDefinition Build()
    {
        foreach (ApiType type in table.Types)
        {
            Declare(type);
        }

        if (table.References.Count == 0)
        {
            Reopen();
        }

        foreach (ApiType type in table.Types)
        {
            Fill(type, known[type.FullName]);
        }

        // Those that no signature names: the others came in with the types.
        foreach ((string reference, Version version) in table.References)
        {
            if (!assembly.MainModule.AssemblyReferences.Any(present => present.Name == reference))
            {
                assembly.MainModule.AssemblyReferences
                    .Add(new AssemblyNameReference(reference, version) { PublicKeyToken = TokenOf(reference) });
            }
        }

        return assembly;
    }

    /// <summary>
    /// Cecil knows the basic types of a core library, which have element types in signatures, only in one that it has read: so the bare
    /// types are written and read back before they are filled.
    /// </summary>
    private void Reopen()
    {
        MemoryStream stream = new();
        assembly.Write(stream);
        stream.Position = 0;
        assembly = AssemblyDefinition.ReadAssembly(stream, new ReaderParameters(ReadingMode.Immediate));
        ModuleDefinition module = assembly.MainModule;
        foreach (ApiType type in table.Types)
        {
            known[type.FullName] = module.GetType(type.FullName.Replace('+', '/'));
        }

        names = new TypeNames(module, known);
        attributes = new RawAttributes(module, names);
    }

    /// <summary>All of nanoFramework's assemblies carry one key.</summary>
    private byte[] TokenOf(string reference) => known.Values
        .Select(type => type.Module.Assembly.Name)
        .FirstOrDefault(name => name.Name == reference)?.PublicKeyToken
        ?? throw new ApiTableException($"{table.Name} refers to {reference}, of which there is no table.");

    private void Declare(ApiType type)
    {
        string space = "";
        string name = type.FullName[(type.FullName.LastIndexOf('+') + 1)..];
        if (type.Outer is null && name.LastIndexOf('.') is >= 0 and int dot)
        {
            space = name[..dot];
            name = name[(dot + 1)..];
        }

        TypeDefinition definition = new(space, name, Flags(type));
        if (type.Outer is string outer)
        {
            known[outer].NestedTypes.Add(definition);
        }
        else
        {
            assembly.MainModule.Types.Add(definition);
        }

        known.Add(type.FullName, definition);
    }

    private static TypeAttributes Flags(ApiType type)
    {
        TypeAttributes flags = TypeAttributes.AnsiClass;
        bool nested = type.Outer is not null;
        flags |= nested ? (type.Modifiers.Contains("protected") ? TypeAttributes.NestedFamily : TypeAttributes.NestedPublic)
            : TypeAttributes.Public;
        flags |= type.Modifiers.Contains("abstract") ? TypeAttributes.Abstract : 0;
        flags |= type.Modifiers.Contains("static") ? TypeAttributes.Abstract | TypeAttributes.Sealed : 0;
        flags |= type.Modifiers.Contains("sealed") ? TypeAttributes.Sealed : 0;
        return flags | type.Kind switch
        {
            "interface" => TypeAttributes.Interface | TypeAttributes.Abstract,
            "struct" => TypeAttributes.Sealed | TypeAttributes.SequentialLayout | TypeAttributes.BeforeFieldInit,
            "enum" or "delegate" => TypeAttributes.Sealed,
            "class" => TypeAttributes.BeforeFieldInit,
            _ => throw new ApiTableException($"{type.FullName}: unknown kind {type.Kind}."),
        };
    }

    private void Fill(ApiType type, TypeDefinition definition)
    {
        SetBases(type, definition);
        attributes.OfType(type, definition);
        if (type.Kind == "enum")
        {
            definition.Fields.Add(new FieldDefinition(
                "value__", FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName,
                names.Resolve(type.Bases.FirstOrDefault() ?? "System.Int32")));
        }

        MemberBuilder members = new(names, attributes, type, definition);
        foreach (string hidden in type.Extras["fields"]?.Split(',') ?? [])
        {
            definition.Fields.Add(new FieldDefinition("m_" + definition.Fields.Count, FieldAttributes.Private, names.Resolve(hidden)));
        }

        foreach (ApiMember member in type.Members)
        {
            members.Add(member);
        }

        if (type.Kind == "struct" && !definition.Fields.Any(field => !field.IsStatic))
        {
            definition.ClassSize = 1;
            definition.PackingSize = 0;
        }

        // A class without a public or protected constructor must not be given the compiler's own.
        bool instantiable = type.Kind == "class" && !type.Modifiers.Contains("static");
        if (instantiable && !definition.Methods.Any(method => method.IsConstructor))
        {
            definition.Methods.Add(MemberBuilder.Body(new MethodDefinition(".ctor",
                MethodAttributes.Assembly | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
                names.Resolve("System.Void"))));
        }
    }

    private void SetBases(ApiType type, TypeDefinition definition)
    {
        IEnumerable<string> interfaces = type.Bases;
        switch (type.Kind)
        {
            case "class":
                definition.BaseType = type.Bases.Count > 0 ? names.Resolve(type.Bases[0]) : null;
                interfaces = type.Bases.Skip(1);
                break;
            case "struct":
                definition.BaseType = names.Resolve("System.ValueType");
                break;
            case "enum":
                definition.BaseType = names.Resolve("System.Enum");
                interfaces = [];
                break;
            case "delegate":
                definition.BaseType = names.Resolve("System.MulticastDelegate");
                interfaces = [];
                break;
        }

        foreach (string name in interfaces)
        {
            definition.Interfaces.Add(new InterfaceImplementation(names.Resolve(name)));
        }
    }
}
