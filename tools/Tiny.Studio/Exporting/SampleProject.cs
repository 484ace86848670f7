using System.Security.Cryptography;
using System.Text;
using Tiny.Core;
using Tiny.Studio.Folders;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Studio.Exporting;

/// <summary>
/// A device program with a model in it, ready to open: as a project of nanoFramework, and as one that any machine compiles for the
/// emulator. What is in it follows from what the model says of itself: channels, units, rate, features, kinds of layers.
/// </summary>
internal static class SampleProject
{
    /// <summary>The class of the model, as tiny export --format bytes writes it.</summary>
    internal const string ModelClass = "Model";

    /// <summary>The namespace of the project, and its name.</summary>
    internal const string Namespace = "TinyProgram";

    private const string SensorPrefix = "Sensors/";
    private const string NoClone = "TINY_ROOT";

    // The assemblies that a program refers to with the packages that hold them.
    private static readonly (string Assembly, string Package, string Version)[] Packages =
    [
        ("mscorlib", "nanoFramework.CoreLibrary", "1.17.11"),
        ("nanoFramework.Runtime.Events", "nanoFramework.Runtime.Events", "1.11.37"),
        ("nanoFramework.Runtime.Native", "nanoFramework.Runtime.Native", "1.7.11"),
        ("System.Device.Adc", "nanoFramework.System.Device.Adc", "1.1.11"),
        ("System.Device.I2c", "nanoFramework.System.Device.I2c", "1.1.29"),
    ];

    /// <summary>Writes the project beside the model's class.</summary>
    /// <param name="workspace">The folder.</param>
    /// <param name="blob">The model.</param>
    /// <param name="network">The same, loaded.</param>
    /// <param name="to">The project's folder, below it.</param>
    /// <returns>The files written, below the folder, and what whoever builds it has to see to.</returns>
    /// <exception cref="DataException">No sample can carry such a model; the message says why.</exception>
    internal static (IReadOnlyList<string> Files, IReadOnlyList<string> Notes) Write(
        Workspace workspace, byte[] blob, Network network, string to)
    {
        SampleProgram program = new(blob, network);
        string root = CloneRoot() ?? NoClone;
        Dictionary<string, string> files = new()
        {
            ["Program.cs"] = program.ToSource(),
            ["Sensor.cs"] = program.Sensor.ToSource(),
        };
        foreach (string sensor in program.Sensor.IsAccelerometer ? new[] { "IAccelerometer.cs", "Metronome.cs", "Mpu6050.cs" }
            : ["Metronome.cs"])
        {
            files[SensorPrefix + sensor] = SampleText.Read(SensorPrefix + sensor);
        }

        AddProjects(files, program, root, to);
        foreach ((string name, string text) in files)
        {
            string path = workspace.At($"{to}/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
        }

        string[] unset = root == NoClone
            ? [$"This tiny does not run from a clone of Tiny: put the path of one for {NoClone} in the projects."] : [];
        return ([.. files.Keys.Select(name => $"{to}/{name}")], [.. program.Sensor.Notes(), .. unset]);
    }

    private static void AddProjects(Dictionary<string, string> files, SampleProgram program, string root, string to)
    {
        string[] sources = [ModelClass + ".cs", .. files.Keys];
        (string Assembly, string Package, string Version)[] packages =
            [.. Packages.Where(package =>
                package.Assembly != (program.Sensor.IsAccelerometer ? "System.Device.Adc" : "System.Device.I2c"))];
        files[$"{Namespace}.csproj"] = SampleText.Fill(
            "Project.csproj.txt",
            ("root", root),
            ("references", Lines(packages, package => $"    <NanoReference Include=\"{package.Assembly}\" />")),
            ("projects", Lines(program.Libraries,
                library => $"    <ProjectReference Include=\"{root}\\src\\{library}.Device\\{library}.Device.csproj\" />")));
        files[$"{Namespace}.nfproj"] = SampleText.Fill(
            "Project.nfproj.txt",
            ("guid", GuidOf(to)),
            ("compile", Lines(sources, source => $"    <Compile Include=\"{source.Replace('/', '\\')}\" />")),
            ("references", Lines(packages, package =>
                $"    <Reference Include=\"{package.Assembly}\">\n      "
                    + $"<HintPath>packages\\{package.Package}.{package.Version}\\lib\\{package.Assembly}.dll</HintPath>\n      "
                    + "<Private>True</Private>\n    </Reference>")),
            ("projects", Lines(SampleLibraries.WithAllTheyNeed(program.Libraries), library =>
                $"    <ProjectReference Include=\"{root}\\src\\{library}\\{library}.nfproj\">\n      "
                    + $"<Project>{SampleLibraries.GuidOf(library)}</Project>\n      <Name>{library}</Name>\n    </ProjectReference>")));
        files["packages.config"] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<packages>\n"
            + string.Concat(packages.OrderBy(package => package.Package, StringComparer.Ordinal)
                .Select(package => $"  <package id=\"{package.Package}\" version=\"{package.Version}\" "
                    + "targetFramework=\"netnano1.0\" />\n"))
            + "</packages>\n";
    }

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    /// <summary>The same for the same folder, so that writing again changes nothing.</summary>
    private static string GuidOf(string folder) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 16)).ToString("D").ToUpperInvariant();

    /// <summary>The clone that this tiny was built in; null where it is installed as a tool.</summary>
    private static string? CloneRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build", "Device.props")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
