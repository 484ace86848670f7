namespace Tiny.Native.Tests;

/// <summary>Tests that build the C; skipped where nothing can build it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() => Skip = HostCompiler.Missing;
}
