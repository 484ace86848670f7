namespace Tiny.Training.Tests.Files;

/// <summary>A test of links, pipes and permissions as Unix has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Links, pipes and permissions are made as Unix has them." : null;
    }
}
