using Mono.Cecil;
using Tiny.Tests;

namespace Tiny.Reference.Tests;

/// <summary>The reference assemblies say what the API tables say.</summary>
public sealed class ReferenceWriterTests : IDisposable
{
    private static readonly string Tables = Path.Combine(Repository.Root, "tools", "Tiny.Reference", "Api");
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-reference-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_table_becomes_an_assembly_with_its_version_and_key()
    {
        IReadOnlyList<ApiTable> tables = Write();
        Assert.Equal(18, tables.Count);
        foreach (ApiTable table in tables)
        {
            using AssemblyDefinition assembly = Read(table.Name);
            Assert.Equal(table.Version, assembly.Name.Version);
            Assert.Equal("c07d481e9758c731", Convert.ToHexStringLower(assembly.Name.PublicKeyToken));
            Assert.Equal(table.References.Select(r => $"{r.Name} {r.Version}").Order(),
                assembly.MainModule.AssemblyReferences.Select(r => $"{r.Name} {r.Version}").Order());
        }
    }

    [Fact]
    public void Every_type_and_member_of_the_tables_is_there()
    {
        int looked = 0;
        foreach (ApiTable table in Write())
        {
            using AssemblyDefinition assembly = Read(table.Name);
            foreach (ApiType type in table.Types)
            {
                TypeDefinition definition = assembly.MainModule.GetType(type.FullName.Replace('+', '/'));
                Assert.NotNull(definition);
                foreach (ApiMember member in type.Members)
                {
                    Assert.True(Has(definition, member), $"{table.Name}: {type.FullName}.{member.Name}");
                    looked++;
                }
            }
        }

        Assert.InRange(looked, 1200, 5000);
    }

    [Fact]
    public void The_same_tables_give_the_same_bytes()
    {
        Write();
        byte[] first = File.ReadAllBytes(Path.Combine(folder, "mscorlib.dll"));
        Write();
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder, "mscorlib.dll")));
    }

    [Fact]
    public void What_compilers_look_at_is_right()
    {
        Write();
        using AssemblyDefinition mscorlib = Read("mscorlib");
        ModuleDefinition module = mscorlib.MainModule;
        Assert.Empty(module.AssemblyReferences);
        Assert.Equal(int.MaxValue, module.GetType("System.Int32").Fields.Single(f => f.Name == "MaxValue").Constant);
        Assert.Equal(float.MaxValue, module.GetType("System.Single").Fields.Single(f => f.Name == "MaxValue").Constant);
        Assert.Equal(MetadataType.Int32,
            module.GetType("System.String").Methods.Single(m => m.Name == "get_Length").ReturnType.MetadataType);
        MethodDefinition format = module.GetType("System.String").Methods.Single(m => m.Name == "Format");
        Assert.Contains(format.Parameters[1].CustomAttributes, a => a.AttributeType.Name == "ParamArrayAttribute");
        Assert.True(module.GetType("System.Action").Methods.All(m => m.IsRuntime));
        Assert.True(module.GetType("System.AttributeTargets").IsEnum);
        Assert.Contains(module.GetType("System.SpanByte").CustomAttributes, a => a.AttributeType.Name == "IsByRefLikeAttribute");
        using AssemblyDefinition framework = Read("nanoFramework.TestFramework");
        MethodDefinition isTrue = framework.MainModule.GetType("nanoFramework.TestFramework.Assert").Methods
            .Single(m => m.Name == "IsTrue");
        Assert.Equal("", isTrue.Parameters[1].Constant);
    }

    [Theory]
    [InlineData("X\tWhat\n", "line 1: unknown row kind \"X\"")]
    [InlineData("A\tLib\t1.0.0.0\t00\nT\tclass\tC\tMissing.Base\n", "no table has the type Missing.Base")]
    [InlineData("A\tLib\tnot-a-version\t00\n", "line 1")]
    [InlineData("T\tclass\tC\n", "no A row")]
    public void Malformed_tables_are_refused_with_the_line(string text, string message)
    {
        string tables = Directory.CreateDirectory(Path.Combine(folder, "tables")).FullName;
        File.WriteAllText(Path.Combine(tables, "Lib.tsv"), text);
        ApiTableException error = Assert.Throws<ApiTableException>(() => ReferenceWriter.Write(ApiTable.ReadFolder(tables), folder));
        Assert.Contains(message, error.Message);
    }

    private static bool Has(TypeDefinition type, ApiMember member) => member.Kind switch
    {
        'F' => type.Fields.Any(f => f.Name == member.Name),
        'P' => type.Properties.Any(p => p.Name == member.Name && (p.GetMethod is not null) == member.Accessors.Any(a => a.EndsWith("get"))
            && (p.SetMethod is not null) == member.Accessors.Any(a => a.EndsWith("set"))),
        'E' => type.Events.Any(e => e.Name == member.Name),
        _ => type.Methods.Any(m => m.Name == member.Name && m.Parameters.Count == member.Parameters.Count
            && m.Parameters.Zip(member.Parameters)
            .All(pair => pair.First.ParameterType.FullName.TrimEnd('&').Replace('/', '+') == pair.Second.Type)),
    };

    private IReadOnlyList<ApiTable> Write()
    {
        IReadOnlyList<ApiTable> tables = ApiTable.ReadFolder(Tables);
        ReferenceWriter.Write(tables, folder);
        return tables;
    }

    private AssemblyDefinition Read(string name) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(folder, name + ".dll"), new ReaderParameters { InMemory = true });
}
