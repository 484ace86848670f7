using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>A package of a device library as it should be, made in memory, to be spoiled by a test in one place.</summary>
internal sealed class SamplePackage
{
    internal const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private const string Source = """
        [assembly: System.Reflection.AssemblyVersion("1.2.3.0")]
        public class Sample { public int Two() { return 2; } }
        """;

    private const string Link = $$$"""{"documents":{"/src/*":"https://raw.githubusercontent.com/example/tiny/{{{Commit}}}/*"}}""";

    /// <summary>As much of an mscorlib as a class takes.</summary>
    private const string FrameworkSource = """
        [assembly: System.Reflection.AssemblyVersion("1.17.11.0")]
        namespace System
        {
            public class Object { } public class String { } public class ValueType { }
            public struct Void { } public struct Int32 { } public struct Boolean { }
            public class Enum : ValueType { } public enum AttributeTargets { All } public class Attribute { }
            public class AttributeUsageAttribute : Attribute
            {
                public bool AllowMultiple { get { return false; } set { } }
                public bool Inherited { get { return false; } set { } }
                public AttributeUsageAttribute(AttributeTargets on) { }
            }
        }
        namespace System.Reflection
        {
            public class AssemblyVersionAttribute : Attribute { public AssemblyVersionAttribute(string version) { } }
        }
        """;

    private static readonly byte[] Framework = Compile("mscorlib", FrameworkSource, [], "/src/Framework.cs", null).Assembly;

    internal SamplePackage()
    {
        Put(Library("/src/Sample.cs"));
        Files["lib/Tiny.Sample.xml"] = "<doc />"u8.ToArray();
        Files["lib/Tiny.Sample.pe"] = "NFMRK2"u8.ToArray();
        Files["lib/Tiny.Sample.pdbx"] = "<PdbxFile />"u8.ToArray();
        Files["README.md"] = new byte[300];
        byte[] icon = new byte[33];
        "PNG"u8.CopyTo(icon.AsSpan(1));
        BinaryPrimitives.WriteInt32BigEndian(icon.AsSpan(16), 128);
        BinaryPrimitives.WriteInt32BigEndian(icon.AsSpan(20), 128);
        Files["icon.png"] = icon;
    }

    internal Dictionary<string, byte[]> Files { get; } = [];

    internal string FileName { get; set; } = "Tiny.nanoFramework.Sample.1.2.3.nupkg";

    internal string Nuspec { get; set; } = $"""
        <package>
          <metadata>
            <id>Tiny.nanoFramework.Sample</id>
            <version>1.2.3</version>
            <authors>Somebody</authors>
            <license type="expression">MIT</license>
            <icon>icon.png</icon>
            <readme>README.md</readme>
            <description>A library that a test has made up.</description>
            <copyright>Somebody</copyright>
            <tags>sample</tags>
            <repository type="git" url="https://github.com/example/tiny" commit="{Commit}" />
            <dependencies>
              <group targetFramework=".NETnanoFramework1.0">
                <dependency id="nanoFramework.CoreLibrary" version="1.17.11" />
              </group>
            </dependencies>
          </metadata>
        </package>
        """;

    internal void Put((byte[] Assembly, byte[] Symbols) library) =>
        (Files["lib/Tiny.Sample.dll"], Files["lib/Tiny.Sample.pdb"]) = library;

    internal void MakeA(string type) =>
        Nuspec = Nuspec.Replace("<tags>", $"<packageTypes><packageType name=\"{type}\" /></packageTypes><tags>");

    internal Package Pack()
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] bytes) in Files.Append(new("Sample.nuspec", Encoding.UTF8.GetBytes(Nuspec))))
            {
                using Stream entry = archive.CreateEntry(path).Open();
                entry.Write(bytes);
            }
        }

        stream.Position = 0;
        return Package.Open(FileName, stream);
    }

    /// <summary>The library and its symbols, of a source at this path.</summary>
    /// <param name="path">SourceLink leads /src/ alone to the commit.</param>
    /// <param name="link">Whether the symbols have SourceLink at all.</param>
    internal static (byte[] Assembly, byte[] Symbols) Library(string path, bool link = true) =>
        Compile("Tiny.Sample", Source, [MetadataReference.CreateFromImage(Framework)], path, link ? Link : null);

    private static (byte[] Assembly, byte[] Symbols) Compile(
        string name, string source, MetadataReference[] references, string path, string? link)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), path: path);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name, [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream assembly = new();
        using MemoryStream symbols = new();
        using MemoryStream? map = link is null ? null : new(Encoding.UTF8.GetBytes(link));
        EmitOptions portable = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
        EmitResult result = compilation.Emit(assembly, symbols, sourceLinkStream: map, options: portable);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return (assembly.ToArray(), symbols.ToArray());
    }
}
