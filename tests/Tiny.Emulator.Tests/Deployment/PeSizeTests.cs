using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Deployment;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Deployment;

public sealed class PeSizeTests : IDisposable
{
    private static readonly IReadOnlySet<string> Framework =
        PeSize.NamesOf(Programs.Core.Assemblies.Single(assembly => assembly.Name.Name == "mscorlib"));

    private readonly AssemblyDefinition assembly =
        AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Made", new Version(1, 0)), "Made", ModuleKind.Dll);
    private readonly TypeDefinition type;

    public PeSizeTests()
    {
        type = new TypeDefinition("Made", "Thing", TypeAttributes.Public, assembly.MainModule.TypeSystem.Object);
        assembly.MainModule.Types.Add(type);
    }

    public void Dispose() => assembly.Dispose();

    [SharedDataFact]
    public void Every_measured_assembly_at_hand_is_within_two_percent()
    {
        string folder = Path.Combine(SharedData.Folder!, "..", "device");
        string[][] rows = [.. File.ReadAllLines(Path.Combine(folder, "PE-SIZES.csv")).Select(line => line.Split(','))];
        int heap = Array.FindIndex(rows[0], name => name.StartsWith("heap bytes", StringComparison.Ordinal));
        int compared = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories))
        {
            using AssemblyDefinition measured = AssemblyDefinition.ReadAssembly(file);
            if (rows.FirstOrDefault(row => row[0] == measured.Name.Name) is string[] row)
            {
                PeSize size = PeSize.Of(measured, Framework);
                int expected = int.Parse(row[1]);
                Assert.True(Math.Abs(size.Bytes - expected) <= 0.02 * expected, $"{size.Name}: {size.Bytes} bytes, measured {expected}");
                Assert.Equal(int.Parse(row[heap]), size.HeapBytes);
                compared++;
            }
        }

        Assert.InRange(compared, 7, int.MaxValue);
    }

    [Fact]
    public void A_method_costs_its_entry_its_name_its_signature_and_its_code()
    {
        int before = Size().Bytes;
        MethodDefinition method = new("Sixteen", MethodAttributes.Public | MethodAttributes.Static, assembly.MainModule.TypeSystem.Int32);
        method.Parameters.Add(new ParameterDefinition(assembly.MainModule.TypeSystem.Single));
        Emit(method, OpCodes.Ldc_I4_S, (sbyte)16);
        type.Methods.Add(method);

        // 16 for the entry, 8 for the name with its end, 4 for the signature, 3 for ldc.i4.s and ret made up to 4.
        Assert.Equal(before + 16 + 8 + 4 + 4, Size().Bytes);
    }

    [Fact]
    public void A_signature_that_stands_in_another_is_stored_once()
    {
        AddMethod("Long", 3);
        int before = Section("Signatures");
        AddMethod("Again", 3);
        Assert.Equal(before, Section("Signatures"));
        AddMethod("Longer", 4);
        Assert.NotEqual(before, Section("Signatures"));
    }

    [Fact]
    public void Tokens_and_long_branches_take_two_bytes_less_and_a_name_of_the_framework_none()
    {
        MethodDefinition method = new("Branch", MethodAttributes.Public | MethodAttributes.Static, assembly.MainModule.TypeSystem.Void);
        ILProcessor code = method.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Br, end);
        code.Append(end);
        type.Methods.Add(method);
        Assert.Equal(4, Section("ByteCode"));

        int strings = Section("Strings");
        type.Fields.Add(new FieldDefinition("MaxValue", FieldAttributes.Public, assembly.MainModule.TypeSystem.Int32));
        Assert.Equal(strings, Section("Strings"));
    }

    [Fact]
    public void Loading_takes_heap_for_cross_references_and_static_fields()
    {
        int before = Size().HeapBytes;
        type.Fields.Add(new FieldDefinition(
            "once", FieldAttributes.Static | FieldAttributes.Private, assembly.MainModule.TypeSystem.Int32));
        Assert.Equal(1, Size().StaticFields);
        Assert.InRange(Size().HeapBytes - before, 12, 24);
    }

    private PeSize Size()
    {
        using MemoryStream stream = new();
        assembly.Write(stream);
        stream.Position = 0;
        using AssemblyDefinition read = AssemblyDefinition.ReadAssembly(stream);
        return PeSize.Of(read, Framework);
    }

    private int Section(string name) => Size().Sections.Single(section => section.Name == name).Bytes;

    private void AddMethod(string name, int parameters)
    {
        MethodDefinition method = new(name, MethodAttributes.Public | MethodAttributes.Static, assembly.MainModule.TypeSystem.Int32);
        for (int i = 0; i < parameters; i++)
        {
            method.Parameters.Add(new ParameterDefinition(
                i % 2 == 0 ? assembly.MainModule.TypeSystem.Single : assembly.MainModule.TypeSystem.Int64));
        }

        Emit(method, OpCodes.Ldc_I4_S, (sbyte)1);
        type.Methods.Add(method);
    }

    private static void Emit(MethodDefinition method, OpCode opcode, sbyte operand)
    {
        ILProcessor code = method.Body.GetILProcessor();
        code.Emit(opcode, operand);
        code.Emit(OpCodes.Ret);
    }
}
