namespace Tiny.Native.Tests;

/// <summary>A test that builds the C; skipped where nothing can build it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = HostCompiler.Missing;
}
