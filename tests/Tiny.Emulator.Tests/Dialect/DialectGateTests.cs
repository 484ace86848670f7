using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Dialect;

namespace Tiny.Emulator.Tests.Dialect;

/// <summary>One of every construct that the device rejects, miscompiles or dies of, planted; and clean assemblies that must pass.</summary>
public sealed class DialectGateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-gate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_core_the_device_tests_and_the_emulators_programs_pass()
    {
        foreach (DeviceProgram program in new[] { Programs.Core, Programs.Whole, Programs.NanoTests, Programs.Own })
        {
            Assert.DoesNotContain(DialectGate.Check(program), fault => !fault.IsWarning);
        }

        Assert.True(Programs.Core.Main.MainModule.GetTypes().Sum(type => type.Methods.Count) > 100, "The gate looked at next to nothing.");
    }

    [Fact]
    public void The_core_refers_to_the_devices_mscorlib_alone() =>
        Assert.Equal(["mscorlib, 1.17.11.0"], Programs.Core.Main.MainModule.AssemblyReferences.Select(r => $"{r.Name}, {r.Version}"));

    [Theory]
    [InlineData(DialectRule.Generic, "Planted.GenericType`1", "is a generic type")]
    [InlineData(DialectRule.Generic, "Planted.GenericMethod.Same", "is a generic method")]
    [InlineData(DialectRule.Generic, "Planted.GenericUse.Call", "GenericType`1<System.Int32>")]
    [InlineData(DialectRule.Generic, "Planted.GenericUse.Call", "Same")]
    [InlineData(DialectRule.Generic, "Planted.FuncUse.square", "System.Func`2")]
    [InlineData(DialectRule.MultidimensionalArray, "Planted.Matrix.Call", "Int32[0...,0...]")]
    [InlineData(DialectRule.Pointer, "Planted.Pointers.Fixed", "fixed")]
    [InlineData(DialectRule.Pointer, "Planted.Pointers.Stack", "stackalloc")]
    [InlineData(DialectRule.CheckedArithmetic, "Planted.Checked.Add", "never throws")]
    [InlineData(DialectRule.MissingMember, "Planted.Excluded.Use", "DebuggerDisplayAttribute")]
    public void What_csharp_can_say_is_caught(DialectRule rule, string where, string reason)
    {
        IReadOnlyList<DialectFault> faults = DialectGate.Check(DeviceProgram.Load(Programs.Path("Planted")));
        Assert.Contains(faults, fault => fault.Rule == rule && fault.Where.StartsWith(where, StringComparison.Ordinal)
            && fault.Reason.Contains(reason));
    }

    [Theory]
    [InlineData(nameof(OpCodes.Calli))]
    [InlineData(nameof(OpCodes.Cpblk))]
    [InlineData(nameof(OpCodes.Initblk))]
    [InlineData(nameof(OpCodes.Ckfinite))]
    public void Opcodes_that_the_interpreter_lacks_are_caught(string name)
    {
        OpCode opcode = (OpCode)typeof(OpCodes).GetField(name)!.GetValue(null)!;
        Caught(DialectRule.UnsupportedOpcode, opcode.Name, (module, il) =>
            il.Append(opcode == OpCodes.Calli ? il.Create(opcode, new Mono.Cecil.CallSite(module.TypeSystem.Void)) : il.Create(opcode)));
    }

    [Fact]
    public void Localloc_is_caught() => Caught(DialectRule.Pointer, "localloc", (_, il) => il.Emit(OpCodes.Localloc));

    [Fact]
    public void A_far_branch_is_caught()
    {
        Caught(DialectRule.FarBranch, "32767", (_, il) => Branch(il, 32_768));
        Assert.Empty(Faults((_, il) => Branch(il, 32_767)));
    }

    [Fact]
    public void Too_many_locals_are_caught()
    {
        Caught(DialectRule.TooManyInMethod, "256 locals", (module, il) => Locals(module, il, 256));
        Assert.Empty(Faults((module, il) => Locals(module, il, 255)));
    }

    [Fact]
    public void Too_many_cases_are_caught()
    {
        Caught(DialectRule.TooManyInMethod, "256 cases", (_, il) => Cases(il, 256));
        Assert.Empty(Faults((_, il) => Cases(il, 255)));
    }

    [Fact]
    public void Too_much_code_is_caught() => Caught(DialectRule.TooMuchCode, "at most 65535", (_, il) =>
    {
        for (int i = 0; i < 65_536; i++)
        {
            il.Emit(OpCodes.Nop);
        }
    });

    [Fact]
    public void Too_much_data_is_caught()
    {
        Caught(DialectRule.TooMuchData, "66000 bytes of array initializers", (module, _) => Initializer(module, 66_000));
        Assert.Empty(Faults((module, _) => Initializer(module, 48_000)));
    }

    [Fact]
    public void Too_many_fields_are_caught() => Caught(DialectRule.TooManyInType, "256 static fields", (module, _) =>
    {
        for (int i = 0; i < 256; i++)
        {
            module.GetType("Made").Fields.Add(new FieldDefinition("f" + i, FieldAttributes.Static, module.TypeSystem.Int32));
        }
    });

    [Fact]
    public void A_member_that_the_device_lacks_is_caught() => Caught(DialectRule.MissingMember, "String::Reverse", (module, il) =>
        il.Emit(OpCodes.Call, new MethodReference("Reverse", module.TypeSystem.Void, module.TypeSystem.String)));

    [Fact]
    public void A_type_that_the_device_lacks_is_caught() => Caught(DialectRule.MissingMember, "System.Half", (module, il) =>
        il.Emit(OpCodes.Ldtoken, new TypeReference("System", "Half", module, module.AssemblyReferences[0])));

    [Fact]
    public void Attributes_of_newer_compilers_are_caught() => Caught(DialectRule.CompilerTooNew, "C# 11", (module, _) =>
        module.Types.Add(new TypeDefinition(
        "System.Runtime.CompilerServices", "RefSafetyRulesAttribute", TypeAttributes.NotPublic, module.TypeSystem.Object)));

    [Fact]
    public void An_assembly_compiled_for_the_desktop_is_refused() =>
        Assert.Contains("neither beside it nor one of nanoFramework's",
        Assert.Throws<EmulatorException>(() => DeviceProgram.Load(typeof(DialectGate).Assembly.Location)).Message);

    private static void Branch(ILProcessor il, int distance)
    {
        Instruction end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Br, end);
        for (int i = 0; i < distance; i++)
        {
            il.Emit(OpCodes.Nop);
        }

        il.Append(end);
    }

    private static void Locals(ModuleDefinition module, ILProcessor il, int count)
    {
        for (int i = 0; i < count; i++)
        {
            il.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        }
    }

    private static void Cases(ILProcessor il, int count)
    {
        Instruction end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Switch, [.. Enumerable.Repeat(end, count)]);
        il.Append(end);
    }

    private static void Initializer(ModuleDefinition module, int bytes)
    {
        TypeDefinition blob = new("", "Blob", TypeAttributes.Sealed | TypeAttributes.ExplicitLayout,
            new TypeReference("System", "ValueType", module, module.AssemblyReferences[0]))
        {
            ClassSize = bytes,
            PackingSize = 1,
        };
        module.Types.Add(blob);
        module.GetType("Made").Fields.Add(new FieldDefinition(
            "data", FieldAttributes.Static | FieldAttributes.HasFieldRVA, blob)
        { InitialValue = new byte[bytes] });
    }

    private void Caught(DialectRule rule, string reason, Action<ModuleDefinition, ILProcessor> plant) =>
        Assert.Contains(Faults(plant), fault => fault.Rule == rule && (fault.Reason + fault.Where).Contains(reason));

    /// <summary>The faults of an assembly with one method, Made.Method, that has what is planted in it.</summary>
    private IReadOnlyList<DialectFault> Faults(Action<ModuleDefinition, ILProcessor> plant)
    {
        using AssemblyDefinition mscorlib = AssemblyDefinition.ReadAssembly(Path.Combine(DeviceProgram.LibraryFolder, "mscorlib.dll"));
        using AssemblyDefinition made =
            AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Made", new Version(1, 0)), "Made", ModuleKind.Dll);
        ModuleDefinition module = made.MainModule;
        module.AssemblyReferences.Clear();
        module.AssemblyReferences.Add(AssemblyNameReference.Parse(mscorlib.FullName));
        TypeDefinition type = new(
            "", "Made", TypeAttributes.Public | TypeAttributes.Class, module.ImportReference(mscorlib.MainModule.GetType("System.Object")));
        module.Types.Add(type);
        MethodDefinition method = new("Method", MethodAttributes.Public | MethodAttributes.Static,
            module.ImportReference(mscorlib.MainModule.GetType("System.Void")));
        type.Methods.Add(method);
        ILProcessor il = method.Body.GetILProcessor();
        plant(module, il);
        il.Emit(OpCodes.Ret);
        string path = Path.Combine(folder, Guid.NewGuid().ToString("N"), "Made.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        made.Write(path);
        using DeviceProgram program = DeviceProgram.Load(path);
        return DialectGate.Check(program);
    }
}
