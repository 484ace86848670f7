using System.Globalization;
using System.Reflection;
using System.Text;
using Tiny.Core;
using Tiny.Features;
using Tiny.Studio.Folders;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Studio.Exporting;

/// <summary>
/// firmware-samples/02-Gesture with another model in it: a project that reads an MPU-6050, computes the model's own features and says each class as it is recognized. What
/// differs from the sample is what the model says of itself: channels, unit, rate, and whether it is int8.
/// </summary>
internal static class SampleProject
{
    /// <summary>The class of the model, as tiny export --format bytes writes it.</summary>
    internal const string ModelClass = "GestureModel";

    /// <summary>The namespace of the project.</summary>
    internal const string Namespace = "Gesture";

    private const string Prefix = "Sample/";
    private const int UsualRate = 50;

    /// <summary>Writes the project beside the model's class.</summary>
    /// <param name="workspace">The folder.</param>
    /// <param name="network">The model.</param>
    /// <param name="to">The project's folder, below it.</param>
    /// <returns>The files written, below the folder.</returns>
    /// <exception cref="DataException">The sample cannot carry such a model.</exception>
    internal static IReadOnlyList<string> Write(Workspace workspace, Network network, string to)
    {
        FeatureDescription features = FeatureDescription.Of(network);
        Check(network, features);
        List<string> written = [];
        foreach (string name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string file = name[Prefix.Length..].Replace('\\', '/');
            string text = file switch
            {
                "Program.cs" => Program(Read(name), network, features),
                "Gesture.csproj" => Project(AloneInItsFolder(Read(name)), network),
                "Gesture.nfproj" => Project(Read(name), network),
                _ => Read(name),
            };
            string path = $"{to}/{file}";
            Directory.CreateDirectory(Path.GetDirectoryName(workspace.At(path))!);
            AtomicFile.Write(workspace.At(path), Encoding.UTF8.GetBytes(text));
            written.Add(path);
        }

        return written;
    }

    private static bool IsInt8(Network network) => Enumerable.Range(0, network.LayerCount).Any(i => AssemblyOf(network, i).StartsWith("Tiny.Int8", StringComparison.Ordinal));

    private static string AssemblyOf(Network network, int layer) => network.GetLayer(layer).GetType().Assembly.GetName().Name!;

    private static void Check(Network network, FeatureDescription features)
    {
        if (features.Signal.Channels != 3)
        {
            throw new DataException($"The sample reads an MPU-6050, which has 3 channels, but this model takes {features.Signal.Channels}. Export the blob as C#, and read your sensor as the sample does its own.");
        }

        string? other = Enumerable.Range(0, network.LayerCount).Select(i => AssemblyOf(network, i)).FirstOrDefault(name => name is not ("Tiny.Core" or "Tiny.Core.Wide" or "Tiny.Int8" or "Tiny.Int8.Wide"));
        if (other is not null || network.Task != NetworkTask.Classification)
        {
            throw new DataException($"The sample carries classifiers of dense layers, but this model {(other is null ? "gives values" : $"needs {other}")}. Export the blob as C#; firmware-samples has programs for other kinds.");
        }
    }

    private static string Program(string text, Network network, FeatureDescription features)
    {
        string names = string.Join(", ", Enumerable.Range(0, 3).Select(i => $"\"{Literal(features.Signal.GetName(i))}\""));
        string unit = features.Signal.GetUnit(0);
        int rate = features.Signal.Rate > 0 ? (int)Math.Round(features.Signal.Rate) : UsualRate;
        string scaled = unit == "g" ? "sensor.Read(sample);\n                for (int axis = 0; axis < 3; axis++)\n                {\n                    sample[axis] /= 8192f; // counts to g\n                }\n" : "sensor.Read(sample);\n";
        string changed = text
            .Replace("private const int Rate = 50;", string.Create(CultureInfo.InvariantCulture, $"private const int Rate = {rate};"))
            .Replace("Mpu6050.Signal(Rate)", $"new Signal(Rate).AddAll(new string[] {{ {names} }}, \"{Literal(unit)}\")")
            .Replace("name == \"shake\"", $"name == \"{Literal(network.GetOutputName(network.ClassCount - 1))}\"")
            .Replace("sensor.Read(sample);\n", scaled)
            .Replace(", twice a second, and lights an LED while the board is shaken.", " and lights an LED for one of them.");
        return IsInt8(network) ? changed : changed.Replace("using Tiny.Int8;\n", "").Replace("            Int8Layers.Register();\n", "");
    }

    /// <summary>Beside the other samples the project has its framework from the folder above, and the sensors are no part of its own folder.</summary>
    private static string AloneInItsFolder(string text) => text
        .Replace("    <OutputType>Exe</OutputType>\n", "    <TargetFramework>net10.0</TargetFramework>\n    <OutputType>Exe</OutputType>\n")
        .Replace("    <Compile Include=\"..\\Sensors\\*.cs\" LinkBase=\"Sensors\" />\n", "");

    /// <summary>Paths of the repository become those of the clone that this tiny was built in, where it was; else the project says what to set.</summary>
    private static string Project(string text, Network network)
    {
        string root = CloneRoot() ?? "TINY_ROOT";
        string changed = text.Replace("..\\..\\", root + "\\").Replace("..\\Sensors\\", "Sensors\\");
        return IsInt8(network) ? changed : changed.Replace($"    <ProjectReference Include=\"{root}\\src\\Tiny.Int8.Device\\Tiny.Int8.Device.csproj\" />\n", "");
    }

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

    private static string Literal(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"");

    private static string Read(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
