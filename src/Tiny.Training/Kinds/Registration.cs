using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tiny.Training.Kinds;

/// <summary>Makes the device library's kinds known before anything of the trainer runs.</summary>
internal static class Registration
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Models are read in many places, and each would have to remember it.")]
    internal static void Register() => Desk.Kinds.RegisterAll();
}
