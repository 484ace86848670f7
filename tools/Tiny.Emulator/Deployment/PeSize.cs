using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tiny.Emulator.Deployment;

/// <summary>
/// What an assembly takes in a board's flash as the .pe file that nanoFramework's metadata processor makes of it, and in its heap once it
/// is loaded. Estimated from the assembly by the processor's rules, section by section: within 2 % of every true size that was measured.
/// </summary>
/// <param name="Name">The assembly.</param>
/// <param name="Sections">The sections, in the order of the file.</param>
/// <param name="StaticFields">Static fields, each of which takes a block of heap.</param>
public sealed record PeSize(string Name, IReadOnlyList<PeSection> Sections, int StaticFields)
{
    private const int HeaderBytes = 124;
    private const int HeapBlock = 12;

    // What the compiler writes on types and members, and nothing on the device asks for. The attributes of an assembly are not kept either.
    private static readonly HashSet<string> Dropped =
    [
        "CompilationRelaxationsAttribute", "RuntimeCompatibilityAttribute", "DebuggableAttribute", "DebuggingModes",
        "CompilerGeneratedAttribute", "ExtensionAttribute",
        "IsReadOnlyAttribute", "DefaultMemberAttribute", "InternalsVisibleToAttribute", "TargetFrameworkAttribute", "ConditionalAttribute",
    ];

    // Types that once were mscorlib's: the firmware still knows their names.
    private static readonly string[] Moved = ["File", "FileAccess", "FileMode", "FileStream", "Flush", "Stream"];

    /// <summary>Bytes of the file, each section padded to a multiple of 4.</summary>
    public int Bytes => HeaderBytes + Sections.Sum(section => RoundUp(section.Bytes));

    /// <summary>Bytes of managed heap that the loaded assembly takes: its tables' cross references and static fields.</summary>
    public int HeapBytes
    {
        get
        {
            int ram = 140 + 4 * (Entries("AssemblyRef") + Entries("TypeRef") + Entries("FieldRef") + Entries("MethodRef"))
                + 8 * Entries("TypeDef")
                + RoundUp(2 * Entries("FieldDef")) + RoundUp(2 * Entries("MethodDef")) + HeapBlock * StaticFields
                + RoundUp(Entries("MethodDef"));
            return (ram + HeapBlock - 1) / HeapBlock * HeapBlock;
        }
    }

    /// <summary>Estimates an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="framework">The framework's own names, which the firmware knows and no file repeats: see <see cref="NamesOf"/>.</param>
    public static PeSize Of(AssemblyDefinition assembly, IReadOnlySet<string> framework)
    {
        ModuleDefinition module = assembly.MainModule;
        TypeDefinition[] types = [.. module.GetTypes().Where(type => type.Name != "<Module>")];
        MethodDefinition[] methods = [.. types.SelectMany(type => type.Methods)];
        FieldDefinition[] fields = [.. types.SelectMany(type => type.Fields).Where(field => !field.IsLiteral)];
        TypeReference[] typeReferences = [.. module.GetTypeReferences().Where(type => !IsDropped(type))];
        MemberReference[] members = [.. module.GetMemberReferences().Where(member => !IsDropped(member.DeclaringType))];
        TypeReference[] arrays = [.. methods.SelectMany(Operands).OfType<TypeSpecification>().DistinctBy(type => type.FullName)];
        int attributes = types.Cast<ICustomAttributeProvider>().Concat(methods).Concat(fields).Sum(KeptAttributes);

        PeSignatures signatures = new();
        Array.ForEach(types, signatures.Add);
        foreach (MemberReference member in members)
        {
            if (member is FieldReference field)
            {
                signatures.Add(field);
            }
            else
            {
                signatures.Add((MethodReference)member);
            }
        }

        Array.ForEach(arrays, signatures.Add);
        byte[][] resources = [.. module.Resources.OfType<EmbeddedResource>().Select(resource => resource.GetResourceData())];
        return new PeSize(assembly.Name.Name,
        [
            Table("AssemblyRef", module.AssemblyReferences.Count, 12),
            Table("TypeRef", typeReferences.Length, 8),
            Table("FieldRef", members.OfType<FieldReference>().Count(), 8),
            Table("MethodRef", members.OfType<MethodReference>().Count(), 8),
            Table("TypeDef", types.Length, 24),
            Table("FieldDef", fields.Length, 8),
            Table("MethodDef", methods.Length, 16),
            Table("Attributes", attributes, 8),
            Table("TypeSpec", arrays.Length, 4),
            Table("Resources", resources.Length, 8),
            new("ResourcesData", 0, resources.Sum(data => data.Length)),
            new("Strings", 0, Strings(assembly, types, methods, fields, typeReferences, members)
                .Where(text => text.Length == 0 || !framework.Contains(text)).Sum(text => 1 + Encoding.UTF8.GetByteCount(text))),
            new("Signatures", 0, signatures.Count),
            new("ByteCode", 0, methods.Sum(CodeBytes)),
            Table("ResourcesFiles", resources.Length, 24),
        ], fields.Count(field => field.IsStatic));
    }

    /// <summary>Estimates all assemblies of a program, the framework's first.</summary>
    public static IReadOnlyList<PeSize> OfAll(DeviceProgram program)
    {
        IReadOnlySet<string> framework = NamesOf(program.Assemblies.First(assembly => assembly.Name.Name == "mscorlib"));
        return [.. program.Assemblies.OrderBy(assembly => DeviceProgram.IsFramework(assembly.Name.Name) ? 0 : 1)
            .ThenBy(assembly => assembly.Name.Name, StringComparer.Ordinal).Select(assembly => Of(assembly, framework))];
    }

    /// <summary>The names that the firmware knows: of mscorlib's types, namespaces and members.</summary>
    public static IReadOnlySet<string> NamesOf(AssemblyDefinition mscorlib) => mscorlib.MainModule.GetTypes()
        .SelectMany(type => type.Methods.Select(method => method.Name).Concat(type.Fields.Select(field => field.Name)).Append(type.Name)
        .Append(type.Namespace))
        .Concat(Moved).ToHashSet();

    private static bool IsDropped(TypeReference type) =>
        Dropped.Contains(type.Name) || (type.Namespace == "System.Reflection" && type.Name.StartsWith("Assembly", StringComparison.Ordinal)
        && type.Name.EndsWith("Attribute", StringComparison.Ordinal));

    private int Entries(string section) => Sections.First(entry => entry.Name == section).Entries;

    private static PeSection Table(string name, int entries, int bytesEach) => new(name, entries, entries * bytesEach);

    private static int RoundUp(int bytes) => (bytes + 3) & ~3;

    private static int KeptAttributes(ICustomAttributeProvider holder) =>
        holder.CustomAttributes.Count(attribute => !IsDropped(attribute.AttributeType));

    private static IEnumerable<object> Operands(MethodDefinition method) => method.HasBody
        ? method.Body.Instructions.Select(instruction => instruction.Operand).Where(operand => operand is not null) : [];

    private static IEnumerable<string> Strings(
        AssemblyDefinition assembly, TypeDefinition[] types, MethodDefinition[] methods, FieldDefinition[] fields,
        TypeReference[] typeReferences, MemberReference[] members) =>
        new[] { "", assembly.Name.Name }
            .Concat(assembly.MainModule.AssemblyReferences.Select(reference => reference.Name))
            .Concat(types.Cast<TypeReference>().Concat(typeReferences).SelectMany(type => new[] { type.Name, type.Namespace }))
            .Concat(methods.Select(method => method.Name)).Concat(fields.Select(field => field.Name))
            .Concat(members.Select(member => member.Name))
            .Concat(methods.SelectMany(Operands).OfType<string>())
            .Distinct();

    /// <summary>
    /// Tokens take two bytes instead of four, long branches two, and a switch is packed; a method with handlers has a table of them.
    /// </summary>
    internal static int CodeBytes(MethodDefinition method)
    {
        if (!method.HasBody)
        {
            return 0;
        }

        int bytes = method.Body.CodeSize - method.Body.Instructions.Sum(Saved);
        return method.Body.HasExceptionHandlers ? bytes + 1 + 12 * method.Body.ExceptionHandlers.Count : bytes;
    }

    /// <summary>Bytes by which an instruction is shorter on the device.</summary>
    internal static int Saved(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineString
            or OperandType.InlineBrTarget => 2,
        OperandType.InlineSwitch => 3 + 2 * ((Instruction[])instruction.Operand).Length,
        _ => 0,
    };
}
