using System.Reflection.PortableExecutable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Deployment;

namespace Tiny.Emulator.Dialect;

/// <summary>
/// Reads a compiled assembly and finds every construct that nanoFramework rejects, silently miscompiles or dies
/// of at load: what neither the C# compiler nor, for many, the metadata processor says.
/// </summary>
public sealed class DialectGate
{
    private const int MostInMethod = 255;
    private const int MostInType = 255;
    private const int MostCode = 65535;
    private const int MostData = 65536;

    private static readonly HashSet<string> InjectedTypes =
    [
        "RefSafetyRulesAttribute", "ScopedRefAttribute", "NullableAttribute", "NullableContextAttribute", "RequiredMemberAttribute",
        "NativeIntegerAttribute",
    ];

    private static readonly HashSet<Code> UnsupportedOpcodes =
    [
        Code.Calli, Code.Cpblk, Code.Initblk, Code.Ckfinite, Code.Arglist, Code.Jmp, Code.Mkrefany, Code.Refanyval, Code.Refanytype,
        Code.Tail,
    ];

    private readonly AssemblyDefinition assembly;
    private readonly List<DialectFault> faults = [];

    private DialectGate(AssemblyDefinition assembly)
    {
        this.assembly = assembly;
    }

    /// <summary>Checks the program's own assemblies, all but the framework's; what a method does twice is told once.</summary>
    public static IReadOnlyList<DialectFault> Check(DeviceProgram program) =>
        [.. program.Own.SelectMany(assembly => new DialectGate(assembly).Check()).Distinct()];

    private List<DialectFault> Check()
    {
        CheckReferences();
        CheckSizes();
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            CheckType(type);
        }

        return faults;
    }

    private void Add(DialectRule rule, string where, string reason) => faults.Add(new DialectFault(rule, where, reason));

    private void CheckReferences()
    {
        foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences)
        {
            if (DeviceProgram.IsFramework(reference.Name)
                && !File.Exists(Path.Combine(DeviceProgram.LibraryFolder, reference.Name + ".dll")))
            {
                Add(DialectRule.ForeignReference, assembly.Name.Name,
                    $"refers to {reference.Name}, which is none of nanoFramework's assemblies; compile against those alone.");
            }
        }
    }

    private void CheckSizes()
    {
        int code = assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Sum(PeSize.CodeBytes);
        if (code > MostCode)
        {
            Add(DialectRule.TooMuchCode, assembly.Name.Name,
                $"has {code} bytes of IL, counted as the device keeps it; an assembly holds at most {MostCode}. Split it.");
        }

        int signatures = SignatureBytes(assembly.MainModule.FileName);
        int initializers = assembly.MainModule.GetTypes().SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length);
        if (initializers + signatures > MostData)
        {
            Add(DialectRule.TooMuchData, assembly.Name.Name,
                $"has {initializers} bytes of array initializers "
                    + $"and {signatures} of signatures; together at most {MostData} work. Load large tables from a file or resource.");
        }
    }

    /// <summary>
    /// The heap of blobs: signatures, and the values of attributes and constants, which the device does not keep; so rather too much.
    /// </summary>
    private static int SignatureBytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        System.Reflection.Metadata.MetadataReader reader = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        return System.Reflection.Metadata.Ecma335.MetadataReaderExtensions
            .GetHeapSize(reader, System.Reflection.Metadata.Ecma335.HeapIndex.Blob);
    }

    private void CheckType(TypeDefinition type)
    {
        string where = type.FullName;
        if (type.HasGenericParameters)
        {
            Add(DialectRule.Generic, where, "is a generic type; the device dies at load of one.");
        }

        if (type.Namespace is "System.Runtime.CompilerServices" or "Microsoft.CodeAnalysis" && InjectedTypes.Contains(type.Name))
        {
            Add(DialectRule.CompilerTooNew, where,
                "is injected by C# 11 or later, or by nullable annotations, and shifts native method tables; compile with LangVersion 9 "
                    + "and Nullable disabled.");
        }

        foreach ((int count, string kind) in new[]
        {
            (type.Methods.Count(m => m.IsStatic), "static methods"), (type.Methods.Count(m => m.IsVirtual), "virtual methods"),
            (type.Methods.Count(m => !m.IsStatic && !m.IsVirtual), "instance methods"),
            (type.Fields.Count(f => f.IsStatic), "static fields"),
            (type.Fields.Count(f => !f.IsStatic), "instance fields"),
        })
        {
            if (count > MostInType)
            {
                Add(DialectRule.TooManyInType, where, $"has {count} {kind}; at most {MostInType} work.");
            }
        }

        foreach (FieldDefinition field in type.Fields)
        {
            CheckUse(field.FieldType, $"{where}.{field.Name}");
        }

        if (type.BaseType is not null)
        {
            CheckUse(type.BaseType, where);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            CheckMethod(method);
        }
    }

    private void CheckMethod(MethodDefinition method)
    {
        string where = NameOf(method);
        if (method.HasGenericParameters)
        {
            Add(DialectRule.Generic, where, "is a generic method; the device dies at load of one.");
        }

        CheckUse(method.ReturnType, where);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            CheckUse(parameter.ParameterType, where);
        }

        if (method.Parameters.Count > MostInMethod)
        {
            Add(DialectRule.TooManyInMethod, where, $"has {method.Parameters.Count} arguments; at most {MostInMethod} work.");
        }

        if (!method.HasBody)
        {
            return;
        }

        if (method.Body.Variables.Count > MostInMethod)
        {
            Add(DialectRule.TooManyInMethod, where, $"has {method.Body.Variables.Count} locals; at most {MostInMethod} work.");
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            if (variable.IsPinned)
            {
                Add(DialectRule.Pointer, where, "has a fixed statement; the metadata processor rejects it.");
            }

            CheckUse(variable.VariableType, where);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            CheckInstruction(instruction, where);
        }
    }

    private void CheckInstruction(Instruction instruction, string where)
    {
        OpCode opcode = instruction.OpCode;
        string at = $"{opcode.Name} at IL_{instruction.Offset:x4}";
        if (UnsupportedOpcodes.Contains(opcode.Code))
        {
            Add(DialectRule.UnsupportedOpcode, where, $"{at}: the interpreter does not have this opcode.");
        }
        else if (opcode.Code == Code.Localloc)
        {
            Add(DialectRule.Pointer, where, $"{at}: stackalloc; the metadata processor rejects it.");
        }
        else if (opcode.Name.Contains(".ovf", StringComparison.Ordinal))
        {
            Add(DialectRule.CheckedArithmetic, where, $"{at}: checked arithmetic never throws on the device.");
        }

        switch (instruction.Operand)
        {
            case Instruction target:
                CheckBranch(instruction, target, where);
                break;
            case Instruction[] targets:
                if (targets.Length > MostInMethod)
                {
                    Add(DialectRule.TooManyInMethod, where, $"{at}: {targets.Length} cases; at most {MostInMethod} work.");
                }

                foreach (Instruction target in targets)
                {
                    CheckBranch(instruction, target, where);
                }

                break;
            case TypeReference type:
                CheckUse(type, where);
                break;
            case MethodReference method:
                CheckMember(method, method.Resolve(), where);
                CheckUse(method.ReturnType, where);
                break;
            case FieldReference field:
                CheckMember(field, field.Resolve(), where);
                break;
        }
    }

    private void CheckBranch(Instruction from, Instruction to, string where)
    {
        int distance = to.Offset - (from.Offset + from.GetSize());
        if (distance is < short.MinValue or > short.MaxValue)
        {
            bool forward = distance > 0;
            Instruction end = forward ? to : from.Next;
            for (Instruction? at = forward ? from.Next : to; at is not null && at != end; at = at.Next)
            {
                distance -= forward ? PeSize.Saved(at) : -PeSize.Saved(at); // the device's tokens and branches are shorter
            }
        }

        if (distance is < short.MinValue or > short.MaxValue)
        {
            Add(DialectRule.FarBranch, where,
                $"{from.OpCode.Name} at IL_{from.Offset:x4} jumps {distance} bytes; 16 bits reach no further than 32767, and the code "
                    + "comes out wrong without a word. Split the method.");
        }
    }

    private void CheckMember(MemberReference member, IMemberDefinition? definition, string where)
    {
        CheckUse(member.DeclaringType, where);
        if (member is GenericInstanceMethod)
        {
            Add(DialectRule.Generic, where, $"uses the generic method {member.FullName}; the device dies at load of one.");
        }
        else if (definition is null && member.DeclaringType is not ArrayType)
        {
            Add(DialectRule.MissingMember, where, $"uses {member.FullName}, which the device's assemblies lack.");
        }
    }

    /// <summary>Looks at a type that something uses, and at those it is made of.</summary>
    private void CheckUse(TypeReference type, string where)
    {
        switch (type)
        {
            case GenericParameter:
                return;
            case GenericInstanceType generic:
                Add(DialectRule.Generic, where, $"uses {generic.FullName}; the device dies at load of a generic type.");
                return;
            case ArrayType { Rank: > 1 }:
                Add(DialectRule.MultidimensionalArray, where,
                    $"uses {type.FullName}; the device dies at load of such an array. Use an array of arrays.");
                return;
            case PointerType or FunctionPointerType:
                Add(DialectRule.Pointer, where, $"uses {type.FullName}; the metadata processor rejects pointers.");
                return;
            case TypeSpecification specification:
                CheckUse(specification.ElementType, where);
                return;
        }

        TypeDefinition? definition = type.Resolve();
        if (definition is null)
        {
            Add(DialectRule.MissingMember, where, $"uses {type.FullName}, which the device's assemblies lack.");
        }
        else if (definition.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ExcludeTypeAttribute"))
        {
            Add(DialectRule.MissingMember, where, $"uses {type.FullName}, which is for the compiler only and not on the device.");
        }
    }

    private static string NameOf(MethodDefinition method) =>
        $"{method.DeclaringType.FullName}.{method.Name}("
        + $"{string.Join(", ", method.Parameters.Select(parameter => parameter.ParameterType.Name))})";
}
