using System.Xml.Linq;
using Tiny.Tests;

namespace Tiny.Reference.Tests;

/// <summary>
/// The projects for nanoFramework's own tools are well formed and in step with the SDK's: same files, same versions, in the solution.
/// </summary>
public class NanoProjectTests
{
    private const string ProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";

    private static readonly string[] LibraryNames =
    [
        "Tiny.Convolution", "Tiny.Convolution.Int8", "Tiny.Convolution.Int8.Saving", "Tiny.Convolution.Int8.Wide",
        "Tiny.Convolution.Learning", "Tiny.Convolution.Planning",
        "Tiny.Core", "Tiny.Core.Wide", "Tiny.Int8", "Tiny.Int8.Saving", "Tiny.Int8.Wide", "Tiny.Learning", "Tiny.Learning.Wide",
        "Tiny.Planning",
        "Tiny.Saving", "Tiny.Sparse", "Tiny.Sparse.Int8", "Tiny.Sparse.Int8.Saving", "Tiny.Sparse.Learning", "Tiny.Sparse.Saving",
        "Tiny.Version1",
        "Tiny.Extras", "Tiny.Features", "Tiny.Adaptation", "Tiny.Adaptation.Files", "Tiny.Adaptation.Storage", "Tiny.Updating",
        "Tiny.FewLabels", "Tiny.FewLabels.Learning", "Tiny.Anomaly", "Tiny.Anomaly.Learning", "Tiny.Recurrence", "Tiny.Recurrence.Int8",
        "Tiny.Recurrence.Int8.Saving",
        "Tiny.Streaming", "Tiny.Convolution.Streaming", "Tiny.Features.Running",
        "Tiny.Native", "Tiny.Native.Float32", "Tiny.Native.Int8", "Tiny.Native.Int8.Saving", "Tiny.Native.Learning",
        "Tiny.Native.Recurrence",
        "Tiny.Native.Convolution", "Tiny.Native.Features", "Tiny.Native.Sparse", "Tiny.Native.Sparse.Int8",
    ];

    private static readonly string[] ProjectPaths =
    [
        .. LibraryNames.Select(name => $"src/{name}/{name}.nfproj"),
        "tests/Tiny.Core.NanoTests/Tiny.Core.NanoTests.nfproj",
        "firmware-samples/01-Xor/Xor.nfproj",
        "firmware-samples/02-Gesture/Gesture.nfproj",
        "firmware-samples/03-KeepLearning/KeepLearning.nfproj",
        "firmware-samples/04-Generated/Generated.nfproj",
        "firmware-samples/05-Capture/Capture.nfproj",
        "firmware-samples/06-Digits/Digits.nfproj",
        "firmware-samples/07-NewGesture/NewGesture.nfproj",
        "firmware-samples/08-PumpMonitor/PumpMonitor.nfproj",
        "firmware-samples/09-Stream/Stream.nfproj",
        "firmware-samples/10-UpdateModel/UpdateModel.nfproj",
    ];

    public static TheoryData<string> Projects => [.. ProjectPaths];

    public static TheoryData<string> Samples => [.. ProjectPaths.Where(path => path.StartsWith("firmware-samples"))];

    public static TheoryData<string> Libraries => [.. LibraryNames];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_source_file_is_listed_and_every_file_listed_exists(string path)
    {
        string folder = Path.GetDirectoryName(At(path))!;
        string[] all = [.. Load(path).Descendants(Build + "Compile").Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
        string[] shared = [.. all.Where(file => file.StartsWith("../Sensors/"))];
        string[] listed = [.. all.Except(shared)];
        Assert.True(shared.Length == 0 || shared.Length == Directory.EnumerateFiles(At("firmware-samples/Sensors"), "*.cs").Count());
        Assert.All(shared, file => Assert.True(File.Exists(Path.Combine(folder, file))));
        string[] present =
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(file => !file.StartsWith("bin/") && !file.StartsWith("obj/")
                && !File.Exists(Path.Combine(folder, Path.ChangeExtension(file, ".Device.cs")))) // the desk's own
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(present.Length > (path.StartsWith("firmware-samples") ? 0 : 1), "Looked at next to no files.");
        Assert.Equal(present, listed);
        Assert.All(Load(path).Descendants(Build + "None"),
            item => Assert.True(File.Exists(Path.Combine(folder, item.Attribute("Include")!.Value))));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Imports_guids_and_framework_are_nanoframeworks(string path)
    {
        XDocument project = Load(path);
        const string Root = "$(NanoFrameworkProjectSystemPath)";
        string[] imports = [.. project.Descendants(Build + "Import").Select(item => item.Attribute("Project")!.Value)];
        Assert.Equal([Root + "NFProjectSystem.Default.props", Root + "NFProjectSystem.props", Root + "NFProjectSystem.CSharp.targets"],
            imports);
        Assert.All(project.Descendants(Build + "Import"),
            item => Assert.Equal($"Exists('{item.Attribute("Project")!.Value}')", item.Attribute("Condition")!.Value));
        Assert.Equal("$(MSBuildExtensionsPath)\\nanoFramework\\v1.0\\", Value(project, "NanoFrameworkProjectSystemPath"));
        Assert.Equal(ProjectType + ";{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}", Value(project, "ProjectTypeGuids"));
        Assert.Equal("v1.0", Value(project, "TargetFrameworkVersion"));
        Assert.Equal("9", Value(project, "LangVersion"));
    }

    /// <summary>A sample refers to the same assemblies and libraries in both of its builds.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_has_the_references_of_its_twin(string path)
    {
        string twin = At(Path.ChangeExtension(path, ".csproj"));
        XDocument nano = Load(path);
        XDocument sdk = XDocument.Load(twin);
        Assert.Equal(sdk.Descendants("NanoReference").Select(item => item.Attribute("Include")!.Value),
            nano.Descendants(Build + "Reference").Select(item => item.Attribute("Include")!.Value));
        Assert.Equal(
            sdk.Descendants("ProjectReference")
                .Select(item => item.Attribute("Include")!.Value.Replace(".Device\\", "\\").Replace(".Device.csproj", ".nfproj")),
            nano.Descendants(Build + "ProjectReference").Select(item => item.Attribute("Include")!.Value));
        Assert.Equal("Exe", Value(nano, "OutputType"));
    }

    [Fact]
    public void The_test_project_is_one()
    {
        XDocument project = Load("tests/Tiny.Core.NanoTests/Tiny.Core.NanoTests.nfproj");
        Assert.Equal("NFUnitTest", Value(project, "AssemblyName"));
        Assert.Equal("true", Value(project, "IsTestProject"));
        Assert.EndsWith("nano.runsettings", Value(project, "RunSettingsFilePath"));
        XDocument.Load(At("tests/Tiny.Core.NanoTests/nano.runsettings"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_solution_lists_it_so_that_dotnet_passes_it_by(string path)
    {
        string solution = File.ReadAllText(At("Tiny.sln"));
        string guid = Value(Load(path), "ProjectGuid");
        Assert.Contains($"Project(\"{ProjectType}\") = ", solution);
        Assert.Contains($"\"{path.Replace('/', '\\')}\", \"{guid}\"", solution);
        foreach (string configuration in new[] { "Debug|Any CPU", "Debug|x64", "Debug|x86", "Release|Any CPU", "Release|x64",
            "Release|x86" })
        {
            Assert.Contains($"{guid}.{configuration}.ActiveCfg = ", solution);
            Assert.Contains($"{guid}.{configuration}.Deploy.0 = ", solution);
            Assert.DoesNotContain($"{guid}.{configuration}.Build.0", solution);
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_and_packages_are_of_one_version(string path)
    {
        Dictionary<string, string> versions = PackageVersions();
        string folder = Path.GetDirectoryName(At(path))!;
        Dictionary<string, string> packages = XDocument.Load(Path.Combine(folder, "packages.config")).Descendants("package")
            .ToDictionary(package => package.Attribute("id")!.Value, package => package.Attribute("version")!.Value);
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Equal(versions[package.Key], package.Value));
        string[] hints = [.. Load(path).Descendants(Build + "HintPath").Select(hint => hint.Value)];
        Assert.NotEmpty(hints);
        Assert.All(hints, hint =>
            Assert.Contains(packages, package => hint.StartsWith($"..\\..\\packages\\{package.Key}.{package.Value}\\lib\\")));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_nuspec_and_the_assembly_are_of_the_repositorys_version(string name)
    {
        string version = XDocument.Load(At("Directory.Build.props")).Descendants("Version").Single().Value;
        XDocument nuspec = XDocument.Load(At($"src/{name}/{name}.nuspec"));
        XNamespace space = nuspec.Root!.Name.Namespace;
        Assert.Equal(version, nuspec.Descendants(space + "version").Single().Value);
        Dictionary<string, string> versions = PackageVersions();
        foreach (string library in LibraryNames)
        {
            versions[IdOf(library)] = version;
        }

        Assert.All(nuspec.Descendants(space + "dependency"),
            d => Assert.Equal(versions[d.Attribute("id")!.Value], d.Attribute("version")!.Value));
        string info = File.ReadAllText(At($"src/{name}/Properties/AssemblyInfo.cs"));
        Assert.Contains($"AssemblyVersion(\"{version}.0\")", info);
        Assert.Contains($"AssemblyInformationalVersion(\"{version}\")", info);
    }

    /// <summary>The prefix nanoFramework. is reserved on the public gallery.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_nuspec_says_what_the_gallery_asks_for(string name)
    {
        XDocument nuspec = XDocument.Load(At($"src/{name}/{name}.nuspec"));
        XNamespace space = nuspec.Root!.Name.Namespace;
        XElement metadata = nuspec.Root.Element(space + "metadata")!;
        Assert.Equal(IdOf(name), metadata.Element(space + "id")!.Value);
        Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
        Assert.Equal("git", metadata.Element(space + "repository")!.Attribute("type")!.Value);
        Assert.Equal([".NETnanoFramework1.0"],
            metadata.Element(space + "dependencies")!.Elements().Select(group => group.Attribute("targetFramework")!.Value));
        string[] targets = [.. nuspec.Descendants(space + "file").Select(file => file.Attribute("target")!.Value)];
        Assert.Equal([.. new[] { "dll", "pe", "pdb", "pdbx", "xml" }.Select(end => $"lib\\{name}.{end}"),
            metadata.Element(space + "icon")!.Value, metadata.Element(space + "readme")!.Value], targets);
        string[] references = [.. Load($"src/{name}/{name}.nfproj").Descendants(Build + "ProjectReference")
            .Select(item => IdOf(Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value.Replace('\\', '/'))))];
        Assert.All(references, id => Assert.Contains(id, nuspec.Descendants(space + "dependency").Select(d => d.Attribute("id")!.Value)));
        Assert.All(nuspec.Descendants(space + "file").Select(file => file.Attribute("src")!.Value.Replace('\\', '/'))
            .Where(file => !file.Contains("$bin$")),
            file => Assert.True(File.Exists(Path.Combine(At($"src/{name}"), file)), file));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_device_build_compiles_the_librarys_own_files(string name)
    {
        string project = File.ReadAllText(At($"src/{name}.Device/{name}.Device.csproj"));
        Assert.Contains($"<Compile Include=\"..\\{name}\\**\\*.cs\"", project);
        Assert.Contains($"<AssemblyName>{name}</AssemblyName>", project);
        Assert.DoesNotContain(Directory.EnumerateFiles(At($"src/{name}"), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("\n#if"));
    }

    [Fact]
    public void The_table_of_mscorlib_is_of_the_packages_version() =>
        Assert.Equal(PackageVersions()["nanoFramework.CoreLibrary"] + ".0",
        ApiTable.Read(At("tools/Tiny.Reference/Api/mscorlib.tsv")).Version.ToString());

    private static Dictionary<string, string> PackageVersions() => XDocument.Load(At("build/NanoPackages.props")).Descendants("NanoPackage")
        .ToDictionary(package => package.Attribute("PackageId")!.Value, package => package.Attribute("Version")!.Value);

    private static string Value(XDocument project, string name) => project.Descendants(Build + name).Single().Value;

    private static XDocument Load(string path) => XDocument.Load(At(path));

    private static string IdOf(string library) => $"Tiny.nanoFramework.{library["Tiny.".Length..]}";

    private static string At(string path) => Path.Combine(Repository.Root, path);
}
