namespace Tiny.Cli.Tests;

/// <summary>A test of links, pipes, shells and permissions as Unix has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Links, pipes, shells and permissions are made as Unix has them." : null;
    }
}
