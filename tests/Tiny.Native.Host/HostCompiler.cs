using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tiny.Tests;

namespace Tiny.Native;

/// <summary>Builds the C with this machine's compiler, once a process, and loads it.</summary>
public static class HostCompiler
{
    /// <summary>The library's name in the imports.</summary>
    public const string Library = "tiny_native";

    private static readonly Lazy<IntPtr> Loaded = new(Build);

    /// <summary>Why the C cannot be built here; null if it can.</summary>
    public static string Missing { get; } = Runs() ? null : "There is no gcc on this machine.";

    /// <summary>The folder of the C.</summary>
    public static string Sources => Path.Combine(Repository.Root, "src", "Tiny.Native", "C");

#pragma warning disable CA2255 // The imports are looked for before anything of this assembly is called.
    [ModuleInitializer]
    internal static void Begin() => Resolve(typeof(HostCompiler).Assembly);
#pragma warning restore CA2255

    /// <summary>Lets an assembly's imports find the library.</summary>
    public static void Resolve(
        Assembly assembly) => NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Library ? Loaded.Value : IntPtr.Zero);

    /// <summary>Runs gcc; returns what it says, which is nothing if all is well.</summary>
    public static string Compile(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 || said.Length > 0 ? said : $"gcc gave {process.ExitCode}.";
    }

    private static bool Runs()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("gcc", "--version") { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static IntPtr Build()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("tiny-native-").FullName, "libtiny_native.so");
        string said = Compile([.. new[] { "-std=c99", "-O2", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-ffp-contract=off", "-shared",
            "-fPIC", "-o", file },
            .. Directory.EnumerateFiles(Sources, "*.c").Order(StringComparer.Ordinal)]);
        if (said.Length > 0)
        {
            throw new InvalidOperationException(said);
        }

        IntPtr library = NativeLibrary.Load(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return library;
    }
}
