using System.Runtime.CompilerServices;

namespace Tiny.Tests;

/// <summary>Every test project knows all layer kinds, as the desk does.</summary>
internal static class RegisterKinds
{
#pragma warning disable CA2255 // A test assembly has no other place to begin at.
    [ModuleInitializer]
    internal static void Run() => Desk.Kinds.RegisterAll();
#pragma warning restore CA2255
}
